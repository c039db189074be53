import { CircleAlert } from "lucide-preact";
import type { ComponentChildren, JSX } from "preact";
import { useId } from "preact/hooks";
import { Icon } from "./Icon";

interface FieldProps {
  label: ComponentChildren;
  hint?: ComponentChildren;
  error?: string | undefined;
  wide?: boolean;
  children: (field: { id: string; "aria-describedby"?: string; "aria-invalid"?: boolean }) => JSX.Element;
}

/** A label, what it labels, and beneath it a hint or what is wrong. */
export function Field({ label, hint, error, wide, children }: FieldProps) {
  const id = useId();
  const note = error ? `${id}-error` : hint ? `${id}-hint` : undefined;
  return (
    <div class={wide ? "field wide" : "field"}>
      <label class="field-label" for={id}>
        {label}
      </label>
      {children({ id, "aria-describedby": note, "aria-invalid": error ? true : undefined })}
      {error ? (
        <span class="field-error" id={note}>
          <Icon of={CircleAlert} />
          {error}
        </span>
      ) : (
        hint && (
          <span class="field-hint" id={note}>
            {hint}
          </span>
        )
      )}
    </div>
  );
}

type TextFieldProps = Omit<FieldProps, "children"> & {
  value: string;
  onValue: (value: string) => void;
  inputRef?: { current: HTMLInputElement | null };
} & Omit<JSX.InputHTMLAttributes<HTMLInputElement>, "value" | "label" | "wrap">;

export function TextField({ label, hint, error, wide, value, onValue, inputRef, ...input }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error} wide={wide}>
      {(field) => (
        <input
          class="input"
          {...input}
          {...field}
          ref={inputRef}
          value={value}
          onInput={(event) => onValue(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

interface SelectFieldProps<T extends string> extends Omit<FieldProps, "children"> {
  value: T;
  onValue: (value: T) => void;
  options: readonly { value: T; label: string }[];
  disabled?: boolean;
}

export function SelectField<T extends string>(props: SelectFieldProps<T>) {
  const { label, hint, error, wide, value, onValue, options, disabled } = props;
  return (
    <Field label={label} hint={hint} error={error} wide={wide}>
      {(field) => (
        <select
          class="input"
          {...field}
          value={value}
          disabled={disabled}
          onChange={(event) => onValue(event.currentTarget.value as T)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
