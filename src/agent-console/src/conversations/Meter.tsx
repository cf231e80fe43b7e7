interface MeterProps {
  label: string;
  /** 0 to 1; what lies outside is drawn at the end. */
  value: number;
  /** Where the mark is drawn; null for none. */
  threshold: number | null;
}

export function Meter({ label, value, threshold }: MeterProps) {
  const share = Math.min(1, Math.max(0, value));
  const words = `${Math.round(value * 100)} %`;
  return (
    <div className="flex items-center gap-2">
      <div
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        aria-valuetext={words}
        className="relative h-2 flex-1 rounded-full border border-line-strong bg-sunken"
      >
        <div className="h-full rounded-full bg-accent" style={{ width: `${share * 100}%` }} />
        {threshold !== null && <div className="absolute -inset-y-1 w-0.5 bg-danger" style={{ left: `${threshold * 100}%` }} />}
      </div>
      <span className="w-12 shrink-0 text-right whitespace-nowrap text-xs font-semibold tabular-nums">{words}</span>
    </div>
  );
}
