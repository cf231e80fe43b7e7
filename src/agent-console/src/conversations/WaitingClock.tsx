import { Hourglass } from "lucide-react";
import { useNow } from "../shell/useNow";
import { formatElapsed } from "../words/time";

/** From here on the wait is drawn in the warning colour, in milliseconds. */
const LONG_WAIT_MS = 5 * 60_000;

export function WaitingClock({ since }: { since: string }) {
  const waited = Math.max(0, useNow() - Date.parse(since));
  return (
    <span
      className={`inline-flex shrink-0 items-center gap-1 text-xs font-semibold tabular-nums ${waited >= LONG_WAIT_MS ? "text-danger" : "text-warn"}`}
    >
      <Hourglass aria-hidden="true" className="size-3" />
      <span className="sr-only">waiting for</span>
      <time dateTime={since}>{formatElapsed(waited)}</time>
    </span>
  );
}
