import { CircleCheck, CircleX, Info, TriangleAlert, type LucideIcon } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { Icon } from "./Icon";

type Kind = "info" | "running" | "attention" | "wrong";

const ICONS: Record<Kind, LucideIcon> = {
  info: Info,
  running: CircleCheck,
  attention: TriangleAlert,
  wrong: CircleX,
};

interface NoticeProps {
  kind?: Kind;
  children: ComponentChildren;
  /** What to do about it. */
  action?: ComponentChildren;
}

export function Notice({ kind = "info", children, action }: NoticeProps) {
  return (
    <div class={`notice notice-${kind}`} role={kind === "wrong" ? "alert" : undefined}>
      <Icon of={ICONS[kind]} />
      <div class="grow">{children}</div>
      {action}
    </div>
  );
}
