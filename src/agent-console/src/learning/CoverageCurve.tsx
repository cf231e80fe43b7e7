import type { CoveragePoint } from "../wire/learning";
import { percent } from "./shares";

// The drawing's own units; the browser scales it to the card.
const WIDTH = 560;
const HEIGHT = 220;
const LEFT = 52;
const RIGHT = 24;
const TOP = 14;
const BOTTOM = 40;

interface CoverageCurveProps {
  curve: readonly CoveragePoint[];
  here: CoveragePoint;
  wantedWrong: number;
  label: string;
}

/** Answered questions to the right, wrong answers upwards: as far right as the allowed line lets it is where the threshold lies. */
export function CoverageCurve({ curve, here, wantedWrong, label }: CoverageCurveProps) {
  const highest = niceCeiling(Math.max(wantedWrong * 1.5, ...curve.map(({ wrong }) => wrong)));
  const x = (answered: number): number => LEFT + answered * (WIDTH - LEFT - RIGHT);
  const y = (wrong: number): number => HEIGHT - BOTTOM - (wrong / highest) * (HEIGHT - TOP - BOTTOM);
  const line = [{ answered: 0, wrong: 0 }, ...curve].map(({ answered, wrong }) => `${x(answered).toFixed(1)},${y(wrong).toFixed(1)}`).join(" ");
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label} className="mt-2 w-full text-lg tabular-nums sm:text-xs">
      {[0, 0.5, 1].map((part) => (
        <g key={part}>
          <line x1={LEFT} x2={WIDTH - RIGHT} y1={y(highest * part)} y2={y(highest * part)} className="stroke-line" />
          <text x={LEFT - 6} y={y(highest * part) + 4} textAnchor="end" className="fill-muted">
            {percent(highest * part, highest < 0.1 && part === 0.5 ? 1 : 0)}
          </text>
        </g>
      ))}
      {[0, 0.25, 0.5, 0.75, 1].map((share) => (
        <text key={share} x={x(share)} y={HEIGHT - BOTTOM + 18} textAnchor="middle" className="fill-muted">
          {percent(share)}
        </text>
      ))}
      <text x={x(0.5)} y={HEIGHT - 4} textAnchor="middle" className="fill-muted">
        answered (upwards: answered wrongly)
      </text>
      <line x1={LEFT} x2={WIDTH - RIGHT} y1={y(wantedWrong)} y2={y(wantedWrong)} strokeDasharray="5 4" className="stroke-danger" />
      <text x={LEFT + 6} y={y(wantedWrong) - 5} className="fill-danger">
        allowed
      </text>
      <polyline points={line} fill="none" strokeWidth="2" strokeLinejoin="round" className="stroke-chart-p50" />
      <line x1={x(here.answered)} x2={x(here.answered)} y1={y(0)} y2={y(here.wrong)} strokeDasharray="2 3" className="stroke-line-strong" />
      <circle cx={x(here.answered)} cy={y(here.wrong)} r="5" className="fill-chart-p50 stroke-surface" strokeWidth="2" />
    </svg>
  );
}

/** The next of 1, 2, 4, 6, 10, 20 … percent: an axis ends at a number that can be read and halved. */
export function niceCeiling(share: number): number {
  const steps = [0.01, 0.02, 0.04, 0.06, 0.1, 0.2, 0.3, 0.4, 0.6, 1];
  return steps.find((step) => share <= step) ?? 1;
}
