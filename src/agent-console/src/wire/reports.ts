// The report shapes of the console's REST interface. Durations are seconds, possibly fractional.

export type Period = 1 | 7 | 30;
export type Clock = "wall" | "business";

export interface Percentiles {
  p50: number | null;
  p90: number | null;
  p95: number | null;
}

/** One hour (period of one day) or one day of the company's time zone. */
export interface Bucket {
  start: string;
  count: number;
  p50: number | null;
  p90: number | null;
  businessP50: number | null;
}

export interface Metric {
  metric: string;
  title: string;
  definition: string;
  targetSeconds: number | null;
  count: number;
  wall: Percentiles;
  business: Percentiles;
  series: Bucket[];
}

export interface ResponseTimes {
  days: Period;
  from: string;
  to: string;
  timeZone: string;
  generatedAt: string;
  metrics: Metric[];
}

export interface DrillItem {
  conversationId: string;
  subject: string;
  startedAt: string;
  endedAt: string;
  wallSeconds: number;
  businessSeconds: number;
  queue: string | null;
  intent: string | null;
  agent: string | null;
}

export interface DrillPage {
  items: DrillItem[];
  page: number;
  pageSize: number;
  total: number;
}
