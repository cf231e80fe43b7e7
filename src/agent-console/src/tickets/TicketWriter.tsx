import { SendHorizontal, StickyNote } from "lucide-react";
import { useEffect, useId, useRef, useState, type KeyboardEvent, type RefObject } from "react";
import { keepDraft, readDraft } from "../conversations/drafts";
import { useConsole } from "../session/consoleContext";
import { Notice } from "../shell/Notice";
import { ApiError } from "../wire/consoleApi";
import { TICKET_MESSAGE_MAX_LENGTH } from "../wire/tickets";

/** Who gets what is being written. */
export type Audience = "customer" | "agents";

/** The counter appears when this few characters are left. */
const COUNTER_FROM = 1000;

interface TicketWriterProps {
  number: string;
  requester: string;
  audience: Audience;
  field: RefObject<HTMLTextAreaElement | null>;
  onAudience: (audience: Audience) => void;
  onWritten: () => Promise<void>;
}

interface KeptText {
  audience: Audience;
  text: string;
}

/** What was written and not sent, with who was to get it: a note must not come back as a reply. */
export function keptText(number: string): KeptText {
  const [audience, ...lines] = readDraft(draftKey(number)).split("\n");
  return { audience: audience === "agents" ? "agents" : "customer", text: lines.join("\n") };
}

function draftKey(number: string): string {
  return `ticket.${number}`;
}

/** One field for a reply and for a note. What it is shows in its colour, its label and its button, and is chosen before anything is written. */
export function TicketWriter({ number, requester, audience, field, onAudience, onWritten }: TicketWriterProps) {
  const { api } = useConsole();
  const [text, setText] = useState(() => keptText(number).text);
  const [problem, setProblem] = useState<string | null>(null);
  const latest = useRef(text);
  const hintId = useId();
  const left = TICKET_MESSAGE_MAX_LENGTH - text.length;
  const sendable = text.trim() !== "" && left >= 0;
  const note = audience === "agents";

  useEffect(() => {
    latest.current = text;
    keepDraft(draftKey(number), text === "" ? "" : `${audience}\n${text}`);
  }, [number, audience, text]);

  /** The field is free for the next message at once; what could not be sent comes back, unless something else has been written. */
  async function send(): Promise<void> {
    if (!sendable) {
      return;
    }
    setProblem(null);
    setText("");
    field.current?.focus();
    try {
      await api.writeToTicket(number, text.trim(), !note);
    } catch (error) {
      const words =
        error instanceof ApiError && error.status !== 0
          ? `Not sent. ${error.message}`
          : "The service did not answer. Look whether it stands above before you send it again.";
      setProblem(latest.current === "" ? words : `${words} It was: “${text.trim()}”`);
      if (latest.current === "") {
        setText(text);
        onAudience(audience);
      }
      return;
    }
    await onWritten();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.nativeEvent.isComposing) {
      event.preventDefault();
      void send();
    }
    if (event.key === "Escape") {
      field.current?.blur();
    }
  }

  return (
    <form
      aria-label={note ? "Note for agents" : "Reply to the customer"}
      className={`border-t-2 p-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] ${note ? "border-warn-line bg-warn-soft" : "border-accent-line bg-surface"}`}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <fieldset className="mb-2 flex flex-wrap gap-x-4 gap-y-1">
        <legend className="sr-only">Who gets it</legend>
        {(
          [
            ["customer", `Reply to ${requester}`],
            ["agents", "Note, for agents only"],
          ] as const
        ).map(([value, words]) => (
          <label key={value} className="inline-flex min-h-6 items-center gap-1.5 font-medium">
            <input type="radio" name="audience" value={value} className="size-4 accent-accent" checked={audience === value} onChange={() => onAudience(value)} />
            {words}
          </label>
        ))}
      </fieldset>
      {problem !== null && (
        <div role="alert" className="mb-2">
          <Notice tone="danger">{problem}</Notice>
        </div>
      )}
      <div className="flex items-end gap-2">
        <textarea
          ref={field}
          aria-label={note ? "Note" : "Reply"}
          aria-describedby={hintId}
          aria-keyshortcuts={note ? "n" : "r"}
          placeholder={note ? "Write a note that the customer does not get" : `Write to ${requester}`}
          rows={3}
          className="field field-sizing-content max-h-64 min-h-20 resize-none"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <button type="submit" className="button-primary shrink-0" disabled={!sendable}>
          {note ? "Add note" : "Send"}
          {note ? <StickyNote aria-hidden="true" className="size-4" /> : <SendHorizontal aria-hidden="true" className="size-4" />}
        </button>
      </div>
      <p id={hintId} className={`mt-1 text-xs ${left < 0 ? "font-semibold text-danger" : "text-muted"}`}>
        {left > COUNTER_FROM
          ? `Ctrl + Enter ${note ? "adds the note" : `sends it to ${requester}`}.`
          : left >= 0
            ? `${left} characters left`
            : `Too long by ${-left}`}
      </p>
    </form>
  );
}
