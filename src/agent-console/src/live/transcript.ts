import type { TranscriptEntry, TranscriptPage } from "../wire/conversation";

/**
 * What is known of one conversation's log. `resumeAt` is the sequence up to which nothing is missing: pages move
 * it, and live entries only while the log is followed, because an entry that arrives before the catch-up has
 * finished says nothing about those before it.
 */
export interface Transcript {
  /** Ascending by sequence, each sequence once. */
  entries: readonly TranscriptEntry[];
  resumeAt: number;
  /** True while every new activity arrives by itself. */
  following: boolean;
  /** False until the first page has come. */
  loaded: boolean;
  /** True when the service, although connected, did not hand it over. */
  failed: boolean;
}

export const EMPTY_TRANSCRIPT: Transcript = { entries: [], resumeAt: 0, following: false, loaded: false, failed: false };

export function mergePage(transcript: Transcript, page: TranscriptPage): Transcript {
  const last = page.items.at(-1);
  // A page that leads no further is the end, whatever it says.
  const more = page.more && last !== undefined && last.sequence > transcript.resumeAt;
  const reached = more ? last.sequence : page.lastSequence;
  return {
    entries: mergeEntries(transcript.entries, page.items),
    resumeAt: Math.max(transcript.resumeAt, reached),
    following: !more,
    loaded: true,
    failed: false,
  };
}

export function appendLive(transcript: Transcript, entry: TranscriptEntry): Transcript {
  return {
    ...transcript,
    entries: mergeEntries(transcript.entries, [entry]),
    resumeAt: transcript.following ? Math.max(transcript.resumeAt, entry.sequence) : transcript.resumeAt,
  };
}

function mergeEntries(known: readonly TranscriptEntry[], news: readonly TranscriptEntry[]): readonly TranscriptEntry[] {
  const seen = new Set(known.map((entry) => entry.sequence));
  const added = news.filter((entry) => {
    const isNew = !seen.has(entry.sequence);
    seen.add(entry.sequence);
    return isNew;
  });
  return added.length === 0 ? known : [...known, ...added].sort((a, b) => a.sequence - b.sequence);
}
