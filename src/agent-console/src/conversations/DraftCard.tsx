import { Bot, Pencil, SendHorizontal, X } from "lucide-react";
import { useEffect, useState } from "react";
import { useConsole } from "../session/consoleContext";
import type { Draft } from "../wire/conversation";
import { CitationList } from "./CitationList";
import { MessageText } from "./MessageText";
import { useShortcuts } from "./useShortcuts";

/** How long the second press of the key is waited for. */
const CONFIRM_MS = 5000;

interface DraftCardProps {
  draft: Draft;
  shortcutsEnabled: boolean;
  onSend: () => void;
  onEdit: () => void;
  onDiscard: () => void;
}

/** The answer that the bot prepared, with its sources, for the agent to approve. A key alone sends nothing: it takes two presses. */
export function DraftCard({ draft, shortcutsEnabled, onSend, onEdit, onDiscard }: DraftCardProps) {
  const { me } = useConsole();
  const [confirming, setConfirming] = useState(false);

  useEffect(() => {
    if (!confirming) {
      return;
    }
    const timer = setTimeout(() => setConfirming(false), CONFIRM_MS);
    return () => clearTimeout(timer);
  }, [confirming]);

  useShortcuts({ a: () => (confirming ? onSend() : setConfirming(true)), d: onEdit, x: onDiscard }, shortcutsEnabled);

  return (
    <section aria-label={`Answer prepared by ${me.company.bot}`} className="border-t-2 border-accent-line bg-accent-soft px-3 pt-3 pb-2">
      <h3 className="flex items-center gap-1.5 text-xs">
        <Bot aria-hidden="true" className="size-3.5 text-accent" />
        <span className="font-semibold">{me.company.bot} prepared an answer.</span>
        <span className="text-muted">The customer gets it when you approve it.</span>
      </h3>
      <div className="mt-1.5 max-h-56 overflow-y-auto rounded-md border border-accent-line bg-raised px-3 py-2" tabIndex={0} role="group" aria-label="Prepared answer">
        <MessageText text={draft.text} citations={draft.citations} marked />
        <CitationList citations={draft.citations} />
      </div>
      <div className="mt-2 flex flex-wrap gap-2">
        <button type="button" className="button-primary" aria-keyshortcuts="a" onClick={onSend}>
          <SendHorizontal aria-hidden="true" className="size-4" />
          {confirming ? "Send as it is: press A again" : "Send as it is"}
        </button>
        <button type="button" className="button-quiet" aria-keyshortcuts="d" onClick={onEdit}>
          <Pencil aria-hidden="true" className="size-4" />
          Edit first
        </button>
        <button type="button" className="button-quiet" aria-keyshortcuts="x" onClick={onDiscard}>
          <X aria-hidden="true" className="size-4" />
          Discard
        </button>
      </div>
      <p role="status" className="sr-only">
        {confirming ? "Press A again to send the prepared answer as it is." : ""}
      </p>
    </section>
  );
}
