import type { Bucket, Clock, Metric, Percentiles } from "../wire/reports";
import { formatDuration } from "../words/time";

/** Below this many values a percentile says more about chance than about the team. */
export const FEW = 5;

/** A percentile as it may be shown: the median always, those of the tail from `FEW` values on. */
export interface Figure {
  /** Null when nothing happened or when there are too few values for it. */
  seconds: number | null;
  words: string;
  few: boolean;
}

export function figure(percentile: keyof Percentiles, seconds: number | null, count: number): Figure {
  if (seconds === null || count === 0) {
    return { seconds: null, words: "none", few: false };
  }
  const few = count < FEW;
  return few && percentile !== "p50"
    ? { seconds: null, words: "too few", few }
    : { seconds, words: formatDuration(seconds), few };
}

/** A bucket's figures on one clock. Of business hours the service reports the median only. */
export function bucketFigures(bucket: Bucket, clock: Clock): { p50: Figure; p90: Figure } {
  return {
    p50: figure("p50", clock === "wall" ? bucket.p50 : bucket.businessP50, bucket.count),
    p90: figure("p90", clock === "wall" ? bucket.p90 : null, bucket.count),
  };
}

/**
 * How a metric stands against its target; null without a target or without values. A target counts business hours,
 * whichever clock the page shows: nobody promises an answer at night.
 */
export function targetInWords(metric: Metric): { met: boolean; words: string } | null {
  const { targetSeconds, count } = metric;
  const p50 = figure("p50", metric.business.p50, count).seconds;
  const p90 = figure("p90", metric.business.p90, count).seconds;
  if (targetSeconds === null || p50 === null) {
    return null;
  }
  const target = `${formatDuration(targetSeconds)} in business hours`;
  if (p50 > targetSeconds) {
    return { met: false, words: `p50 misses the target of ${target}` };
  }
  if (p90 === null) {
    return { met: true, words: `p50 meets the target of ${target}` };
  }
  return p90 <= targetSeconds
    ? { met: true, words: `p50 and p90 meet the target of ${target}` }
    : { met: false, words: `p50 meets, p90 misses the target of ${target}` };
}
