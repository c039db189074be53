import { useState } from "preact/hooks";
import { Button } from "../../../ui/Button";
import { Dialog } from "../../../ui/Dialog";
import { TextField } from "../../../ui/Field";
import { ProblemNotice } from "../../../ui/ProblemNotice";
import { toast } from "../../../ui/Toasts";
import { useSubmit } from "../../../ui/useSubmit";
import { savePlace, type Place } from "../data/places";
import { t } from "../words";

interface PlaceDialogProps {
  place: Place | null;
  onSaved: () => void;
  onClose: () => void;
}

export function PlaceDialog({ place, onSaved, onClose }: PlaceDialogProps) {
  const [name, setName] = useState(place?.name ?? "");
  const { submit, isBusy, problem } = useSubmit(async () => {
    await savePlace(place?.id ?? null, name);
    toast(t(place ? "places.saved" : "places.added"));
    onSaved();
    onClose();
  });
  return (
    <Dialog
      title={t(place ? "places.edit" : "places.add")}
      onClose={onClose}
      onSubmit={submit}
      foot={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" variant="primary" busy={isBusy}>
            {t(place ? "common.save" : "places.add")}
          </Button>
        </>
      }
    >
      <div class="stack">
        <TextField
          label={t("common.name")}
          hint={t("places.nameHint")}
          required
          maxLength={200}
          autoComplete="off"
          value={name}
          onValue={setName}
        />
        <ProblemNotice problem={problem} />
      </div>
    </Dialog>
  );
}
