import { memo } from "react";
import { Link } from "wouter";
import { useConsole } from "../session/consoleContext";
import { useNow } from "../shell/useNow";
import type { ConversationSummary } from "../wire/conversation";
import { humanise } from "../words/humanise";
import { reasonInWords } from "../words/reasons";
import { queueTitle, stateInWords } from "./facts";
import { WaitingClock } from "./WaitingClock";

interface ConversationRowProps {
  conversation: ConversationSummary;
  address: string;
  open: boolean;
}

export const ConversationRow = memo(function ConversationRow({ conversation, address, open }: ConversationRowProps) {
  const { me } = useConsole();
  const waiting = conversation.state === "waiting";
  const urgent = isUrgent(conversation.priority);
  return (
    <li>
      <Link
        href={address}
        data-conversation={conversation.id}
        aria-current={open ? "page" : undefined}
        className={`block border-b border-l-3 border-b-line px-3 py-2.5 outline-offset-[-3px] ${
          open ? "border-l-accent bg-accent-soft" : "border-l-transparent hover:bg-surface"
        }`}
      >
        <span className="flex items-baseline gap-2">
          <span className="min-w-0 flex-1 truncate font-semibold">{conversation.customerName}</span>
          {waiting && conversation.waitingSince !== null ? (
            <WaitingClock since={conversation.waitingSince} />
          ) : (
            <LastAt iso={conversation.lastAt} />
          )}
        </span>
        <span className="block truncate">{conversation.subject}</span>
        <span className="block truncate text-muted">{conversation.lastText}</span>
        <span className="mt-1.5 flex flex-wrap gap-x-1.5 gap-y-1 text-xs">
          {conversation.priority !== null && (
            <span className={`rounded px-1.5 ${urgent ? "bg-danger-soft font-semibold text-danger" : "bg-sunken text-muted"}`}>
              {humanise(conversation.priority)}
            </span>
          )}
          {waiting && conversation.reasonCode !== null && (
            <span className="rounded bg-warn-soft px-1.5 text-warn">{reasonInWords(conversation.reasonCode)}</span>
          )}
          {!waiting && (
            <span className={`rounded px-1.5 ${conversation.state === "resolved" ? "bg-ok-soft text-ok" : "bg-sunken text-muted"}`}>
              {stateInWords(conversation, me)}
            </span>
          )}
          {conversation.queue !== null && <span className="rounded bg-sunken px-1.5 text-muted">{queueTitle(conversation.queue, me)}</span>}
        </span>
      </Link>
    </li>
  );
});

function LastAt({ iso }: { iso: string }) {
  const { times } = useConsole();
  return (
    <time dateTime={iso} className="shrink-0 text-xs text-muted tabular-nums">
      {times.recent(iso, useNow())}
    </time>
  );
}

function isUrgent(priority: string | null): boolean {
  return priority !== null && ["high", "urgent", "critical"].includes(priority.toLowerCase());
}
