import uPlot, { type AlignedData, type Options } from "uplot";
import type { Clock, Metric } from "../wire/reports";
import { formatDuration } from "../words/time";
import { bucketFigures } from "./figures";

const HEIGHT = 180;
const FONT = "11px system-ui, sans-serif";
/** Steps of the seconds axis: round in minutes, hours and days rather than in tens. */
const STEPS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400, 172_800, 432_000, 864_000];
/** Room that one label of the time axis needs, in CSS pixels. */
const LABEL_WIDTH = 54;

/** Columns: bucket number, count, p50 and, on the wall clock, p90. */
export function chartData(metric: Metric, clock: Clock): AlignedData {
  const figures = metric.series.map((bucket) => bucketFigures(bucket, clock));
  const data: AlignedData = [metric.series.map((_bucket, index) => index), metric.series.map((bucket) => bucket.count), figures.map(({ p50 }) => p50.seconds)];
  return clock === "wall" ? [...data, figures.map(({ p90 }) => p90.seconds)] : data;
}

/** @param tokens the computed style of an element, from which the colours are read. */
export function chartOptions(
  width: number,
  labels: readonly string[],
  clock: Clock,
  tokens: CSSStyleDeclaration,
  onPointed: (index: number | null) => void,
): Options {
  const color = (name: string): string => tokens.getPropertyValue(`--${name}`).trim();
  const axis = { font: FONT, stroke: color("muted"), ticks: { show: false } };
  const line = (label: string, stroke: string): uPlot.Series => ({ label, scale: "seconds", stroke, width: 2, points: { size: 5, fill: stroke } });
  const bars = uPlot.paths.bars?.({ size: [0.7, 48] });
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
    // A bucket is a place in a row, not an instant: days of 23 and 25 hours stand as wide as any other.
    scales: {
      x: { time: false, range: () => [-0.5, labels.length - 0.5] },
      count: { range: (_chart, _min, max) => [0, Math.max(1, max * 1.6)] },
      seconds: { range: (_chart, _min, max) => [0, max > 0 ? max * 1.1 : 1] },
    },
    series: [
      {},
      { label: "count", scale: "count", fill: color("chart-bar"), points: { show: false }, ...(bars === undefined ? {} : { paths: bars }) },
      line("p50", color("chart-p50")),
      ...(clock === "wall" ? [line("p90", color("chart-p90"))] : []),
    ],
    axes: [
      {
        ...axis,
        size: 26,
        grid: { show: false },
        splits: (chart) => {
          const step = Math.max(1, Math.ceil(labels.length / Math.max(1, Math.floor(chart.width / LABEL_WIDTH))));
          return labels.map((_label, index) => index).filter((index) => index % step === 0);
        },
        values: (_chart, splits) => splits.map((index) => labels[index] ?? ""),
      },
      { ...axis, scale: "seconds", size: 70, incrs: STEPS, grid: { stroke: color("chart-grid"), width: 1 }, values: (_chart, splits) => splits.map(formatTick) },
      { ...axis, scale: "count", side: 1, size: 36, grid: { show: false }, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000] },
    ],
    hooks: { setCursor: [(chart) => onPointed(chart.cursor.idx ?? null)] },
  };
}

function formatTick(seconds: number): string {
  return seconds === 0 ? "0" : formatDuration(seconds);
}
