import { useEffect, useState } from "preact/hooks";

/** Drawn here, by code that comes only when it is needed: the text goes nowhere. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const [path, setPath] = useState<{ d: string; size: number }>();
  useEffect(() => {
    void import("uqr").then(({ encode }) => {
      const { data, size } = encode(text, { ecc: "M", border: 0 });
      const d = data
        .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")))
        .join("");
      setPath({ d, size });
    });
  }, [text]);
  if (!path) return <div class="qr skeleton" />;
  return (
    <svg class="qr" viewBox={`0 0 ${path.size} ${path.size}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <path d={path.d} />
    </svg>
  );
}
