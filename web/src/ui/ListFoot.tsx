import { t } from "../platform/i18n";
import { Button } from "./Button";

interface ListFootProps {
  /** A long list, as far as it was read. */
  pages: {
    rows: readonly unknown[] | undefined;
    count: number | undefined;
    hasMore: boolean;
    isLoadingMore: boolean;
    loadMore: () => void;
  };
}

/** How many of how many there are, and the next page. */
export function ListFoot({ pages }: ListFootProps) {
  if (!pages.rows || pages.rows.length === 0) return null;
  const shown = pages.rows.length;
  const count = Math.max(pages.count ?? 0, shown);
  const isUnknown = pages.count === undefined && pages.hasMore;
  return (
    <div class="panel-foot">
      <span class="number" role="status">
        {isUnknown
          ? t("list.shown", { count: shown })
          : shown < count
            ? t("list.shownOf", { shown, total: count })
            : t("list.all", { count })}
      </span>
      {pages.hasMore && (
        <Button small busy={pages.isLoadingMore} onClick={pages.loadMore}>
          {t("list.more")}
        </Button>
      )}
    </div>
  );
}
