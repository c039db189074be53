import { useState } from "preact/hooks";
import { Button } from "../../../ui/Button";
import { Dialog } from "../../../ui/Dialog";
import { TextField } from "../../../ui/Field";
import { ProblemNotice } from "../../../ui/ProblemNotice";
import { useSubmit } from "../../../ui/useSubmit";
import { addPerson, savePerson, type Person } from "../data/people";
import { t } from "../words";
import { problemWords } from "../../../platform/i18n/problems";

interface PersonDialogProps {
  person: Person | null;
  onSaved: () => void;
  onClose: () => void;
}

// Problems that belong beneath one field.
const FIELD_OF: Record<string, "email" | "phone"> = {
  email_taken: "email",
  invalid_email: "email",
  phone_taken: "phone",
  invalid_phone: "phone",
};

export function PersonDialog({ person, onSaved, onClose }: PersonDialogProps) {
  const [name, setName] = useState(person?.name ?? "");
  const [email, setEmail] = useState(person?.email ?? "");
  const [phone, setPhone] = useState(person?.phone ?? "");
  const { submit, isBusy, problem } = useSubmit(async () => {
    const input = { name, email, phone };
    if (person) await savePerson(person.id, input);
    else await addPerson(input);
    onSaved();
    onClose();
  });
  const wrong = problem && FIELD_OF[problem.code];
  const error = (field: "email" | "phone") => (wrong === field ? problemWords(problem!) : undefined);
  return (
    <Dialog
      title={t(person ? "people.editTitle" : "people.add")}
      onClose={onClose}
      onSubmit={submit}
      foot={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" variant="primary" busy={isBusy}>
            {t(person ? "common.save" : "people.add")}
          </Button>
        </>
      }
    >
      <div class="stack">
        <TextField label={t("common.name")} required maxLength={200} autoComplete="off" value={name} onValue={setName} />
        <TextField
          label={t("people.email")}
          hint={t("people.emailHint")}
          type="email"
          autoComplete="off"
          maxLength={320}
          error={error("email")}
          value={email}
          onValue={setEmail}
        />
        <TextField
          label={t("people.phone")}
          hint={t("people.phoneHint")}
          type="tel"
          autoComplete="off"
          maxLength={40}
          error={error("phone")}
          value={phone}
          onValue={setPhone}
        />
        {!wrong && <ProblemNotice problem={problem} />}
      </div>
    </Dialog>
  );
}
