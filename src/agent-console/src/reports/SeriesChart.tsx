import { useEffect, useRef, useState } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { useConsole } from "../session/consoleContext";
import type { Clock, Metric } from "../wire/reports";
import { chartData, chartOptions } from "./chartOptions";
import { bucketFigures } from "./figures";

interface SeriesChartProps {
  metric: Metric;
  clock: Clock;
  hourly: boolean;
  onBucket: (start: string) => void;
}

/** p50 and p90 as lines over bars of the count. What the pointer is over is said below; a click opens its conversations. */
export default function SeriesChart({ metric, clock, hourly, onBucket }: SeriesChartProps) {
  const { times } = useConsole();
  const frame = useRef<HTMLDivElement>(null);
  const openBucket = useRef(onBucket);
  const [pointed, setPointed] = useState<number | null>(null);
  const scheme = useColorScheme();
  useEffect(() => {
    openBucket.current = onBucket;
  });

  useEffect(() => {
    const element = frame.current;
    if (element === null) {
      return;
    }
    const labels = metric.series.map((bucket) => times.bucket(bucket.start, hourly));
    const options = chartOptions(element.clientWidth, labels, clock, getComputedStyle(element), setPointed);
    const chart = new uPlot(options, chartData(metric, clock), element);
    const onClick = (): void => {
      const bucket = metric.series[chart.cursor.idx ?? -1];
      if (bucket !== undefined && bucket.count > 0) {
        openBucket.current(bucket.start);
      }
    };
    chart.over.addEventListener("click", onClick);
    const resizing = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height: options.height }));
    resizing.observe(element);
    return () => {
      resizing.disconnect();
      chart.destroy();
    };
  }, [metric, clock, hourly, times, scheme]);

  return (
    <figure>
      <div ref={frame} role="img" aria-label={`Chart of ${metric.title} over time. The same figures are in the table.`} className="cursor-pointer" />
      <figcaption className="min-h-5 text-xs text-muted tabular-nums">
        {pointed === null ? "Point at a bar for its figures, press it for its conversations." : inWords(metric, clock, pointed, times.bucket, hourly)}
      </figcaption>
    </figure>
  );
}

function inWords(metric: Metric, clock: Clock, index: number, name: (iso: string, hourly: boolean) => string, hourly: boolean): string {
  const bucket = metric.series[index];
  if (bucket === undefined) {
    return "";
  }
  const { p50, p90 } = bucketFigures(bucket, clock);
  return [name(bucket.start, hourly), `count ${bucket.count}`, `p50 ${p50.words}`, ...(clock === "wall" ? [`p90 ${p90.words}`] : [])].join(" · ");
}

/** A canvas does not follow the style sheet by itself: it is drawn anew when this changes. */
function useColorScheme(): "dark" | "light" {
  const [dark, setDark] = useState(() => matchMedia("(prefers-color-scheme: dark)").matches);
  useEffect(() => {
    const query = matchMedia("(prefers-color-scheme: dark)");
    const onChange = (): void => setDark(query.matches);
    query.addEventListener("change", onChange);
    return () => query.removeEventListener("change", onChange);
  }, []);
  return dark ? "dark" : "light";
}
