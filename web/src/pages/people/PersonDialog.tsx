import { useState } from "preact/hooks";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { TextField } from "../../components/Field";
import { ProblemNotice } from "../../components/ProblemNotice";
import { useSubmit } from "../../components/useSubmit";
import { addPerson, savePerson, type Person } from "../../data/people";
import { t } from "../../i18n";

interface PersonDialogProps {
  person: Person | null;
  onSaved: () => void;
  onClose: () => void;
}

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
  return (
    <Dialog
      title={t(person ? "people.edit" : "people.add")}
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
        <TextField label={t("people.email")} type="email" maxLength={320} value={email} onValue={setEmail} />
        <TextField
          label={t("people.phone")}
          hint={t("people.phoneHint")}
          type="tel"
          pattern="\+[\d\s\(\)\/\-]{7,24}"
          value={phone}
          onValue={setPhone}
        />
        <ProblemNotice problem={problem} />
      </div>
    </Dialog>
  );
}
