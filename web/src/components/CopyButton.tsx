import { Check, Copy } from "lucide-preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n";
import { Button } from "./Button";

export function CopyButton({ text, label, words }: { text: string; label?: string; words?: boolean }) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const wait = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(wait);
  }, [isCopied]);
  const copy = () => void navigator.clipboard.writeText(text).then(() => setCopied(true));
  const name = isCopied ? t("common.copied") : (label ?? t("common.copy"));
  return words ? (
    <Button small icon={isCopied ? Check : Copy} onClick={copy}>
      {name}
    </Button>
  ) : (
    <Button small variant="ghost" icon={isCopied ? Check : Copy} label={name} onClick={copy} />
  );
}
