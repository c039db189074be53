import { useEffect, useState } from "preact/hooks";
import { Button } from "../../ui/Button";
import { TextField } from "../../ui/Field";
import { Notice } from "../../ui/Notice";
import { Picker } from "../../ui/Picker";
import { ProblemNotice } from "../../ui/ProblemNotice";
import { Segmented } from "../../ui/Segmented";
import { toast } from "../../ui/Toasts";
import { useSubmit } from "../../ui/useSubmit";
import { addPerson, choosePeople, useMayChange } from "../book/data/people";
import type { Choice } from "../../ui/Picker";
import { asProblem, type Problem } from "../../platform/problems";
import { chooseProjects, saveProject } from "../book/data/projects";
import { may, organizationZone } from "../../platform/session";
import { previewRelabelTag, relabelTag, saveTagLabel, type Meaning, type Tag } from "./data";
import { t } from "./words";
import { PROJECT_COLOURS } from "../../ui/colours";
import { dayBounds, isDay, toInstant, today } from "../../platform/dates";

type Since = "now" | "day" | "always";

/** Before any reader: what holds from here holds for every tap there is. */
const ALWAYS = "2000-01-01T00:00:00Z";

/** What a tag means, from when on; a change of the past says first how much it changes. */
export function TagForm({ tag }: { tag: Tag }) {
  const isNew = tag.person_id === null && tag.project_id === null;
  const [label, setLabel] = useState(tag.label ?? "");
  const [person, setPerson] = useState<Choice | null>(tag.person);
  const [project, setProject] = useState<Choice | null>(tag.project);
  // A tag that nobody had: its first taps are this person's, too.
  const [since, setSince] = useState<Since>(isNew ? "always" : "now");
  const zone = organizationZone.value;
  const [day, setDay] = useState(today(zone));
  const [count, setCount] = useState<number>();
  const [countProblem, setCountProblem] = useState<Problem>();
  const mayEdit = useMayChange(tag.person_id);
  const mayGive = may("operator");

  const validFrom =
    since === "now" ? null : since === "always" ? ALWAYS : isDay(day) ? toInstant(dayBounds(day, zone).start) : null;
  const meaning: Meaning = { personId: person?.id ?? null, projectId: project?.id ?? null, validFrom };
  const isMoved = meaning.personId !== tag.person_id || meaning.projectId !== tag.project_id;
  const needsRelabel = isMoved || since !== (isNew ? "always" : "now");
  const isChanged = label.trim() !== (tag.label ?? "") || isMoved || (needsRelabel && !isNew);
  const isCounted = mayEdit && (isMoved || since !== "now");

  useEffect(() => {
    setCount(undefined);
    setCountProblem(undefined);
    if (!isCounted) return;
    let isCurrent = true;
    const wait = setTimeout(
      () =>
        previewRelabelTag(tag.id, meaning).then(
          (found) => isCurrent && setCount(found),
          (error: unknown) => isCurrent && setCountProblem(asProblem(error)),
        ),
      250,
    );
    return () => {
      isCurrent = false;
      clearTimeout(wait);
    };
  }, [meaning.personId, meaning.projectId, validFrom, isCounted]);

  const { submit, isBusy, problem } = useSubmit(async () => {
    if (label.trim() !== (tag.label ?? "")) await saveTagLabel(tag.id, label);
    if (!needsRelabel) {
      toast(t("tags.saved"));
      return;
    }
    const changed = await relabelTag(tag.id, meaning);
    setSince("now");
    toast(changed ? t("tags.savedCount", { count: changed }) : t("tags.saved"));
  });

  return (
    <form class="panel" onSubmit={submit}>
      <div class="panel-head">
        <h2>{t("tags.means")}</h2>
      </div>
      <fieldset class="panel-body stack" disabled={!mayEdit}>
        <TextField label={t("tags.label")} maxLength={200} value={label} onValue={setLabel} />
        {mayGive && (
          <Picker
            label={t("tags.person")}
            placeholder={t("entry.choosePerson")}
            value={person}
            onValue={setPerson}
            search={choosePeople}
            onCreate={async (name) => ({ id: await addPerson({ name, email: "", phone: "" }), name })}
          />
        )}
        <Picker
          label={t("tags.project")}
          placeholder={t("time.noProject")}
          value={project}
          onValue={setProject}
          search={chooseProjects}
          {...(mayGive && {
            onCreate: async (name) => ({ id: await saveProject(null, { name, color: PROJECT_COLOURS[0] }), name }),
          })}
        />
        <div class="field">
          <span class="field-label">{t("tags.from")}</span>
          <Segmented
            label={t("tags.from")}
            value={since}
            options={[
              { value: "now", label: t("tags.fromNow") },
              { value: "day", label: t("tags.fromDate") },
              { value: "always", label: t("tags.fromAlways") },
            ]}
            onValue={setSince}
          />
        </div>
        {since === "day" && (
          <TextField label={t("tags.fromDay")} type="date" required max={today(zone)} value={day} onValue={setDay} />
        )}
        {isCounted && !countProblem && (
          <div role="status">
            <Notice kind={count ? "attention" : "info"}>
              {count === undefined ? t("tags.counting") : count === 0 ? t("tags.countNone") : t("tags.count", { count })}
            </Notice>
          </div>
        )}
        <ProblemNotice problem={problem ?? countProblem} />
        {mayEdit && (
          <div>
            <Button type="submit" variant="primary" busy={isBusy} disabled={!isChanged}>
              {t("common.save")}
            </Button>
          </div>
        )}
      </fieldset>
    </form>
  );
}
