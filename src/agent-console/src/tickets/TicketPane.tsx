import { useQuery } from "@tanstack/react-query";
import { ChevronLeft, MessagesSquare } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Link } from "wouter";
import { isFocusHidden } from "../conversations/focus";
import { TicketMessages } from "../conversations/TicketMessages";
import { useShortcuts } from "../conversations/useShortcuts";
import { useConsole } from "../session/consoleContext";
import { Notice } from "../shell/Notice";
import { ApiError } from "../wire/consoleApi";
import { TicketBody } from "./TicketBody";
import { TicketFacts } from "./TicketFacts";
import { PHASE_TITLES, PHASE_TONES } from "./ticketWords";
import { keptText, TicketWriter, type Audience } from "./TicketWriter";
import { useTicketChanges } from "./useTicketChanges";

/** How often an open ticket is read again. */
const REFRESH_MS = 10_000;
/** How long the second press that solves the ticket is waited for. */
const CONFIRM_MS = 5000;

interface TicketPaneProps {
  number: string;
  listAddress: string;
  shortcutsEnabled: boolean;
}

export function TicketPane({ number, listAddress, shortcutsEnabled }: TicketPaneProps) {
  const { api, me } = useConsole();
  const query = useQuery({ queryKey: ["ticket", number], queryFn: () => api.ticket(number), refetchInterval: REFRESH_MS });
  const detail = query.data;
  const ticket = detail?.ticket;
  const { busy, notice, change, readAgain } = useTicketChanges(ticket);
  const [audience, setAudience] = useState<Audience>(() => keptText(number).audience);
  const [confirming, setConfirming] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const solvable = ticket !== undefined && (ticket.phase === "open" || ticket.phase === "waiting");

  // On a phone the row that was pressed is gone from sight, and the focus with it.
  useEffect(() => {
    if (isFocusHidden()) {
      heading.current?.focus();
    }
  }, []);

  useEffect(() => {
    if (!confirming) {
      return;
    }
    const timer = setTimeout(() => setConfirming(false), CONFIRM_MS);
    return () => clearTimeout(timer);
  }, [confirming]);

  function solve(): void {
    setConfirming(!confirming);
    if (confirming && ticket !== undefined) {
      void change({ phase: "solved" }, ticket.version);
    }
  }

  function write(next: Audience): void {
    setAudience(next);
    field.current?.focus();
  }

  useShortcuts(
    {
      r: () => (ticket === undefined ? false : write("customer")),
      n: () => (ticket === undefined ? false : write("agents")),
      a: () => (ticket === undefined ? false : void change({ assignee: me.name }, ticket.version)),
      e: () => (solvable ? solve() : false),
    },
    shortcutsEnabled,
  );

  if (query.error instanceof ApiError && query.error.status === 404) {
    return <p className="grid h-full place-items-center p-6 text-muted">There is no ticket of this number in our store.</p>;
  }
  return (
    <section aria-label="Ticket" className="flex h-full flex-col">
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
            {ticket?.subject ?? "Loading…"}
          </h2>
          <p className="flex flex-wrap items-center gap-x-2 text-muted">
            <span className="font-mono">{ticket?.number ?? number}</span>
            {ticket !== undefined && <span className={`rounded px-1.5 text-xs ${PHASE_TONES[ticket.phase]}`}>{PHASE_TITLES[ticket.phase]}</span>}
          </p>
        </div>
        {detail !== undefined && (
          <Link href={`/conversations/${encodeURIComponent(detail.conversationId)}?view=all`} className="button-quiet">
            <MessagesSquare aria-hidden="true" className="size-4" />
            <span className="sr-only sm:not-sr-only">Conversation</span>
          </Link>
        )}
        {solvable && (
          <button type="button" className={confirming ? "button-primary" : "button-quiet"} disabled={busy} aria-keyshortcuts="e" onClick={solve}>
            {confirming ? "Solved: sure?" : "Solved"}
          </button>
        )}
      </div>
      <div role="status" aria-label="Outcome" className={notice === null ? "" : "border-b border-line px-3 py-2"}>
        {confirming && <span className="sr-only">Press Solved again: the customer is told that it is solved.</span>}
        {notice !== null && <Notice tone={notice.tone}>{notice.text}</Notice>}
      </div>
      {query.isError && (
        <div role="alert" className="border-b border-line px-3 py-2">
          <Notice tone="danger">
            The ticket could not be read. {query.error.message}{" "}
            <button type="button" className="link font-medium" onClick={() => void query.refetch()}>
              Try again
            </button>
          </Notice>
        </div>
      )}
      {detail !== undefined && (
        <>
          <div className="min-h-0 flex-1 overflow-y-auto p-4" tabIndex={0} role="group" aria-label="The ticket">
            <div className="mx-auto grid max-w-4xl grid-cols-[minmax(0,1fr)] gap-5">
              <TicketFacts ticket={detail.ticket} busy={busy} onChange={change} />
              <TicketBody detail={detail} />
              <section aria-label="Messages">
                <h3 className="section-title">Messages</h3>
                {detail.messages.length === 0 ? <p className="mt-2 text-muted">Nobody has written in it yet.</p> : <TicketMessages messages={detail.messages} />}
              </section>
            </div>
          </div>
          <TicketWriter
            number={detail.ticket.number}
            requester={detail.ticket.requester}
            audience={audience}
            field={field}
            onAudience={setAudience}
            onWritten={readAgain}
          />
        </>
      )}
    </section>
  );
}
