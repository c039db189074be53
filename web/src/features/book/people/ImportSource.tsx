import { FileUp } from "lucide-preact";
import { useRef, useState } from "preact/hooks";
import { Button } from "../../../ui/Button";
import { Field } from "../../../ui/Field";
import { Icon } from "../../../ui/Icon";
import { ProblemNotice } from "../../../ui/ProblemNotice";
import { useSubmit } from "../../../ui/useSubmit";
import type { PersonInput } from "../data/people";
import { t } from "../words";
import { readPeople } from "./people-csv";
import { decodeText } from "../../../platform/text";
import "./people.css";

/** Where a list comes from: a file, dropped or chosen, or what is pasted. */
export function ImportSource({ onPeople }: { onPeople: (people: PersonInput[]) => Promise<void> }) {
  const [text, setText] = useState("");
  const [isOver, setOver] = useState(false);
  const file = useRef<File>();
  const chooser = useRef<HTMLInputElement>(null);
  const { submit, isBusy, problem } = useSubmit(async () => {
    const source = file.current ? decodeText(await file.current.arrayBuffer()) : text;
    file.current = undefined;
    await onPeople((await readPeople(source)).people);
  });
  const take = (chosen: File | undefined) => {
    if (!chosen) return;
    file.current = chosen;
    submit();
  };
  return (
    <div class="stack">
      <p class="soft">{t("import.lead")}</p>
      <div
        class={isOver ? "drop drop-over" : "drop"}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer?.files[0]);
        }}
      >
        <Icon of={FileUp} large />
        <span class="soft">{t("import.drop")}</span>
        <Button busy={isBusy && !text} onClick={() => chooser.current?.click()} data-autofocus="">
          {t("import.choose")}
        </Button>
        <input
          ref={chooser}
          type="file"
          hidden
          aria-label={t("import.choose")}
          accept=".csv,.tsv,.txt,text/csv,text/plain"
          onChange={(event) => {
            take(event.currentTarget.files?.[0]);
            event.currentTarget.value = "";
          }}
        />
      </div>
      <Field label={t("import.paste")} hint={t("import.pasteHint")}>
        {(field) => (
          <textarea
            class="input mono"
            {...field}
            rows={5}
            spellcheck={false}
            placeholder={"name,email,phone\nMira Novak,mira@bay.example,+43 660 1234567"}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        )}
      </Field>
      {text.trim() && (
        <div>
          <Button variant="primary" busy={isBusy} onClick={() => submit()}>
            {t("import.check")}
          </Button>
        </div>
      )}
      <ProblemNotice problem={problem} />
    </div>
  );
}
