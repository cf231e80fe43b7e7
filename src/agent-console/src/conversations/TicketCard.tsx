import { ExternalLink, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { useConsole } from "../session/consoleContext";
import { OWN_STORE, type Ticket } from "../wire/conversation";
import { humanise } from "../words/humanise";
import { secureAddress } from "../words/links";
import { queueTitle } from "./facts";
import { TicketMessages } from "./TicketMessages";

/** A few messages are shown at once, more on demand. */
const SHOWN_AT_ONCE = 3;

export function TicketCard({ ticket }: { ticket: Ticket }) {
  const { me, times } = useConsole();
  const fields = Object.entries(ticket.fields);
  const notes = ticket.messages.filter((message) => !message.public).length;
  return (
    <article aria-label={ticket.number === null ? "Ticket without a number yet" : `Ticket ${ticket.number}`} className="rounded-lg border border-line bg-raised p-3">
      <p className="flex items-baseline justify-between gap-2">
        <span className="font-mono font-semibold">
          <TicketNumber ticket={ticket} />
        </span>
        <span className="rounded bg-sunken px-1.5 text-xs text-muted">{humanise(ticket.status)}</span>
      </p>
      <p className="mt-0.5 font-medium break-words">{ticket.subject}</p>
      <p className="text-xs text-muted">
        {[
          ticket.queue === null ? null : queueTitle(ticket.queue, me),
          ticket.priority === null ? null : humanise(ticket.priority),
          times.dateTime(ticket.createdAt),
        ]
          .filter((part) => part !== null)
          .join(" · ")}
      </p>
      <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-0.5 border-t border-line pt-2">
        <Fact name="System">{ticket.system === OWN_STORE ? "This console" : ticket.system}</Fact>
        {ticket.assignee !== null && ticket.assignee !== "" && <Fact name="Assignee">{ticket.assignee}</Fact>}
        {fields.map(([name, value]) => (
          <Fact key={name} name={humanise(name)}>
            {value}
          </Fact>
        ))}
      </dl>
      {ticket.warning !== null && ticket.warning !== "" && (
        <p className="mt-2 flex gap-2 rounded-md border border-warn-line bg-warn-soft px-2 py-1.5 text-xs">
          <TriangleAlert aria-hidden="true" className="mt-0.5 size-3.5 shrink-0 text-warn" />
          <span className="min-w-0 break-words">{ticket.warning}</span>
        </p>
      )}
      {ticket.messages.length > 0 && (
        <details className="mt-2 border-t border-line pt-2" open={ticket.messages.length <= SHOWN_AT_ONCE}>
          <summary className="text-xs text-muted hover:text-ink">
            {`${ticket.messages.length} ${ticket.messages.length === 1 ? "message" : "messages"} in the ticket`}
            {notes > 0 && `, ${notes} of them ${notes === 1 ? "a note" : "notes"}`}
          </summary>
          <TicketMessages messages={ticket.messages} />
        </details>
      )}
    </article>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-muted">{name}</dt>
      <dd className="break-words whitespace-pre-wrap">{children}</dd>
    </div>
  );
}

/** Leads to where the ticket is worked on: a page of this console, or the ticketing system's own. */
function TicketNumber({ ticket }: { ticket: Ticket }) {
  const number = ticket.number ?? "Number pending";
  if (ticket.system === OWN_STORE && ticket.number !== null) {
    return (
      <Link href={`/tickets/${encodeURIComponent(ticket.number)}`} className="link">
        {number}
      </Link>
    );
  }
  const address = ticket.url === null ? null : secureAddress(ticket.url);
  return address === null ? (
    number
  ) : (
    <a href={address} target="_blank" rel="noopener noreferrer" className="link inline-flex items-center gap-1">
      {number}
      <ExternalLink aria-hidden="true" className="size-3" />
      <span className="sr-only">(opens in a new tab)</span>
    </a>
  );
}
