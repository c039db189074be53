import { useState } from "preact/hooks";
import { saveProject, type Project } from "../data/projects";
import { t } from "../words";
import { PROJECT_COLOURS } from "../../../ui/colours";
import { Button } from "../../../ui/Button";
import { Dialog } from "../../../ui/Dialog";
import { TextField } from "../../../ui/Field";
import { ProblemNotice } from "../../../ui/ProblemNotice";
import { useSubmit } from "../../../ui/useSubmit";
import "./projects.css";

interface ProjectDialogProps {
  project: Project | null;
  onSaved: () => void;
  onClose: () => void;
}

export function ProjectDialog({ project, onSaved, onClose }: ProjectDialogProps) {
  const [name, setName] = useState(project?.name ?? "");
  const [color, setColor] = useState<string>(
    project?.color ?? PROJECT_COLOURS[Math.floor(Math.random() * PROJECT_COLOURS.length)]!,
  );
  const { submit, isBusy, problem } = useSubmit(async () => {
    await saveProject(project?.id ?? null, { name, color });
    onSaved();
    onClose();
  });
  return (
    <Dialog
      title={t(project ? "projects.edit" : "projects.add")}
      onClose={onClose}
      onSubmit={submit}
      foot={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" variant="primary" busy={isBusy}>
            {t("common.save")}
          </Button>
        </>
      }
    >
      <div class="stack">
        <TextField label={t("common.name")} required maxLength={200} value={name} onValue={setName} />
        <div class="field" role="radiogroup" aria-label={t("projects.color")}>
          <span class="field-label">{t("projects.color")}</span>
          <div class="cluster">
            {PROJECT_COLOURS.map((each) => (
              <button
                key={each}
                type="button"
                role="radio"
                class="swatch"
                aria-checked={each === color}
                aria-label={each}
                style={{ background: each }}
                onClick={() => setColor(each)}
              />
            ))}
            <input
              class="input input-color"
              type="color"
              aria-label={t("projects.color")}
              value={color}
              onInput={(event) => setColor(event.currentTarget.value)}
            />
          </div>
        </div>
        <ProblemNotice problem={problem} />
      </div>
    </Dialog>
  );
}
