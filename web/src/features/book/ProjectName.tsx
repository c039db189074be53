import { t } from "../../platform/i18n";
import { Dot } from "../../ui/Dot";

export function ProjectName({ name, colour }: { name: string | null | undefined; colour?: string | null }) {
  return (
    <span class="cluster-tight">
      <Dot colour={name ? colour : null} />
      <span class={name ? "truncate" : "truncate faint"}>{name ?? t("time.noProject")}</span>
    </span>
  );
}
