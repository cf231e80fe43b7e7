// The shapes of our own ticket store and of what waits for a ticketing system. Times are ISO 8601 in UTC.

export type TicketPhase = "open" | "waiting" | "solved" | "closed";

export const PHASES: readonly TicketPhase[] = ["open", "waiting", "solved", "closed"];

export const PRIORITIES = ["low", "normal", "high", "urgent"] as const;

export interface StoreTicket {
  /** As people say it, such as `T-00001`. */
  number: string;
  subject: string;
  phase: TicketPhase;
  /** The title of one of the company's queues. */
  queue: string;
  priority: string;
  /** Null or empty when nobody has it. */
  assignee: string | null;
  requester: string;
  createdAt: string;
  changedAt: string;
  /** Goes back with a change: a stale one is refused with 409. */
  version: number;
}

export interface StoreMessage {
  id: number;
  /** False for a note that the customer does not get. */
  public: boolean;
  fromAgent: boolean;
  author: string;
  text: string;
  at: string;
}

export interface StoreTicketDetail {
  ticket: StoreTicket;
  requesterEmail: string | null;
  body: string;
  tags: string[];
  fields: Record<string, string>;
  conversationId: string;
  messages: StoreMessage[];
}

export interface StoreTicketPage {
  items: StoreTicket[];
  nextCursor: string | null;
}

/** What is left out stays as it is. */
export interface StoreTicketChange {
  phase?: TicketPhase;
  queue?: string;
  priority?: string;
  /** Empty for nobody. */
  assignee?: string;
}

/** The longest message that the store takes, in UTF-16 code units. */
export const TICKET_MESSAGE_MAX_LENGTH = 20_000;

export type BacklogView = "waiting" | "failed";

/** Something that has to happen elsewhere. */
export interface BacklogItem {
  id: number;
  kind: string;
  /** The ticketing system, by name. */
  target: string | null;
  conversationId: string;
  /** Null when the conversation is gone. */
  subject: string | null;
  state: BacklogView;
  attempts: number;
  /** Why the last attempt failed. */
  reason: string | null;
  createdAt: string;
  /** Null when it was given up. */
  nextTryAt: string | null;
}

export interface TicketSystem {
  name: string;
  waiting: number;
  failed: number;
  /** Null while it answers. */
  downSince: string | null;
  reason: string | null;
}

export interface BacklogPage {
  items: BacklogItem[];
  nextCursor: number | null;
  systems: TicketSystem[];
  /** Routes that lead nowhere, a sentence each. */
  routeMistakes: string[];
}
