import { SendHorizontal } from "lucide-react";
import { useId, useRef, useState, type KeyboardEvent, type RefObject } from "react";
import { newClientId } from "../live/outgoing";
import { useConsole } from "../session/consoleContext";
import { REPLY_MAX_LENGTH, type Draft } from "../wire/conversation";
import { DraftCard } from "./DraftCard";
import { keepDraft, readDraft } from "./drafts";
import { useDraftChoice } from "./useDraftChoice";

const TYPING_EVERY_MS = 3000;
/** The counter appears when this few characters are left. */
const COUNTER_FROM = 400;

interface ComposerProps {
  id: string;
  field: RefObject<HTMLTextAreaElement | null>;
  /** The answer that the bot prepared and nobody has sent; null when there is none. */
  draft: Draft | null;
  shortcutsEnabled: boolean;
}

export function Composer({ id, field, draft, shortcutsEnabled }: ComposerProps) {
  const { live, me } = useConsole();
  const [choice, setChoice] = useDraftChoice(id, draft);
  const editing = draft !== null && choice === "edited";
  const [text, setText] = useState(() => readDraft(id));
  const lastTyping = useRef(-Infinity);
  const counterId = useId();
  const left = REPLY_MAX_LENGTH - text.length;
  const sendable = text.trim() !== "" && left >= 0;

  function change(next: string): void {
    setText(next);
    keepDraft(id, next);
    const now = performance.now();
    if (next !== "" && now - lastTyping.current >= TYPING_EVERY_MS) {
      lastTyping.current = now;
      live.typing(id);
    }
  }

  function send(): void {
    if (!sendable) {
      return;
    }
    if (editing) {
      void live.sendDraft(id, text.trim(), text.trim() !== draft.text.trim(), newClientId());
      setChoice("discarded");
    } else {
      void live.reply(id, text.trim(), newClientId());
    }
    setText("");
    keepDraft(id, "");
    lastTyping.current = -Infinity;
    field.current?.focus();
  }

  function approve(): void {
    if (draft !== null) {
      setChoice("discarded");
      void live.sendDraft(id, draft.text, false, newClientId());
      field.current?.focus();
    }
  }

  /** What the agent has written already stays above it. */
  function edit(): void {
    if (draft !== null) {
      setChoice("edited");
      change(text.trim() === "" ? draft.text : `${text.trimEnd()}\n\n${draft.text}`);
      field.current?.focus();
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      send();
    }
    if (event.key === "Escape") {
      field.current?.blur();
    }
  }

  return (
    <>
      {draft !== null && choice === "offered" && (
        <DraftCard draft={draft} shortcutsEnabled={shortcutsEnabled} onSend={approve} onEdit={edit} onDiscard={() => setChoice("discarded")} />
      )}
      <form
        className="border-t border-line bg-surface p-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        {editing && (
          <p className="mb-2 flex flex-wrap items-center gap-x-3 text-xs">
            <span className="text-accent">{`You are editing ${me.company.bot}’s answer. Marks such as [1] keep their source.`}</span>
            <button
              type="button"
              className="link"
              onClick={() => {
                setChoice("offered");
                change("");
              }}
            >
              Start again
            </button>
          </p>
        )}
        <div className="flex items-end gap-2">
          <textarea
            ref={field}
            aria-label="Reply"
            aria-describedby={counterId}
            aria-keyshortcuts="r"
            placeholder="Write a reply"
            rows={2}
            className="field field-sizing-content max-h-48 min-h-15 resize-none"
            value={text}
            onChange={(event) => change(event.currentTarget.value)}
            onKeyDown={onKeyDown}
          />
          <button type="submit" className="button-primary" disabled={!sendable}>
            Send
            <SendHorizontal aria-hidden="true" className="size-4" />
          </button>
        </div>
        {draft !== null && choice === "discarded" && (
          <button type="button" className="link mt-1 float-right text-xs" onClick={() => setChoice("offered")}>
            Show {me.company.bot}’s answer again
          </button>
        )}
        <p id={counterId} className={`mt-1 text-xs ${left < 0 ? "font-semibold text-danger" : "text-muted"}`}>
          {left > COUNTER_FROM ? "Enter sends, Shift + Enter starts a new line." : left >= 0 ? `${left} characters left` : `Too long by ${-left}`}
        </p>
      </form>
    </>
  );
}
