import { CircleCheck, Unplug } from "lucide-react";
import { useConsole } from "../session/consoleContext";
import { useNow } from "../shell/useNow";
import { OWN_STORE } from "../wire/conversation";
import type { TicketSystem } from "../wire/tickets";
import { formatDuration } from "../words/time";

/** How it stands with one ticketing system: whether it answers, and what it still has to get. */
export function SystemCard({ system }: { system: TicketSystem }) {
  const down = system.downSince !== null;
  const Icon = down ? Unplug : CircleCheck;
  return (
    <article
      aria-label={system.name}
      className={`h-full rounded-lg border p-4 ${down ? "border-danger-line bg-danger-soft" : "border-line bg-surface"}`}
    >
      <h2 className="flex items-center gap-2 font-semibold">
        <Icon aria-hidden="true" className={`size-4 shrink-0 ${down ? "text-danger" : "text-ok"}`} />
        <span className="min-w-0 break-words">{system.name === OWN_STORE ? `${system.name} (this console’s own tickets)` : system.name}</span>
      </h2>
      <p className={down ? "font-medium text-danger" : "text-ok"}>{system.downSince === null ? "Up" : <DownSince iso={system.downSince} />}</p>
      {down && system.reason !== null && <p className="mt-1 break-words">{system.reason}</p>}
      <p className="mt-2 text-muted tabular-nums">
        {system.waiting} on {system.waiting === 1 ? "its" : "their"} way ·{" "}
        <span className={system.failed > 0 ? "font-semibold text-danger" : ""}>{system.failed} given up</span>
      </p>
    </article>
  );
}

function DownSince({ iso }: { iso: string }) {
  const { times } = useConsole();
  const now = useNow();
  return (
    <>
      Down since <time dateTime={iso}>{times.recent(iso, now)}</time>, for {formatDuration(Math.max(60, (now - Date.parse(iso)) / 1000))}
    </>
  );
}
