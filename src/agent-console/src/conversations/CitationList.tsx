import { ExternalLink } from "lucide-react";
import type { Citation } from "../wire/conversation";
import { webAddress } from "../words/links";

/** The sources of an answer; nothing when it has none. */
export function CitationList({ citations }: { citations: readonly Citation[] }) {
  return citations.length === 0 ? null : (
    <ol aria-label="Sources" className="mt-2 flex flex-wrap gap-x-4 gap-y-1 border-t border-line pt-1.5 text-xs">
      {citations.map((citation) => (
        <li key={citation.position}>
          <CitationLink citation={citation} />
        </li>
      ))}
    </ol>
  );
}

function CitationLink({ citation }: { citation: Citation }) {
  const address = webAddress(citation.url);
  const label = `[${citation.position}] ${citation.title}`;
  return address === null ? (
    <span className="text-muted">{label}</span>
  ) : (
    <a href={address} target="_blank" rel="noopener noreferrer" className="link inline-flex items-center gap-1">
      {label}
      <ExternalLink aria-hidden="true" className="size-3" />
      <span className="sr-only">(opens in a new tab)</span>
    </a>
  );
}
