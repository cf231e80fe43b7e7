import { useLive } from "../live/useLive";
import type { Connection } from "../live/liveState";

const WORDS: Readonly<Record<Connection, string>> = {
  live: "Live",
  catchingUp: "Catching up",
  connecting: "Connecting",
  lost: "Offline",
};

/** The connection at a glance; `ConnectionBanner` says it in full when it matters. */
export function ConnectionDot() {
  const { connection } = useLive();
  return (
    <span className="inline-flex items-center gap-1.5 text-xs text-header-muted">
      <svg viewBox="0 0 8 8" className="size-2" aria-hidden="true">
        {connection === "live" ? (
          <circle cx="4" cy="4" r="4" fill="currentColor" className="text-header-ink" />
        ) : (
          <circle cx="4" cy="4" r="3" fill="none" stroke="var(--header-focus)" strokeWidth="2" />
        )}
      </svg>
      <span className="sr-only sm:not-sr-only">{WORDS[connection]}</span>
    </span>
  );
}
