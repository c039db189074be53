import type { LucideIcon } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { Icon } from "./Icon";

interface ButtonProps {
  children?: ComponentChildren;
  variant?: "primary" | "ghost" | "danger";
  icon?: LucideIcon;
  /** Shows the icon alone; the words are for screen readers and on hover. */
  label?: string;
  small?: boolean;
  wide?: boolean;
  busy?: boolean;
  disabled?: boolean;
  type?: "button" | "submit";
  href?: string;
  class?: string;
  onClick?: (event: MouseEvent) => void;
  [aria: `aria-${string}`]: string | boolean | undefined;
  [data: `data-${string}`]: string | undefined;
}

export function Button(props: ButtonProps) {
  const { children, variant, icon, label, small, wide, busy, disabled, type, href, onClick, ...rest } = props;
  const names = [
    "button",
    variant && `button-${variant}`,
    label !== undefined && "button-icon",
    small && "button-small",
    wide && "button-wide",
    props.class,
  ];
  const shared = { title: label, "aria-label": label, ...rest, class: names.filter(Boolean).join(" ") };
  const content = (
    <>
      {busy ? <span class="spinner" aria-hidden="true" /> : icon && <Icon of={icon} />}
      {children}
    </>
  );
  if (href !== undefined) {
    return (
      <a {...shared} href={href} onClick={onClick}>
        {content}
      </a>
    );
  }
  return (
    <button
      {...shared}
      type={type ?? "button"}
      // A busy button keeps the focus; pressing it again does nothing.
      disabled={disabled}
      aria-busy={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {content}
    </button>
  );
}
