import { SendHorizontal } from "lucide-react";
import { useId, useRef, useState, type KeyboardEvent, type RefObject } from "react";
import { newClientId } from "../live/outgoing";
import { useConsole } from "../session/consoleContext";
import { REPLY_MAX_LENGTH } from "../wire/conversation";
import { keepDraft, readDraft } from "./drafts";

const TYPING_EVERY_MS = 3000;
/** The counter appears when this few characters are left. */
const COUNTER_FROM = 400;

export function Composer({ id, field }: { id: string; field: RefObject<HTMLTextAreaElement | null> }) {
  const { live } = useConsole();
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
    void live.reply(id, text.trim(), newClientId());
    setText("");
    keepDraft(id, "");
    lastTyping.current = -Infinity;
    field.current?.focus();
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
    <form
      className="border-t border-line bg-surface p-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
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
      <p id={counterId} className={`mt-1 text-xs ${left < 0 ? "font-semibold text-danger" : "text-muted"}`}>
        {left > COUNTER_FROM ? "Enter sends, Shift + Enter starts a new line." : left >= 0 ? `${left} characters left` : `Too long by ${-left}`}
      </p>
    </form>
  );
}
