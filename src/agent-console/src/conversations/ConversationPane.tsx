import { ChevronLeft, PanelRight } from "lucide-react";
import { useEffect, useRef, type RefObject } from "react";
import { Link } from "wouter";
import { useLive } from "../live/useLive";
import { useConsole } from "../session/consoleContext";
import { Notice } from "../shell/Notice";
import type { Draft } from "../wire/conversation";
import { Composer } from "./Composer";
import { isMine, stateInWords } from "./facts";
import { isFocusHidden } from "./focus";
import { Transcript } from "./Transcript";
import { useConversationActions } from "./useConversationActions";
import { useShortcuts } from "./useShortcuts";
import { WaitingClock } from "./WaitingClock";

interface ConversationPaneProps {
  id: string;
  listAddress: string;
  shortcutsEnabled: boolean;
  detailsButton: RefObject<HTMLButtonElement | null>;
  onDetails: () => void;
}

export function ConversationPane({ id, listAddress, shortcutsEnabled, detailsButton, onDetails }: ConversationPaneProps) {
  const { me } = useConsole();
  const state = useLive();
  const conversation = state.conversations[id];
  const { claim, resolve, busy, confirming, notice } = useConversationActions(id);
  const heading = useRef<HTMLHeadingElement>(null);
  const reply = useRef<HTMLTextAreaElement>(null);
  const claimable = conversation?.state === "waiting";
  const mine = conversation !== undefined && isMine(conversation, me);

  // On a phone the row that was pressed is gone from sight, and the focus with it.
  useEffect(() => {
    if (isFocusHidden()) {
      heading.current?.focus();
    }
  }, []);

  useShortcuts(
    {
      c: () => (claimable ? claim() : false),
      e: () => (mine ? resolve() : false),
      r: () => (mine ? reply.current?.focus() : false),
    },
    shortcutsEnabled,
  );

  return (
    <section aria-label="Conversation" className="flex h-full flex-col">
      <div className="flex min-h-14 items-center gap-2 border-b border-line bg-surface px-3 py-2">
        <Link
          href={listAddress}
          aria-label="Back to the list"
          className="-ml-1 inline-flex size-9 shrink-0 items-center justify-center rounded-md hover:bg-sunken md:hidden"
        >
          <ChevronLeft aria-hidden="true" className="size-5" />
        </Link>
        <div className="min-w-0 flex-1">
          <h2 ref={heading} tabIndex={-1} className="truncate text-base leading-snug font-semibold outline-none">
            {conversation?.subject ?? (state.missing[id] ? "Not found" : "Loading…")}
          </h2>
          {conversation !== undefined && (
            <p className="flex items-center gap-2 text-muted">
              <span className="truncate">{conversation.customerName}</span>
              {/* On a phone the clock alone says that somebody waits: the name needs the room. */}
              <span aria-hidden="true" className={claimable ? "hidden sm:inline" : ""}>
                ·
              </span>
              <span className={`shrink-0 ${claimable ? "hidden sm:inline" : ""}`}>{stateInWords(conversation, me)}</span>
              {claimable && conversation.waitingSince !== null && <WaitingClock since={conversation.waitingSince} />}
            </p>
          )}
        </div>
        {claimable && (
          <button type="button" className="button-primary" disabled={busy} aria-keyshortcuts="c" onClick={claim}>
            Claim
          </button>
        )}
        {mine && (
          <button type="button" className={confirming ? "button-primary" : "button-quiet"} disabled={busy} aria-keyshortcuts="e" onClick={resolve}>
            {confirming ? "Resolve: sure?" : "Resolve"}
          </button>
        )}
        <button
          ref={detailsButton}
          type="button"
          aria-label="Why and details"
          title="Why and details"
          className="inline-flex size-9 shrink-0 items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-ink xl:hidden"
          onClick={onDetails}
        >
          <PanelRight aria-hidden="true" className="size-5" />
        </button>
      </div>
      <div role="status" aria-label="Outcome" className={notice === null ? "" : "border-b border-line px-3 py-2"}>
        {confirming && <span className="sr-only">Press Resolve again to resolve the conversation.</span>}
        {notice !== null && <Notice tone={notice.tone}>{notice.text}</Notice>}
      </div>
      {state.missing[id] ? (
        <p className="grid flex-1 place-items-center p-6 text-muted">There is no conversation with this address.</p>
      ) : (
        <>
          <Transcript id={id} />
          {mine ? (
            <Composer id={id} field={reply} draft={unsent(state.details[id]?.draft)} shortcutsEnabled={shortcutsEnabled} />
          ) : (
            conversation !== undefined && <ReplyHint state={conversation.state} assignee={conversation.assignee?.name ?? null} bot={me.company.bot} />
          )}
        </>
      )}
    </section>
  );
}

/** A draft is offered until somebody has sent it. */
function unsent(draft: Draft | null | undefined): Draft | null {
  return draft?.sentAt === null ? draft : null;
}

interface ReplyHintProps {
  state: "bot" | "waiting" | "assigned" | "resolved";
  assignee: string | null;
  bot: string;
}

function ReplyHint({ state, assignee, bot }: ReplyHintProps) {
  const words = {
    bot: `${bot} is answering this customer.`,
    waiting: "Claim the conversation to reply.",
    assigned: `${assignee ?? "Another agent"} is answering this customer.`,
    resolved: `Resolved. If the customer writes again, ${bot} answers.`,
  };
  return <p className="border-t border-line bg-surface px-4 py-4 text-center text-muted">{words[state]}</p>;
}
