import { UserRound } from "lucide-preact";
import { useLocation } from "preact-iso";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { Found } from "../platform/feature";
import { t } from "./words";
import { isPaletteOpen } from "./open";
import { shownNav } from "./nav";
import { searchEverything } from "./search";
import { Icon } from "../ui/Icon";
import "./frame.css";

/** Finds pages, people, readers, tags and projects by name. */
export function Palette() {
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [text, setText] = useState("");
  const [found, setFound] = useState<Found[]>([]);
  const [at, setAt] = useState(0);
  const { route } = useLocation();
  const id = useId();
  const close = () => (isPaletteOpen.value = false);

  useEffect(() => {
    const element = dialog.current!;
    const opener = document.activeElement as HTMLElement | null;
    element.showModal();
    return () => {
      element.close();
      opener?.focus();
    };
  }, []);

  useEffect(() => {
    let isCurrent = true;
    const wait = setTimeout(() => {
      if (text.trim() === "") setFound([]);
      else
        searchEverything(text)
          .then((rows) => isCurrent && setFound(rows))
          .catch(() => isCurrent && setFound([]));
    }, 150);
    return () => {
      isCurrent = false;
      clearTimeout(wait);
    };
  }, [text]);

  const wanted = text.trim().toLowerCase();
  const pages: Found[] = [
    ...shownNav().map(({ path, title, icon }) => ({
      id: path,
      name: t(title),
      href: path,
      icon,
    })),
    { id: "/profile", name: t("nav.profile"), href: "/profile", icon: UserRound },
  ];
  const shown = [...pages.filter(({ name }) => name.toLowerCase().includes(wanted)), ...found];
  const selected = Math.min(at, shown.length - 1);

  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [selected]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      setAt((selected + step + shown.length) % Math.max(1, shown.length));
    } else if (event.key === "Enter") {
      event.preventDefault();
      const chosen = shown[selected];
      if (!chosen) return;
      close();
      route(chosen.href);
    }
  };

  return (
    <dialog
      ref={dialog}
      class="dialog palette"
      aria-label={t("frame.search")}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onClick={(event) => event.target === dialog.current && close()}
    >
      <input
        class="input palette-input"
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={shown[selected] ? `${id}-${selected}` : undefined}
        aria-label={t("frame.search")}
        placeholder={t("frame.searchHint")}
        autoComplete="off"
        spellcheck={false}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div class="palette-list" role="listbox" id={id} aria-label={t("frame.found")} ref={list}>
        {shown.map((each, index) => (
          <a
            key={each.href}
            id={`${id}-${index}`}
            class="menu-item"
            role="option"
            tabIndex={-1}
            aria-selected={index === selected}
            href={each.href}
            onClick={close}
          >
            <Icon of={each.icon} />
            <span class="truncate grow">{each.name}</span>
            {each.kind && <span class="faint small">{each.kind}</span>}
          </a>
        ))}
      </div>
      {shown.length === 0 && <p class="panel-body soft">{t("frame.nothingFound")}</p>}
    </dialog>
  );
}
