import { Headset, StickyNote, User } from "lucide-react";
import { useConsole } from "../session/consoleContext";
import type { TicketMessage } from "../wire/conversation";

/** What was written in a ticket. A note looks different from what the customer gets, and says so. */
export function TicketMessages({ messages }: { messages: readonly TicketMessage[] }) {
  const { times } = useConsole();
  return (
    <ol className="mt-2 grid gap-2">
      {messages.map((message, index) => {
        const note = !message.public;
        const Icon = note ? StickyNote : message.fromAgent ? Headset : User;
        return (
          <li
            key={`${message.at} ${index}`}
            className={`rounded-md border px-2.5 py-1.5 ${
              note ? "border-dashed border-warn-line bg-warn-soft" : message.fromAgent ? "border-accent-line bg-accent-soft" : "border-line bg-surface"
            }`}
          >
            <p className="flex flex-wrap items-center gap-x-1.5 text-xs text-muted">
              <Icon aria-hidden="true" className={`size-3.5 ${note ? "text-warn" : ""}`} />
              <span className="font-semibold text-ink">{message.author}</span>
              <span className={note ? "font-semibold text-warn" : ""}>{note ? "note, for agents only" : message.fromAgent ? "to the customer" : "customer"}</span>
              <span aria-hidden="true">·</span>
              <time dateTime={message.at} className="tabular-nums">
                {times.dateTime(message.at)}
              </time>
            </p>
            <p className="mt-0.5 break-words whitespace-pre-wrap">{message.text}</p>
          </li>
        );
      })}
    </ol>
  );
}
