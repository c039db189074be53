import { useLocation } from "preact-iso";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { tagName } from "../taps/EventWords";
import { ProblemNotice } from "../../ui/ProblemNotice";
import { readNewestTapId, readTapsAfter, type Tap } from "../taps/data";
import { asProblem, type Problem } from "../../platform/problems";
import { readTag } from "./data";
import { t } from "./words";
import "./tags.css";

const EVERY_MS = 1000;

/** Waits for the next tap anywhere, and opens the form of a tag that nobody has. */
export function WaitForTapDialog({ onClose }: { onClose: () => void }) {
  const [known, setKnown] = useState<Tap>();
  const [problem, setProblem] = useState<Problem>();
  const lastId = useRef<number>();
  const { route } = useLocation();

  useEffect(() => {
    if (known) return;
    let isOver = false;
    const look = async () => {
      try {
        lastId.current ??= await readNewestTapId();
        const [tap] = await readTapsAfter(lastId.current);
        setProblem(undefined);
        if (tap && !isOver) {
          lastId.current = tap.id;
          const tag = await readTag(tap.tag_id);
          if (isOver) return;
          if (tag.person_id === null && tag.project_id === null) {
            onClose();
            route(`/tags/${tag.id}`);
            return;
          }
          setKnown(tap);
          return;
        }
      } catch (error) {
        if (!isOver) setProblem(asProblem(error));
      }
      if (!isOver) setTimeout(() => void look(), EVERY_MS);
    };
    void look();
    return () => {
      isOver = true;
    };
  }, [known]);

  return (
    <Dialog
      title={t("tags.tap")}
      onClose={onClose}
      foot={
        known ? (
          <>
            <Button onClick={() => setKnown(undefined)}>{t("tags.keepWaiting")}</Button>
            <Button variant="primary" href={`/tags/${known.tag_id}`} onClick={onClose}>
              {t("tags.openIt")}
            </Button>
          </>
        ) : (
          <Button onClick={onClose} data-autofocus="">
            {t("common.cancel")}
          </Button>
        )
      }
    >
      <div class="stack waiting" role="status">
        <span class={known ? "pulse pulse-done" : "pulse"} aria-hidden="true" />
        <p class="strong">{known ? t("tags.known", { name: tagName(known) }) : t("tags.waiting")}</p>
        {!known && <p class="soft">{t("tags.waitingText")}</p>}
        <ProblemNotice problem={problem} />
      </div>
    </Dialog>
  );
}
