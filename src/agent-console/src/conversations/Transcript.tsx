import { ArrowDown } from "lucide-react";
import { Fragment, useEffect, useMemo, useRef, useState } from "react";
import { transcriptOf } from "../live/liveState";
import { useLive } from "../live/useLive";
import { useConsole } from "../session/consoleContext";
import { Notice } from "../shell/Notice";
import { useNow } from "../shell/useNow";
import type { Draft, TranscriptEntry } from "../wire/conversation";
import { Message } from "./Message";
import { OutgoingMessage } from "./OutgoingMessage";

/** How far from the end still counts as reading the newest, in CSS pixels. */
const NEAR_END_PX = 48;

/** A typing signal without a successor fades after this long. */
const TYPING_SHOWN_MS = 6000;

/**
 * The log of one conversation. The scroller lays out from its end (`flex-col-reverse`), so the browser itself keeps
 * the newest in sight, or the reading position where somebody has scrolled up.
 */
export function Transcript({ id }: { id: string }) {
  const { live, times } = useConsole();
  const state = useLive();
  const { entries, loaded, failed } = transcriptOf(state, id);
  const outgoing = state.outgoing[id] ?? [];
  const scroller = useRef<HTMLDivElement>(null);
  const readings = useMemo(() => new Map(entries.map((entry) => [entry.replyToId, entry.evidence?.intent ?? null])), [entries]);
  const corrections = state.details[id]?.corrections;
  const draft = state.details[id]?.draft ?? null;
  const newest = entries.at(-1)?.sequence ?? 0;
  /** The newest entry seen when the reader scrolled away from the end; null at the end. */
  const [leftAt, setLeftAt] = useState<number | null>(null);
  const unseen = leftAt === null ? 0 : entries.filter((entry) => entry.sequence > leftAt).length;

  // Whoever sends something wants to see it go.
  const lastSent = outgoing.at(-1)?.clientId;
  useEffect(() => {
    if (lastSent !== undefined && scroller.current !== null) {
      scroller.current.scrollTop = 0;
    }
  }, [lastSent]);

  function onScroll(): void {
    const atEnd = Math.abs(scroller.current?.scrollTop ?? 0) < NEAR_END_PX;
    setLeftAt((before) => (atEnd ? null : (before ?? newest)));
  }

  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        tabIndex={0}
        role="log"
        aria-label="Transcript"
        aria-busy={!loaded}
        onScroll={onScroll}
        className="flex h-full flex-col-reverse overflow-y-auto outline-offset-[-2px]"
      >
        <div className="grid gap-3 px-4 py-4">
          {!loaded && !failed && <p className="text-center text-muted">Loading the conversation…</p>}
          {entries.map((entry, index) => {
            const before = entries[index - 1];
            return (
              <Fragment key={entry.sequence}>
                {(before === undefined || times.dayKey(before.at) !== times.dayKey(entry.at)) && (
                  <p className="flex items-center gap-3 text-xs text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
                    {times.day(entry.at)}
                  </p>
                )}
                <Message
                  conversationId={id}
                  entry={entry}
                  reading={readings.get(entry.id) ?? null}
                  correction={corrections?.find(({ sequence }) => sequence === entry.sequence)}
                  approved={draft !== null && isApproved(draft, entry) ? draft : null}
                />
              </Fragment>
            );
          })}
          {outgoing.map((message) => (
            <OutgoingMessage key={message.clientId} conversationId={id} message={message} />
          ))}
          {failed && (
            <Notice tone="danger">
              The conversation could not be read to its end.{" "}
              <button type="button" className="link font-medium" onClick={() => live.followAgain(id)}>
                Try again
              </button>
            </Notice>
          )}
          <CustomerTyping at={state.customerTypingAt[id]} name={state.conversations[id]?.customerName ?? "The customer"} />
        </div>
      </div>
      {leftAt !== null && (
        <button
          type="button"
          className="button-quiet absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full shadow-raised"
          onClick={() => {
            if (scroller.current !== null) {
              scroller.current.scrollTop = 0;
              scroller.current.focus();
            }
          }}
        >
          <ArrowDown aria-hidden="true" className="size-4" />
          {unseen === 0 ? "Jump to newest" : `${unseen} new`}
        </button>
      )}
    </div>
  );
}

/** The approval and the message were stored in one moment. */
function isApproved(draft: Draft, entry: TranscriptEntry): boolean {
  return draft.sentAt !== null && entry.author === "agent" && entry.name === draft.sentBy && Date.parse(entry.at) === Date.parse(draft.sentAt);
}

function CustomerTyping({ at, name }: { at: number | undefined; name: string }) {
  const now = useNow();
  if (at === undefined || now - at > TYPING_SHOWN_MS) {
    return null;
  }
  return <p className="text-muted italic">{name} is typing…</p>;
}
