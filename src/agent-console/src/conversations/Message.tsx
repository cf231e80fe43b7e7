import { BadgeCheck, Bot, Headset, type LucideIcon } from "lucide-react";
import { memo } from "react";
import { useConsole } from "../session/consoleContext";
import type { Author, Draft, IntentReading, TranscriptEntry } from "../wire/conversation";
import type { Correction } from "../wire/learning";
import { Attachments } from "./Attachments";
import { CitationList } from "./CitationList";
import { EvidenceView } from "./EvidenceView";
import { MessageMeaning } from "./MessageMeaning";
import { MessageText } from "./MessageText";

const BUBBLES: Readonly<Record<Exclude<Author, "system">, string>> = {
  customer: "justify-self-start border-line bg-raised",
  bot: "justify-self-end border-accent-line bg-surface",
  agent: "justify-self-end border-accent-line bg-accent-soft",
};

const ROLES: Readonly<Record<Exclude<Author, "system">, { icon: LucideIcon | null; word: string }>> = {
  customer: { icon: null, word: "customer" },
  bot: { icon: Bot, word: "bot" },
  agent: { icon: Headset, word: "agent" },
};

interface MessageProps {
  conversationId: string;
  entry: TranscriptEntry;
  /** What the bot read a customer's message as; null when it read nothing. */
  reading: IntentReading | null;
  /** What an agent says that it means. */
  correction: Correction | undefined;
  /** The bot's draft that an agent approved with this message; null for everything else. */
  approved: Draft | null;
}

/** One line of the log. Its text comes from strangers and from the bot: it is only ever put into text nodes. */
export const Message = memo(function Message({ conversationId, entry, reading, correction, approved }: MessageProps) {
  const { me, times } = useConsole();
  const time = (
    <time dateTime={entry.at} title={times.dateTime(entry.at)} className="tabular-nums">
      {times.time(entry.at)}
    </time>
  );
  if (entry.author === "system") {
    return (
      <p className="text-center text-xs text-muted">
        {entry.text} · {time}
      </p>
    );
  }
  const { icon: Icon, word } = ROLES[entry.author];
  return (
    <article className={`w-fit max-w-[min(38rem,85%)] rounded-lg border px-3 py-2 ${BUBBLES[entry.author]}`}>
      <p className="flex items-center gap-1.5 text-xs text-muted">
        {Icon !== null && <Icon aria-hidden="true" className="size-3.5" />}
        {entry.name !== "" && <span className="font-semibold text-ink">{entry.name}</span>}
        <span className={entry.name === "" ? "font-semibold text-ink first-letter:uppercase" : ""}>{word}</span>
        <span aria-hidden="true">·</span>
        {time}
      </p>
      {approved !== null && (
        <p className="flex items-center gap-1 text-xs text-accent">
          <BadgeCheck aria-hidden="true" className="size-3.5" />
          {`Prepared by ${me.company.bot}, approved by ${entry.name}${approved.edited ? " with changes" : " as it was"}`}
        </p>
      )}
      <MessageText text={entry.text} citations={entry.citations} marked={entry.author === "bot" || approved !== null} />
      {entry.attachments.length > 0 && <Attachments files={entry.attachments} />}
      <CitationList citations={entry.citations} />
      {entry.evidence !== null && (
        <details className="mt-1.5 text-xs">
          <summary className="text-muted hover:text-ink">Why the bot said this</summary>
          <div className="mt-2 text-sm">
            <EvidenceView evidence={entry.evidence} />
          </div>
        </details>
      )}
      {entry.author === "customer" && entry.text.trim() !== "" && (
        <MessageMeaning conversationId={conversationId} sequence={entry.sequence} reading={reading} correction={correction} />
      )}
    </article>
  );
});
