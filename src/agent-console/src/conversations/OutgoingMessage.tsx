import { Headset } from "lucide-react";
import type { Outgoing } from "../live/outgoing";
import { useConsole } from "../session/consoleContext";

/** A reply that the log does not hold yet. */
export function OutgoingMessage({ conversationId, message }: { conversationId: string; message: Outgoing }) {
  const { live, me } = useConsole();
  const failed = message.state === "failed";
  return (
    <article
      className={`w-fit max-w-[min(38rem,85%)] justify-self-end rounded-lg border border-dashed px-3 py-2 ${
        failed ? "border-danger-line bg-danger-soft" : "border-accent-line bg-accent-soft"
      }`}
    >
      <p className="flex items-center gap-1.5 text-xs text-muted">
        <Headset aria-hidden="true" className="size-3.5" />
        <span className="font-semibold text-ink">{me.name}</span>
        <span>{failed ? "not sent" : message.state === "sending" ? "sending…" : "sent"}</span>
      </p>
      <p className="mt-0.5 break-words whitespace-pre-wrap">{message.text}</p>
      {failed && (
        <p className="mt-1.5 flex flex-wrap items-center gap-3 text-xs">
          <span className="text-danger">{message.problem}</span>
          <button type="button" className="link font-semibold" onClick={() => void live.retry(conversationId, message.clientId)}>
            Retry
          </button>
          <button type="button" className="link" onClick={() => live.discard(conversationId, message.clientId)}>
            Discard
          </button>
        </p>
      )}
    </article>
  );
}
