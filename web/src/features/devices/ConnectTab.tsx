import { CircleCheck, CircleDashed, CircleX, Send } from "lucide-preact";
import { useState } from "preact/hooks";
import { Button } from "../../ui/Button";
import { Code } from "../../ui/Code";
import { CopyButton } from "../../ui/CopyButton";
import { SelectField, TextField } from "../../ui/Field";
import { Icon } from "../../ui/Icon";
import { ProblemNotice } from "../../ui/ProblemNotice";
import { Segmented } from "../../ui/Segmented";
import { useSubmit } from "../../ui/useSubmit";
import type { Device } from "./data/devices";
import { readTap } from "../taps/data";
import { sendTap, sendTapWithOwnKey, webhookUrl, type TestTap } from "./data/test-tap";
import { tMaybe } from "../../platform/i18n";
import { t } from "./words";
import { KEY_PLACE, samplePayload, snippet, SNIPPETS, type SnippetName } from "./snippets";
import { newestKey } from "./newest-key";
import "./devices.css";

/** How a reader reports here, and a tap to try it. */
export function ConnectTab({ device }: { device: Device }) {
  const [name, setName] = useState<SnippetName>("curl");
  const url = webhookUrl();
  const made = newestKey.value?.deviceId === device.id ? newestKey.value : undefined;
  const key = made?.kind === "header" ? made.key : KEY_PLACE;
  const code = snippet(name, { url, deviceId: device.external_id, key });
  return (
    <div class="stack-loose">
      <TestTapPanel device={device} />
      <section class="panel">
        <div class="panel-head">
          <h2>{t("connect.copyThis")}</h2>
          <Segmented
            label={t("connect.copyThis")}
            value={name}
            options={SNIPPETS.map((each) => ({ value: each.name, label: each.title }))}
            onValue={setName}
          />
        </div>
        <div class="panel-body stack">
          {key === KEY_PLACE && <p class="soft">{t("connect.keyPlace", { place: KEY_PLACE })}</p>}
          <Code text={code} label={name} />
        </div>
      </section>
      <div class="two">
        <section class="panel panel-body stack">
          <h2>{t("connect.url")}</h2>
          <div class="secret">
            <code>{url}</code>
            <CopyButton text={url} />
          </div>
          <h3>{t("connect.urlKey")}</h3>
          <div class="secret">
            <code>
              {url}/{made?.kind === "url" ? made.key : KEY_PLACE}
            </code>
          </div>
          <p class="small soft">{t("keys.urlWarning")}</p>
        </section>
        <section class="panel panel-body stack">
          <h2>{t("connect.payload")}</h2>
          <Code
            label={t("connect.payload")}
            text={JSON.stringify(samplePayload(device.external_id, "2026-11-20T08:02:11Z"), null, 2)}
          />
        </section>
      </div>
    </div>
  );
}

type StepState = "waiting" | "good" | "bad";

interface Step {
  id: "received" | "accepted" | "stored" | "entry";
  state: StepState;
  words: string;
  entryId?: string;
}

const TEST_TAG = "7E 57 00 01";

