import { Link } from "wouter";
import { useConsole } from "../session/consoleContext";
import { useNow } from "../shell/useNow";
import type { StoreTicket } from "../wire/tickets";
import { humanise } from "../words/humanise";
import { assigneeOf, isUrgent, PHASE_TITLES, PHASE_TONES } from "./ticketWords";

export function TicketRow({ ticket, address, open }: { ticket: StoreTicket; address: string; open: boolean }) {
  const { times } = useConsole();
  const now = useNow();
  return (
    <li>
      <Link
        href={address}
        data-ticket={ticket.number}
        aria-current={open ? "page" : undefined}
        className={`block border-b border-l-3 border-b-line px-3 py-2.5 outline-offset-[-3px] ${
          open ? "border-l-accent bg-accent-soft" : "border-l-transparent hover:bg-surface"
        }`}
      >
        <span className="flex items-baseline gap-2">
          <span className="font-mono text-xs text-muted">{ticket.number}</span>
          <span className="min-w-0 flex-1 truncate text-muted">{ticket.requester}</span>
          <time dateTime={ticket.changedAt} className="shrink-0 text-xs text-muted tabular-nums">
            {times.recent(ticket.changedAt, now)}
          </time>
        </span>
        <span className="block truncate font-semibold">{ticket.subject}</span>
        <span className="mt-1.5 flex flex-wrap gap-x-1.5 gap-y-1 text-xs">
          <span className={`rounded px-1.5 ${PHASE_TONES[ticket.phase]}`}>{PHASE_TITLES[ticket.phase]}</span>
          {ticket.priority !== "normal" && (
            <span className={`rounded px-1.5 ${isUrgent(ticket.priority) ? "bg-danger-soft font-semibold text-danger" : "bg-sunken text-muted"}`}>
              {humanise(ticket.priority)}
            </span>
          )}
          <span className="rounded bg-sunken px-1.5 text-muted">{ticket.queue}</span>
          <span className="rounded bg-sunken px-1.5 text-muted">{assigneeOf(ticket) ?? "Nobody’s"}</span>
        </span>
      </Link>
    </li>
  );
}
