import { useSearchParams } from "wouter";
import type { Clock, Period } from "../wire/reports";

/** Which list of conversations is open over the report. */
export interface Drill {
  metric: string;
  /** ISO start of one bucket; null for the whole period. */
  bucket: string | null;
  page: number;
}

/** What the report shows is in its address, so that it can be sent to a colleague and come back to. */
export function useReportAddress() {
  const [params, setParams] = useSearchParams();
  const days: Period = params.get("days") === "1" ? 1 : params.get("days") === "30" ? 30 : 7;
  const clock: Clock = params.get("clock") === "business" ? "business" : "wall";
  const metric = params.get("metric");
  const page = Math.max(1, Number.parseInt(params.get("page") ?? "1", 10) || 1);
  const drill: Drill | null = metric === null ? null : { metric, bucket: params.get("bucket"), page };

  function show(nextDays: Period, nextClock: Clock, nextDrill: Drill | null): void {
    const next = new URLSearchParams({ days: `${nextDays}`, clock: nextClock });
    if (nextDrill !== null) {
      next.set("metric", nextDrill.metric);
      next.set("page", `${nextDrill.page}`);
      if (nextDrill.bucket !== null) {
        next.set("bucket", nextDrill.bucket);
      }
    }
    // Opening a list is a step that Back undoes; turning a page or a switch is not.
    setParams(next, { replace: drill !== null || nextDrill === null });
  }

  return {
    days,
    clock,
    drill,
    setDays: (next: Period) => show(next, clock, null),
    setClock: (next: Clock) => show(days, next, null),
    setDrill: (next: Drill | null) => show(days, clock, next),
  };
}
