import type { Citation } from "../wire/conversation";
import { webAddress } from "../words/links";

interface MessageTextProps {
  text: string;
  citations: readonly Citation[];
  /** Whether the text uses the bot's marks: `**bold**` and `[1]`. People's own words are shown as typed. */
  marked: boolean;
}

export function MessageText({ text, citations, marked }: MessageTextProps) {
  const parts = marked ? splitMarks(text) : [{ kind: "text" as const, text }];
  return (
    <p className="mt-0.5 break-words whitespace-pre-wrap">
      {parts.map((part, index) => {
        if (part.kind === "bold") {
          return <strong key={index}>{part.text}</strong>;
        }
        if (part.kind === "citation") {
          const citation = citations.find((one) => one.position === part.position);
          const address = citation === undefined ? null : webAddress(citation.url);
          return address === null ? (
            <span key={index}>{`[${part.position}]`}</span>
          ) : (
            <a key={index} href={address} target="_blank" rel="noopener noreferrer" title={citation?.title} className="link text-xs">
              {`[${part.position}]`}
            </a>
          );
        }
        return <span key={index}>{part.text}</span>;
      })}
    </p>
  );
}

export type TextPart = { kind: "text" | "bold"; text: string } | { kind: "citation"; position: number };

/** Splits at the bot's marks. What is not one, for example a lone `**`, stays text. */
export function splitMarks(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(/\*\*([^*\n]+)\*\*|\[(\d{1,3})\]/g)) {
    if (match.index > end) {
      parts.push({ kind: "text", text: text.slice(end, match.index) });
    }
    const [whole, bold, position] = match;
    parts.push(bold === undefined ? { kind: "citation", position: Number(position) } : { kind: "bold", text: bold });
    end = match.index + whole.length;
  }
  if (end < text.length) {
    parts.push({ kind: "text", text: text.slice(end) });
  }
  return parts;
}
