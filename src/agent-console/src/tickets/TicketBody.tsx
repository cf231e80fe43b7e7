import { useConsole } from "../session/consoleContext";
import type { StoreTicketDetail } from "../wire/tickets";
import { humanise } from "../words/humanise";

/** Who asks, what was collected, and the ticket's own text. All of it comes from customers: it is only ever put into text nodes. */
export function TicketBody({ detail }: { detail: StoreTicketDetail }) {
  const { times } = useConsole();
  const { ticket, requesterEmail, body, tags } = detail;
  const facts: readonly (readonly [string, string | null])[] = [
    ["Customer", ticket.requester],
    ["Email", requesterEmail],
    ["Opened", times.dateTime(ticket.createdAt)],
    ["Changed", times.dateTime(ticket.changedAt)],
    ...Object.entries(detail.fields).map(([name, value]) => [humanise(name), value] as const),
  ];
  return (
    <section aria-label="What it is about" className="rounded-lg border border-line bg-raised p-4">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
        {facts.map(
          ([name, value]) =>
            value !== null &&
            value !== "" && (
              <div key={name} className="contents">
                <dt className="text-muted">{name}</dt>
                <dd className="break-words whitespace-pre-wrap">{value}</dd>
              </div>
            ),
        )}
      </dl>
      {tags.length > 0 && (
        <ul aria-label="Tags" className="mt-2 flex flex-wrap gap-1.5 text-xs">
          {tags.map((tag) => (
            <li key={tag} className="rounded bg-sunken px-1.5 text-muted">
              {tag}
            </li>
          ))}
        </ul>
      )}
      <p className="mt-3 border-t border-line pt-3 break-words whitespace-pre-wrap">{body}</p>
    </section>
  );
}
