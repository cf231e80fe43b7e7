import type { Correction } from "./learning";

// The conversation shapes of the console's REST interface and hub. Times are ISO 8601 in UTC.

export type ConversationState = "bot" | "waiting" | "assigned" | "resolved";

export interface ConversationSummary {
  id: string;
  customerName: string;
  channel: string;
  site: string;
  subject: string;
  lastText: string;
  lastAt: string;
  lastSequence: number;
  state: ConversationState;
  queue: string | null;
  priority: string | null;
  reasonCode: string | null;
  waitingSince: string | null;
  assignee: { id: string; name: string } | null;
  intent: string | null;
  ticketNumber: string | null;
  /** Grows with every change: what carries an older one is out of date. */
  version: number;
}

export interface IntentReading {
  name: string;
  title: string;
  /** 0 to 1. */
  confidence: number;
}

export interface Passage {
  slug: string;
  title: string;
  heading: string;
  score: number;
  excerpt: string;
}

/** What the bot knew when it decided, and the rule that decided. */
export interface Evidence {
  reasonCode: string;
  rule: string;
  explanation: string;
  intent: IntentReading | null;
  alternatives: IntentReading[];
  passages: Passage[];
  /** 0 to 1; null when the bot never got as far as weighing an answer. */
  answerProbability: number | null;
  threshold: number | null;
}

export interface TicketMessage {
  /** False for a note that the customer does not get. */
  public: boolean;
  fromAgent: boolean;
  author: string;
  text: string;
  at: string;
}

export interface Ticket {
  number: string | null;
  subject: string;
  status: string;
  queue: string | null;
  priority: string | null;
  createdAt: string;
  fields: Record<string, string>;
  /** The ticketing system that it is in, by name. */
  system: string;
  /** Where agents find it there. */
  url: string | null;
  /** Who has it there. */
  assignee: string | null;
  /** What the ticketing system dropped or cut, in sentences. */
  warning: string | null;
  /** The latest of what was written there, oldest first. */
  messages: TicketMessage[];
}

/** The name of our own ticket store, whose tickets have a page in this console. */
export const OWN_STORE = "embedded";

export interface ConversationDetail extends ConversationSummary {
  startedAt: string;
  locale: string | null;
  evidence: Evidence | null;
  tickets: Ticket[];
  /** What agents say that its messages mean, by sequence. */
  corrections: Correction[];
  /** Null when the bot prepared none. */
  draft: Draft | null;
}

/** An answer that the bot prepared for an agent to approve. */
export interface Draft {
  /** With the bot's marks: `**bold**`, and `[1]` for a citation. */
  text: string;
  citations: Citation[];
  /** The agent who sent it; null before that. */
  sentBy: string | null;
  sentAt: string | null;
  /** Whether that agent changed its words. */
  edited: boolean;
}

export type Author = "customer" | "bot" | "agent" | "system";

export interface Citation {
  position: number;
  title: string;
  url: string;
}

export interface FileAttachment {
  name: string;
  contentType: string;
  /** Null for a card, which has no address. */
  url: string | null;
}

export interface TranscriptEntry {
  sequence: number;
  id: string;
  author: Author;
  name: string;
  text: string;
  at: string;
  clientId: string | null;
  citations: Citation[];
  attachments: FileAttachment[];
  evidence: Evidence | null;
  /** The message that the bot answered with this one. */
  replyToId: string | null;
}

export interface TranscriptPage {
  items: TranscriptEntry[];
  /** Counts every stored activity, also those that a transcript does not show. */
  lastSequence: number;
  more: boolean;
}

export type View = "waiting" | "mine" | "all";

export const VIEWS: readonly View[] = ["waiting", "mine", "all"];

export interface ConversationPage {
  items: ConversationSummary[];
  nextCursor: string | null;
  counts: { waiting: number; mine: number };
}

export interface WatchResult {
  conversation: ConversationDetail;
  page: TranscriptPage;
}

export interface ClaimResult {
  outcome: "claimed" | "taken" | "closed" | "not_found";
  by: string | null;
}

export interface ReplyResult {
  outcome: "sent" | "not_yours" | "closed" | "empty" | "too_long" | "no_draft" | "not_found";
  sequence: number | null;
}

export interface ResolveResult {
  outcome: "resolved" | "not_yours" | "closed" | "not_found";
}

/** The longest reply that the service takes, in UTF-16 code units. */
export const REPLY_MAX_LENGTH = 4000;
