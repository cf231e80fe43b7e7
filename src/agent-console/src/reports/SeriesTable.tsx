import { useConsole } from "../session/consoleContext";
import type { Clock, Metric } from "../wire/reports";
import { bucketFigures } from "./figures";

interface SeriesTableProps {
  metric: Metric;
  clock: Clock;
  hourly: boolean;
  onBucket: (start: string) => void;
}

/** The figures behind a chart, each bucket a way to its conversations. */
export function SeriesTable({ metric, clock, hourly, onBucket }: SeriesTableProps) {
  const { times } = useConsole();
  return (
    <div className="max-h-72 overflow-y-auto" tabIndex={0} role="group" aria-label={`${metric.title} over time, table`}>
      <table className="w-full border-collapse text-right tabular-nums">
        <caption className="sr-only">{metric.title} over time</caption>
        <thead className="sticky top-0 bg-surface text-xs text-muted">
          <tr>
            <th scope="col" className="py-1 text-left font-medium">
              {hourly ? "Hour" : "Day"}
            </th>
            <th scope="col" className="font-medium">
              count
            </th>
            <th scope="col" className="font-medium">
              p50
            </th>
            {clock === "wall" && (
              <th scope="col" className="font-medium">
                p90
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {metric.series.map((bucket) => {
            const { p50, p90 } = bucketFigures(bucket, clock);
            const name = times.bucket(bucket.start, hourly);
            return (
              <tr key={bucket.start} className="border-t border-line">
                <th scope="row" className="py-1 text-left font-normal">
                  {name}
                </th>
                <td>
                  {bucket.count === 0 ? (
                    "0"
                  ) : (
                    <button
                      type="button"
                      className="link"
                      aria-label={`${bucket.count}: show the conversations of ${name}`}
                      onClick={() => onBucket(bucket.start)}
                    >
                      {bucket.count}
                    </button>
                  )}
                </td>
                <td>
                  {p50.words}
                  {p50.few && " (few)"}
                </td>
                {clock === "wall" && <td>{p90.words}</td>}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