function TestTapPanel({ device }: { device: Device }) {
  const [source, setSource] = useState<"own" | "mine">("own");
  const [key, setKey] = useState("");
  const [tag, setTag] = useState(TEST_TAG);
  const [steps, setSteps] = useState<Step[]>(() => stepsOf(undefined));
  const [isIn, setIn] = useState(false);
  const { submit, isBusy, problem } = useSubmit(async () => {
    setSteps(stepsOf(undefined));
    const isRemoval = isIn && device.mode === "dock";
    const event = {
      ...samplePayload(device.external_id, new Date().toISOString(), tag),
      ...(isRemoval ? { event_type: "tag_removed", tag_present: false } : {}),
    };
    const answer =
      source === "mine"
        ? await sendTap(key.trim(), event)
        : await sendTapWithOwnKey(device.id, t("connect.test"), event);
    const found = stepsOf(answer);
    setSteps(found);
    const stored = answer?.body?.data;
    if (stored) setIn(!isRemoval);
    // Where no entry came of it, the database knows why.
    if (stored?.event_id && !stored.time_entry) {
      const tap = await readTap(stored.event_id);
      const why = tMaybe(`reason.${tap?.reason ?? ""}`) ?? t("connect.noEntryWhy");
      setSteps(found.map((step) => (step.id === "entry" ? { ...step, words: t("connect.noEntry", { why }) } : step)));
    }
  });
  const again = isIn ? t(device.mode === "dock" ? "connect.sendOff" : "connect.sendAgain") : t("connect.send");
  return (
    <section class="panel">
      <div class="panel-head">
        <h2>{t("connect.test")}</h2>
      </div>
      <form class="panel-body stack" onSubmit={submit}>
        <p class="soft">{t("connect.testText")}</p>
        <div class="fields">
          <SelectField
            label={t("connect.testKey")}
            value={source}
            onValue={setSource}
            options={[
              { value: "own", label: t("connect.testKey.own") },
              { value: "mine", label: t("connect.testKey.mine") },
            ]}
          />
          {source === "mine" && (
            <TextField
              label={t("connect.testKeyField")}
              required
              type="password"
              autoComplete="off"
              value={key}
              onValue={setKey}
            />
          )}
          <TextField
            label={t("connect.testTag")}
            hint={t("connect.testTagHint")}
            required
            autoComplete="off"
            spellcheck={false}
            value={tag}
            onValue={(next) => {
              setTag(next);
              setIn(false);
            }}
          />
        </div>
        <div>
          <Button type="submit" variant="primary" icon={Send} busy={isBusy}>
            {again}
          </Button>
        </div>
        <ol class="test-steps" aria-live="polite">
          {steps.map((step) => (
            <li key={step.id} class={`test-step ${step.state === "waiting" ? "" : `is-${step.state}`}`}>
              <span class={`state ${STATE_CLASS[step.state]}`}>
                <Icon of={STATE_ICON[step.state]} />
                {t(`connect.step.${step.id}`)}
              </span>
              <span class="small">
                {step.words} {step.entryId && <a href={`/entries/${step.entryId}`}>{t("connect.seeEntry")}</a>}
              </span>
            </li>
          ))}
        </ol>
        <ProblemNotice problem={problem} />
      </form>
    </section>
  );
}

const STATE_CLASS: Record<StepState, string> = { waiting: "state-calm", good: "state-running", bad: "state-wrong" };
const STATE_ICON = { waiting: CircleDashed, good: CircleCheck, bad: CircleX };

/** undefined: not sent yet; null: nothing answered. */
export function stepsOf(answer: TestTap | null | undefined): Step[] {
  const step = (id: Step["id"], state: StepState, words: string, entryId?: string): Step => ({
    id,
    state,
    words,
    ...(entryId ? { entryId } : {}),
  });
  const waiting = (...ids: Step["id"][]) => ids.map((id) => step(id, "waiting", t("connect.waiting")));
  if (answer === undefined) return waiting("received", "accepted", "stored", "entry");
  if (answer === null) {
    return [
      step("received", "bad", t("connect.unreachable", { url: webhookUrl() })),
      ...waiting("accepted", "stored", "entry"),
    ];
  }
  const received = step("received", "good", t("connect.received", { ms: answer.milliseconds }));
  const refusals: Record<number, string> = {
    401: t("connect.wrongKey"),
    403: t("connect.wrongDevice"),
    429: t("connect.tooFast"),
  };
  const refusal = refusals[answer.status];
  if (refusal) return [received, step("accepted", "bad", refusal), ...waiting("stored", "entry")];
  const data = answer.body?.data;
  if (answer.status >= 300 || !data) {
    const detail = answer.body?.detail ?? `HTTP ${answer.status}`;
    const accepted = answer.status === 422 ? waiting("accepted")[0]! : step("accepted", "waiting", t("connect.waiting"));
    return [received, accepted, step("stored", "bad", t("connect.notStored", { detail })), ...waiting("entry")];
  }
  const accepted = step("accepted", "good", t("connect.accepted"));
  const stored = step(
    "stored",
    "good",
    data.duplicate ? t("connect.duplicate") : t("connect.stored", { id: String(data.event_id) }),
  );
  const entry = data.time_entry;
  if (!entry) return [received, accepted, stored, step("entry", "waiting", t("connect.noEntry", { why: "…" }))];
  const words = entry.change === "closed" ? "connect.entryClosed" : "connect.entryOpened";
  return [received, accepted, stored, step("entry", "good", t(words), entry.id)];
}
