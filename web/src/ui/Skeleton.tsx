import { t } from "../platform/i18n";

/** Stands where rows will be. */
export function SkeletonRows({ rows = 6 }: { rows?: number }) {
  return (
    <div class="panel-body" role="status" aria-label={t("common.loading")}>
      {Array.from({ length: rows }, (_, at) => (
        <div key={at} class="skeleton skeleton-row" />
      ))}
    </div>
  );
}
