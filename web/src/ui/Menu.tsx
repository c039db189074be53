import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

interface MenuProps {
  /** Draws the button that opens the menu. */
  button: (props: {
    onClick: () => void;
    "aria-expanded": "true" | "false";
    "aria-haspopup": "menu";
  }) => ComponentChildren;
  children: (close: () => void) => ComponentChildren;
  label: string;
  side?: "right" | "up";
}

/** A few actions behind a button. Arrows move, Escape closes and gives the focus back. */
export function Menu({ button, children, label, side }: MenuProps) {
  const [isOpen, setOpen] = useState(false);
  const anchor = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const close = () => setOpen(false);
  // Before what was chosen runs: a dialog gives the focus back to where it was.
  const closeToButton = () => {
    anchor.current?.querySelector<HTMLElement>("button")?.focus();
    close();
  };

  useEffect(() => {
    if (!isOpen) return;
    list.current?.querySelector<HTMLElement>("[role^=menuitem]")?.focus();
    const outside = (event: Event) => {
      if (!anchor.current?.contains(event.target as Node)) close();
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [isOpen]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (!isOpen) return;
    const items = [...list.current!.querySelectorAll<HTMLElement>("[role^=menuitem]")];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const go = (to: number) => {
      event.preventDefault();
      items[(to + items.length) % items.length]?.focus();
    };
    if (event.key === "ArrowDown") go(at + 1);
    else if (event.key === "ArrowUp") go(at - 1);
    else if (event.key === "Home") go(0);
    else if (event.key === "End") go(items.length - 1);
    else if (event.key === "Tab") close();
    else if (event.key === "Escape") {
      event.stopPropagation();
      event.preventDefault();
      closeToButton();
    }
  };

  return (
    <div class="menu-anchor" ref={anchor} onKeyDown={onKeyDown}>
      {button({
        onClick: () => setOpen(!isOpen),
        "aria-expanded": isOpen ? "true" : "false",
        "aria-haspopup": "menu",
      })}
      {isOpen && (
        <div class={side ? `menu menu-${side}` : "menu"} role="menu" aria-label={label} ref={list}>
          {children(closeToButton)}
        </div>
      )}
    </div>
  );
}

interface MenuItemProps {
  children: ComponentChildren;
  onSelect?: () => void;
  href?: string;
  close: () => void;
  danger?: boolean;
  checked?: boolean;
}

export function MenuItem({ children, onSelect, href, close, danger, checked }: MenuItemProps) {
  const shared = {
    class: danger ? "menu-item state-wrong" : "menu-item",
    role: checked === undefined ? ("menuitem" as const) : ("menuitemradio" as const),
    "aria-checked": checked,
    tabIndex: -1,
    onClick: () => {
      close();
      onSelect?.();
    },
  };
  return href ? (
    <a {...shared} href={href}>
      {children}
    </a>
  ) : (
    <button type="button" {...shared}>
      {children}
    </button>
  );
}
