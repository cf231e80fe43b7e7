import { useConsole } from "../session/consoleContext";
import type { Ticket } from "../wire/conversation";
import { humanise } from "../words/humanise";
import { queueTitle } from "./facts";

export function TicketCard({ ticket }: { ticket: Ticket }) {
  const { me, times } = useConsole();
  const fields = Object.entries(ticket.fields);
  return (
    <article className="rounded-lg border border-line bg-raised p-3">
      <p className="flex items-baseline justify-between gap-2">
        <span className="font-mono font-semibold">{ticket.number ?? "Number pending"}</span>
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
      {fields.length > 0 && (
        <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-0.5 border-t border-line pt-2">
          {fields.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-muted">{humanise(name)}</dt>
              <dd className="break-words whitespace-pre-wrap">{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </article>
  );
}
