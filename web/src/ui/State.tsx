import type { LucideIcon } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { Icon } from "./Icon";

export type Meaning = "running" | "attention" | "wrong" | "calm";

/** A meaning is a colour, an icon and a word; never a colour alone. */
export function State(props: {
  meaning: Meaning;
  icon: LucideIcon;
  chip?: boolean;
  children: ComponentChildren;
  title?: string;
}) {
  const { meaning, icon, chip, children, title } = props;
  return (
    <span class={`state state-${meaning}${chip ? " chip" : ""}`} title={title}>
      <Icon of={icon} />
      {children}
    </span>
  );
}
