import { CircleCheck, CircleX } from "lucide-react";
import { lazy, Suspense, useId, useState, type ReactNode } from "react";
import type { Clock, Metric } from "../wire/reports";
import { FEW, figure, targetInWords } from "./figures";
import { SeriesTable } from "./SeriesTable";

const SeriesChart = lazy(() => import("./SeriesChart"));

interface MetricCardProps {
  metric: Metric;
  clock: Clock;
  hourly: boolean;
  /** Asks for the conversations behind one bucket, or behind the whole period (null). */
  onDrill: (bucket: string | null) => void;
}

export function MetricCard({ metric, clock, hourly, onDrill }: MetricCardProps) {
  const titleId = useId();
  const [asTable, setAsTable] = useState(false);
  const target = targetInWords(metric);
  const few = metric.count > 0 && metric.count < FEW;

  return (
    <section aria-labelledby={titleId} className="flex flex-col rounded-xl border border-line bg-surface p-4">
      <div>
        <h2 id={titleId} className="text-base font-semibold" title={metric.definition}>
          {metric.title}
        </h2>
        {target !== null && (
          <p className={`flex items-center gap-1 text-xs font-medium ${target.met ? "text-ok" : "text-danger"}`}>
            {target.met ? <CircleCheck aria-hidden="true" className="size-4 shrink-0" /> : <CircleX aria-hidden="true" className="size-4 shrink-0" />}
            {target.words}
          </p>
        )}
      </div>
      <details className="text-xs text-muted">
        <summary className="w-fit hover:text-ink">What is measured</summary>
        <p className="mt-1">{metric.definition}</p>
      </details>

      <dl className="mt-3 grid grid-cols-2 gap-2 sm:grid-cols-4">
        <Cell name="count">
          {metric.count === 0 ? (
            "0"
          ) : (
            <button
              type="button"
              className="link"
              aria-label={`${metric.count}: show the conversations behind ${metric.title}`}
              onClick={() => onDrill(null)}
            >
              {metric.count}
            </button>
          )}
        </Cell>
        {(["p50", "p90", "p95"] as const).map((percentile) => {
          const shown = figure(percentile, metric[clock][percentile], metric.count);
          return (
            <Cell key={percentile} name={percentile}>
              <span className={shown.seconds === null ? "text-sm font-normal text-muted" : ""}>{shown.words}</span>
              {shown.few && shown.seconds !== null && <span className="ml-1.5 text-xs font-normal text-muted">(few)</span>}
            </Cell>
          );
        })}
      </dl>
      {few && <p className="mt-2 text-xs text-muted">Fewer than {FEW} values: p90 and p95 would be chance.</p>}

      <div className="mt-3 flex items-center justify-between gap-2">
        <Legend clock={clock} />
        <button type="button" className="link min-h-6 rounded px-2 text-xs font-medium aria-pressed:bg-accent-soft" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          Table
        </button>
      </div>
      <div className="mt-1 min-h-52">
        {asTable ? (
          <SeriesTable metric={metric} clock={clock} hourly={hourly} onBucket={onDrill} />
        ) : (
          <Suspense fallback={<p className="text-muted">Drawing…</p>}>
            <SeriesChart metric={metric} clock={clock} hourly={hourly} onBucket={onDrill} />
          </Suspense>
        )}
      </div>
    </section>
  );
}

function Cell({ name, children }: { name: string; children: ReactNode }) {
  const id = useId();
  return (
    <div className="rounded-lg bg-canvas px-3 py-2">
      <dt id={id} className="text-xs text-muted">
        {name}
      </dt>
      <dd aria-labelledby={id} className="text-lg leading-7 font-semibold tabular-nums">
        {children}
      </dd>
    </div>
  );
}

function Legend({ clock }: { clock: Clock }) {
  return (
    <ul className="flex gap-4 text-xs text-muted" aria-label="Legend">
      <li className="inline-flex items-center gap-1.5">
        <span className="h-0.5 w-4 bg-chart-p50" /> p50
      </li>
      {clock === "wall" && (
        <li className="inline-flex items-center gap-1.5">
          <span className="h-0.5 w-4 bg-chart-p90" /> p90
        </li>
      )}
      <li className="inline-flex items-center gap-1.5">
        <span className="h-3 w-2.5 bg-chart-bar" /> count
      </li>
    </ul>
  );
}
