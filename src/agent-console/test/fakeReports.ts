import type { Bucket, DrillPage, Metric, Period, ResponseTimes } from "../src/wire/reports";

const METRICS: readonly [metric: string, title: string, definition: string, target: number | null, typicalSeconds: number, perDay: number][] = [
  ["bot_first_response", "Bot first response", "From a customer's first message to the bot's first answer.", 3, 0.9, 64],
  ["human_first_response", "Human first response", "From the escalation to the first message of an agent.", 300, 190, 14],
  ["time_to_human", "Time to human", "From the escalation to the moment when an agent claims the conversation.", 180, 95, 15],
  ["next_response", "Next response", "From a customer's message to the next answer, after the first.", null, 75, 48],
  ["resolution", "Resolution", "From a customer's first message to the resolution by an agent.", 86_400, 9_400, 0.4],
];

/** Believable figures that depend on the period alone: two calls show the same report. */
export function fakeResponseTimes(days: number, now = Date.now()): ResponseTimes {
  const period: Period = days === 1 || days === 30 ? days : 7;
  const step = period === 1 ? 3_600_000 : 86_400_000;
  const buckets = period === 1 ? 24 : period;
  const start = Math.floor(now / step) * step - (buckets - 1) * step;
  return {
    days: period,
    from: new Date(start).toISOString(),
    to: new Date(now).toISOString(),
    timeZone: "Europe/Dublin",
    generatedAt: new Date(now).toISOString(),
    metrics: METRICS.map(([metric, title, definition, targetSeconds, typical, perDay]): Metric => {
      const series = Array.from({ length: buckets }, (_unused, index): Bucket => {
        const wave = 1 + 0.45 * Math.sin(index * 1.3 + metric.length);
        const count = Math.round((perDay * wave * step) / 86_400_000);
        const p50 = count === 0 ? null : typical * wave;
        return {
          start: new Date(start + index * step).toISOString(),
          count,
          p50,
          p90: p50 === null ? null : p50 * 2.6,
          businessP50: p50 === null ? null : p50 * 0.7,
        };
      });
      const count = series.reduce((sum, bucket) => sum + bucket.count, 0);
      const percentiles = (scale: number) =>
        count === 0 ? { p50: null, p90: null, p95: null } : { p50: typical * scale, p90: typical * scale * 2.7, p95: typical * scale * 3.9 };
      return { metric, title, definition, targetSeconds, count, wall: percentiles(1), business: percentiles(0.7), series };
    }),
  };
}

export function fakeDrill(metric: string, days: number, page: number, bucket: string | null): DrillPage {
  const pageSize = 20;
  const reported = fakeResponseTimes(days).metrics.find((one) => one.metric === metric);
  const total = (bucket === null ? reported : reported?.series.find((one) => one.start === bucket))?.count ?? 0;
  const first = (page - 1) * pageSize;
  const typical = METRICS.find(([name]) => name === metric)?.[4] ?? 60;
  return {
    page,
    pageSize,
    total,
    items: Array.from({ length: Math.max(0, Math.min(pageSize, total - first)) }, (_unused, index) => {
      const seconds = (typical * (first + index + 3)) / 12;
      const startedAt = Date.parse(bucket ?? "2026-11-20T09:00:00Z") + index * 240_000;
      return {
        conversationId: index % 2 === 0 ? "c-refund" : "c-boots",
        subject: index % 2 === 0 ? "Refund for order TT-204518" : "=Which boots for wide feet?",
        startedAt: new Date(startedAt).toISOString(),
        endedAt: new Date(startedAt + seconds * 1000).toISOString(),
        wallSeconds: seconds,
        businessSeconds: seconds * 0.7,
        queue: index % 3 === 0 ? null : "returns",
        intent: index % 3 === 0 ? null : "get_refund",
        agent: metric.startsWith("bot") ? null : "Maria Byrne",
      };
    }),
  };
}
