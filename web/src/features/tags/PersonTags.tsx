import { Button } from "../../ui/Button";
import { may } from "../../platform/session";
import { useTagPages } from "./data";
import { t } from "./words";
import { spacedUid } from "../../platform/text";

export function PersonTags({ personId }: { personId: string }) {
  const { rows } = useTagPages({ kind: "assigned", personId });
  return (
    <section class="panel" aria-labelledby="tags-title">
      <div class="panel-head">
        <h2 id="tags-title">{t("people.tags")}</h2>
        {may("operator") && (
          <Button small href="/tags">
            {t("people.assignTag")}
          </Button>
        )}
      </div>
      <div class="panel-body">
        {rows?.length === 0 && <p class="soft">{t("people.noTags")}</p>}
        {rows && rows.length > 0 && (
          <ul class="lines">
            {rows.map((tag) => (
              <li key={tag.id} class="spread">
                <a href={`/tags/${tag.id}`}>{tag.label || spacedUid(tag.uid)}</a>
                <span class="mono faint">{spacedUid(tag.uid)}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}
