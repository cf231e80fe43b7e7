import { WifiOff } from "lucide-react";
import { useLive } from "../live/useLive";
import { useConsole } from "../session/consoleContext";
import { useNow } from "./useNow";

/** Says that what is on the screen may be old, for as long as it may be. */
export function ConnectionBanner() {
  const { connection, retryAt } = useLive();
  const { live } = useConsole();
  const lost = connection === "lost";
  return (
    <div role="status" aria-label="Connection">
      {lost && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-warn-line bg-warn-soft px-4 py-2 text-ink">
          <WifiOff aria-hidden="true" className="size-4 shrink-0 text-warn" />
          <span className="font-medium">The connection is lost. What you see may be out of date.</span>
          <span aria-live="off">{retryAt === null ? "Connecting…" : <Countdown until={retryAt} />}</span>
          <button type="button" className="link font-medium" onClick={live.retryNow}>
            Reconnect now
          </button>
        </div>
      )}
    </div>
  );
}

function Countdown({ until }: { until: number }) {
  const seconds = Math.ceil((until - useNow()) / 1000);
  return <>{seconds > 0 ? `Trying again in ${seconds} s.` : "Trying again…"}</>;
}
