import { ChevronLeft } from "lucide-react";
import type { ReactNode } from "react";
import { useLive } from "../live/useLive";
import { useConsole } from "../session/consoleContext";
import type { ConversationSummary } from "../wire/conversation";
import type { DetailPart } from "../live/liveState";
import { humanise } from "../words/humanise";
import { EvidenceView } from "./EvidenceView";
import { queueTitle, stateInWords } from "./facts";
import { TicketCard } from "./TicketCard";

/** What an agent should know before answering: why the bot did not, what is already filed, who asks. */
export function DetailsPane({ id, onBack }: { id: string; onBack: () => void }) {
  const { me } = useConsole();
  const state = useLive();
  const conversation = state.conversations[id];
  const detail = state.details[id];

  return (
    <aside aria-label="Details" className="flex h-full flex-col">
      <div className="border-b border-line p-2 xl:hidden">
        <button type="button" className="inline-flex min-h-9 items-center gap-1 rounded-md px-2 font-medium hover:bg-sunken" onClick={onBack}>
          <ChevronLeft aria-hidden="true" className="size-5" />
          Back to the conversation
        </button>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <Panel title="Why the bot escalated">
          {detail === undefined ? (
            <p className="text-muted">{state.missing[id] ? "Nothing to show." : "Loading…"}</p>
          ) : detail.evidence === null ? (
            <p className="text-muted">{me.company.bot} has not escalated this conversation.</p>
          ) : (
            <EvidenceView evidence={detail.evidence} />
          )}
        </Panel>
        {detail !== undefined && (
          <Panel title={detail.tickets.length > 1 ? "Tickets" : "Ticket"}>
            {detail.tickets.length === 0 ? (
              <p className="text-muted">No ticket was opened.</p>
            ) : (
              <div className="grid gap-3">
                {detail.tickets.map((ticket) => (
                  <TicketCard key={`${ticket.number ?? ""} ${ticket.createdAt}`} ticket={ticket} />
                ))}
              </div>
            )}
          </Panel>
        )}
        {conversation !== undefined && (
          <Panel title="Customer">
            <CustomerFacts conversation={conversation} detail={detail} />
          </Panel>
        )}
      </div>
    </aside>
  );
}

function Panel({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="border-b border-line px-4 py-4">
      <h2 className="section-title mb-2.5">{title}</h2>
      {children}
    </section>
  );
}

function CustomerFacts({ conversation, detail }: { conversation: ConversationSummary; detail: DetailPart | undefined }) {
  const { me, times } = useConsole();
  const facts: [string, string | null][] = [
    ["Name", conversation.customerName],
    ["State", conversation.state === "assigned" ? "Assigned" : stateInWords(conversation, me)],
    ["Agent", conversation.assignee?.name ?? null],
    ["Queue", conversation.queue === null ? null : queueTitle(conversation.queue, me)],
    ["Priority", conversation.priority === null ? null : humanise(conversation.priority)],
    ["Channel", humanise(conversation.channel)],
    ["Site", conversation.site],
    ["Language", detail?.locale == null ? null : languageName(detail.locale)],
    ["Started", detail === undefined ? null : times.dateTime(detail.startedAt)],
    ["Last activity", times.dateTime(conversation.lastAt)],
  ];
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
      {facts.map(
        ([name, value]) =>
          value !== null &&
          value !== "" && (
            <div key={name} className="contents">
              <dt className="text-muted">{name}</dt>
              <dd className="break-words">{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

function languageName(locale: string): string {
  try {
    return new Intl.DisplayNames(["en"], { type: "language" }).of(locale) ?? locale;
  } catch {
    return locale;
  }
}
