import { Check, Copy } from "lucide-preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../platform/i18n";
import { copyText } from "./clipboard";
import { Button } from "./Button";
import { toast } from "./Toasts";

export function CopyButton({ text, label, words }: { text: string; label?: string; words?: boolean }) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const wait = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(wait);
  }, [isCopied]);
  const copy = async (event: MouseEvent) => {
    if (await copyText(text, event.currentTarget as HTMLElement)) setCopied(true);
    else toast(t("common.notCopied"));
  };
  const name = isCopied ? t("common.copied") : (label ?? t("common.copy"));
  return words ? (
    <Button small icon={isCopied ? Check : Copy} onClick={copy}>
      {name}
    </Button>
  ) : (
    <Button small variant="ghost" icon={isCopied ? Check : Copy} label={name} onClick={copy} />
  );
}
