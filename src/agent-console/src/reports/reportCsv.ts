import type { Clock, DrillItem, ResponseTimes } from "../wire/reports";
import { toCsv, type Cell } from "./csv";
import { bucketFigures, figure } from "./figures";

/** The report as shown: for each metric the whole period (no bucket), then its buckets. Suppressed figures are empty. */
export function reportCsv(report: ResponseTimes, clock: Clock): string {
  const header = ["metric", "title", "clock", "bucket_start", "count", "p50_seconds", "p90_seconds", "p95_seconds", "target_seconds"];
  const rows = report.metrics.flatMap((metric): Cell[][] => {
    const of = (percentile: "p50" | "p90" | "p95"): number | null => figure(percentile, metric[clock][percentile], metric.count).seconds;
    return [
      [metric.metric, metric.title, clock, null, metric.count, of("p50"), of("p90"), of("p95"), metric.targetSeconds],
      ...metric.series.map((bucket): Cell[] => {
        const { p50, p90 } = bucketFigures(bucket, clock);
        return [metric.metric, metric.title, clock, bucket.start, bucket.count, p50.seconds, p90.seconds, null, metric.targetSeconds];
      }),
    ];
  });
  return toCsv(header, rows);
}

export function drillCsv(items: readonly DrillItem[]): string {
  return toCsv(
    ["conversation_id", "subject", "started_at", "ended_at", "wall_seconds", "business_seconds", "queue", "intent", "agent"],
    items.map((item) => [
      item.conversationId,
      item.subject,
      item.startedAt,
      item.endedAt,
      item.wallSeconds,
      item.businessSeconds,
      item.queue,
      item.intent,
      item.agent,
    ]),
  );
}
