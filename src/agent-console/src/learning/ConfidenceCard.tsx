import { useState } from "react";
import type { Confidence, CoveragePoint } from "../wire/learning";
import { Card } from "./Card";
import { CoverageCurve } from "./CoverageCurve";
import { percent } from "./shares";

/** Rows of the table behind the curve. */
const ROWS = 12;

/** How the answer threshold was found: what each other one would answer, rightly and wrongly. */
export function ConfidenceCard({ confidence }: { confidence: Confidence }) {
  const [asTable, setAsTable] = useState(false);
  const { questions, fewest, wantedWrong, threshold, curve } = confidence;
  if (curve.length === 0) {
    return (
      <Card title="When to answer">
        <p className="mt-3">
          There are {questions} evaluation questions. From {fewest} on, they say how many wrong answers each threshold lets through; until then the
          bot stays cautious and answers from {percent(threshold)} on, which rests on the company’s files alone.
        </p>
      </Card>
    );
  }
  const here = pointInForce(curve, threshold);
  return (
    <Card
      title="When to answer"
      action={
        <button type="button" className="link min-h-6 rounded px-2 text-xs font-medium aria-pressed:bg-accent-soft" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          Table
        </button>
      }
    >
      <p className="mt-1">
        The bot answers by itself from {percent(threshold, 1)} on. Of {questions} evaluation questions it then answers {percent(here.answered)}, and{" "}
        {percent(here.wrong, 1)} of all wrongly; {percent(wantedWrong, 1)} are allowed.
      </p>
      {asTable ? (
        <CurveTable curve={curve} here={here} />
      ) : (
        <CoverageCurve curve={curve} here={here} wantedWrong={wantedWrong} label={`Wrong answers against answers: at the threshold in force ${percent(here.wrong, 1)} wrong at ${percent(here.answered)} answered`} />
      )}
    </Card>
  );
}

/** The last point at or above the threshold; the first when all lie below. */
export function pointInForce(curve: readonly CoveragePoint[], threshold: number): CoveragePoint {
  return curve.findLast((point) => point.threshold >= threshold) ?? curve[0] ?? { threshold, answered: 0, wrong: 0 };
}

function CurveTable({ curve, here }: { curve: readonly CoveragePoint[]; here: CoveragePoint }) {
  const step = Math.max(1, Math.ceil(curve.length / ROWS));
  const rows = curve.filter((point, index) => index % step === 0 || point === here);
  return (
    <table className="mt-2 w-full border-collapse tabular-nums" aria-label="Thresholds">
      <thead className="text-left text-xs text-muted">
        <tr>
          {["Threshold", "Answered", "Answered wrongly"].map((title) => (
            <th key={title} scope="col" className="py-1 pr-3 font-medium">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((point) => (
          <tr key={point.threshold} className={`border-t border-line ${point === here ? "font-semibold" : ""}`}>
            <td className="py-1 pr-3">
              {percent(point.threshold, 1)}
              {point === here && " (in force)"}
            </td>
            <td className="py-1 pr-3">{percent(point.answered, 1)}</td>
            <td className="py-1">{percent(point.wrong, 1)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
