/** A row of small bars; what they say is in the label. */
export function Sparkline({ values, label }: { values: readonly number[]; label: string }) {
  const most = Math.max(1, ...values);
  return (
    <svg class="spark" viewBox={`0 0 ${values.length * 6} 20`} role="img" aria-label={label} preserveAspectRatio="none">
      <title>{label}</title>
      {values.map((value, at) => {
        const height = value ? Math.max(2, (value / most) * 20) : 1;
        const isLast = at === values.length - 1;
        return (
          <rect
            key={at}
            class={value ? (isLast ? "spark-now" : "spark-bar") : "spark-none"}
            x={at * 6}
            y={20 - height}
            width="4"
            height={height}
          />
        );
      })}
    </svg>
  );
}
