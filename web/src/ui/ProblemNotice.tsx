import { RotateCw } from "lucide-preact";
import type { Problem } from "../platform/problems";
import { t } from "../platform/i18n";
import { problemWords } from "../platform/i18n/problems";
import { Button } from "./Button";
import { Notice } from "./Notice";

/** What happened, in words, with a way out. */
export function ProblemNotice({ problem, retry }: { problem: Problem | undefined; retry?: () => void }) {
  if (!problem) return null;
  return (
    <Notice
      kind="wrong"
      action={
        retry && (
          <Button small icon={RotateCw} onClick={retry}>
            {t("common.tryAgain")}
          </Button>
        )
      }
    >
      {problemWords(problem)}
    </Notice>
  );
}
