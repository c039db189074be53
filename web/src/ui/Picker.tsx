import { ChevronsUpDown, X } from "lucide-preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { t } from "../platform/i18n";
import { Button } from "./Button";
import { Dot } from "./Dot";
import { Field } from "./Field";
import { Icon } from "./Icon";

export interface Choice {
  id: string;
  name: string;
  color?: string;
}

interface PickerProps {
  label: string;
  hint?: string;
  value: Choice | null;
  onValue: (choice: Choice | null) => void;
  search: (text: string) => Promise<Choice[]>;
  /** Shown while nothing is chosen. */
  placeholder: string;
  required?: boolean;
  wide?: boolean;
  /** Adds what was typed as a new one. */
  onCreate?: (name: string) => Promise<Choice>;
}

/** Chooses one of many by typing a part of its name. */
export function Picker(props: PickerProps) {
  const { label, hint, value, onValue, search, placeholder, required, wide, onCreate } = props;
  const [text, setText] = useState<string>();
  const [found, setFound] = useState<Choice[]>([]);
  const [at, setAt] = useState(0);
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const isOpen = text !== undefined;
  const typed = text?.trim() ?? "";

  useEffect(() => {
    if (text === undefined) return;
    let isCurrent = true;
    const wait = setTimeout(
      () =>
        search(text)
          .then((rows) => {
            if (!isCurrent) return;
            setFound(rows);
            setAt(0);
          })
          .catch(() => isCurrent && setFound([])),
      found.length ? 120 : 0,
    );
    return () => {
      isCurrent = false;
      clearTimeout(wait);
    };
  }, [text]);

  const canCreate = onCreate && typed && !found.some(({ name }) => name.toLowerCase() === typed.toLowerCase());
  const count = found.length + (canCreate ? 1 : 0);
  const close = () => setText(undefined);
  const choose = async (index: number) => {
    const choice = found[index];
    close();
    if (choice) onValue(choice);
    else if (canCreate) onValue(await onCreate(typed));
    input.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen) setText("");
      else if (count) setAt((at + (event.key === "ArrowDown" ? 1 : -1) + count) % count);
    } else if (event.key === "Enter" && isOpen) {
      event.preventDefault();
      if (count) void choose(at);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  };

  return (
    <Field label={label} hint={hint} wide={wide}>
      {(field) => (
        <div class="picker menu-anchor">
          {value?.color && !isOpen && <Dot colour={value.color} />}
          <input
            {...field}
            ref={input}
            class={value?.color && !isOpen ? "input with-dot" : "input"}
            role="combobox"
            aria-expanded={isOpen}
            aria-controls={`${id}-list`}
            aria-activedescendant={isOpen && count ? `${id}-${at}` : undefined}
            autoComplete="off"
            spellcheck={false}
            required={required && !value}
            placeholder={placeholder}
            value={isOpen ? text : (value?.name ?? "")}
            onClick={() => !isOpen && setText("")}
            onInput={(event) => setText(event.currentTarget.value)}
            onKeyDown={onKeyDown}
            onBlur={close}
          />
          {value && !required ? (
            <Button small variant="ghost" icon={X} label={`${label}: ${t("common.none")}`} onClick={() => onValue(null)} />
          ) : (
            <Icon of={ChevronsUpDown} />
          )}
          <div class="menu picker-menu" role="listbox" id={`${id}-list`} aria-label={label} hidden={!isOpen}>
            {found.map((choice, index) => (
              <div
                key={choice.id}
                id={`${id}-${index}`}
                class="menu-item"
                role="option"
                aria-selected={index === at}
                onPointerDown={(event) => {
                  event.preventDefault();
                  void choose(index);
                }}
              >
                {choice.color && <Dot colour={choice.color} />}
                <span class="truncate">{choice.name}</span>
              </div>
            ))}
            {canCreate && (
              <div
                id={`${id}-${found.length}`}
                class="menu-item"
                role="option"
                aria-selected={at === found.length}
                onPointerDown={(event) => {
                  event.preventDefault();
                  void choose(found.length);
                }}
              >
                {t("common.createNamed", { name: typed })}
              </div>
            )}
            {isOpen && count === 0 && (
              <div class="menu-item soft" role="option" aria-selected={false} aria-disabled="true">
                {t("frame.nothingFound")}
              </div>
            )}
          </div>
        </div>
      )}
    </Field>
  );
}
