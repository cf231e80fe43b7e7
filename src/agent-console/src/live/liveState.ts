import type { ConversationDetail, ConversationPage, ConversationSummary, TranscriptEntry, TranscriptPage, View } from "../wire/conversation";
import { appendLive, EMPTY_TRANSCRIPT, mergePage, type Transcript } from "./transcript";
import { settleOutgoing, type Outgoing } from "./outgoing";

/** `catchingUp`: the hub answers, but what happened meanwhile is still being fetched. */
export type Connection = "connecting" | "catchingUp" | "live" | "lost";

/** How much of a view the service has told us. */
export interface ListProgress {
  loaded: boolean;
  nextCursor: string | null;
  /** `lastAt` of the oldest row fetched so far; older ones known by chance would leave a gap above them. */
  floor: string | null;
  /** What the service counted; 0 for `all`, which it does not count. */
  counted: number;
}

/** What a detail adds to its summary, with the version that it was read at. */
export type DetailPart = Pick<ConversationDetail, "startedAt" | "locale" | "evidence" | "tickets" | "corrections" | "draft" | "version">;

/** Everything live, in one immutable value. */
export interface LiveState {
  connection: Connection;
  /** When the next attempt to connect is due, in epoch milliseconds; null while one is under way. */
  retryAt: number | null;
  conversations: Readonly<Record<string, ConversationSummary>>;
  details: Readonly<Record<string, DetailPart>>;
  transcripts: Readonly<Record<string, Transcript>>;
  outgoing: Readonly<Record<string, readonly Outgoing[]>>;
  /** When the customer last typed, in epoch milliseconds. */
  customerTypingAt: Readonly<Record<string, number>>;
  /** Conversations that were asked for and do not exist. */
  missing: Readonly<Record<string, true>>;
  lists: Readonly<Record<View, ListProgress>>;
}

export type LiveAction =
  | { type: "connection"; connection: Connection; retryAt: number | null }
  | { type: "conversationChanged"; summary: ConversationSummary }
  | { type: "conversationMissing"; id: string }
  | { type: "listLoaded"; view: View; page: ConversationPage; first: boolean }
  | { type: "detailLoaded"; detail: ConversationDetail }
  | { type: "pageLoaded"; id: string; page: TranscriptPage }
  | { type: "activityAppended"; id: string; entry: TranscriptEntry }
  | { type: "watchFailed"; id: string }
  | { type: "unwatched"; id: string }
  | { type: "customerTyping"; id: string; at: number }
  | { type: "outgoing"; id: string; message: Outgoing }
  | { type: "outgoingDiscarded"; id: string; clientId: string };

const UNLOADED: ListProgress = { loaded: false, nextCursor: null, floor: null, counted: 0 };

export const INITIAL_STATE: LiveState = {
  connection: "connecting",
  retryAt: null,
  conversations: {},
  details: {},
  transcripts: {},
  outgoing: {},
  customerTypingAt: {},
  missing: {},
  lists: { waiting: UNLOADED, mine: UNLOADED, all: UNLOADED },
};

export function reduce(state: LiveState, action: LiveAction): LiveState {
  switch (action.type) {
    case "connection":
      return {
        ...state,
        connection: action.connection,
        retryAt: action.retryAt,
        transcripts: action.connection === "lost" ? mapValues(state.transcripts, stopFollowing) : state.transcripts,
      };

    case "conversationChanged":
      return withSummaries(state, [action.summary]);

    case "conversationMissing":
      return {
        ...state,
        conversations: without(state.conversations, action.id),
        missing: { ...state.missing, [action.id]: true },
      };

    case "listLoaded":
      return withSummaries(withList(state, action.view, action.page, action.first), action.page.items);

    case "detailLoaded":
      return withDetail(state, action.detail);

    case "pageLoaded":
      return withTranscript(state, action.id, mergePage(transcriptOf(state, action.id), action.page));

    case "activityAppended": {
      const next = withTranscript(state, action.id, appendLive(transcriptOf(state, action.id), action.entry));
      return action.entry.author === "customer" ? { ...next, customerTypingAt: without(next.customerTypingAt, action.id) } : next;
    }

    case "watchFailed":
      return withTranscript(state, action.id, { ...stopFollowing(transcriptOf(state, action.id)), failed: true });

    case "unwatched":
      return { ...state, transcripts: { ...state.transcripts, [action.id]: stopFollowing(transcriptOf(state, action.id)) } };

    case "customerTyping":
      return { ...state, customerTypingAt: { ...state.customerTypingAt, [action.id]: action.at } };

    case "outgoing": {
      const others = (state.outgoing[action.id] ?? []).filter((one) => one.clientId !== action.message.clientId);
      const settled = settleOutgoing([...others, action.message], transcriptOf(state, action.id).entries);
      return { ...state, outgoing: { ...state.outgoing, [action.id]: settled } };
    }

    case "outgoingDiscarded": {
      const left = (state.outgoing[action.id] ?? []).filter((one) => one.clientId !== action.clientId);
      return { ...state, outgoing: { ...state.outgoing, [action.id]: left } };
    }
  }
}

export function transcriptOf(state: LiveState, id: string): Transcript {
  return state.transcripts[id] ?? EMPTY_TRANSCRIPT;
}

function withSummaries(state: LiveState, summaries: readonly ConversationSummary[]): LiveState {
  const news = summaries.filter((one) => one.version > (state.conversations[one.id]?.version ?? -1));
  if (news.length === 0) {
    return state;
  }
  const conversations = { ...state.conversations };
  for (const summary of news) {
    conversations[summary.id] = summary;
  }
  return { ...state, conversations };
}

function withDetail(state: LiveState, detail: ConversationDetail): LiveState {
  const { startedAt, locale, evidence, tickets, corrections, draft, version, ...summary } = detail;
  const next = withSummaries(state, [{ ...summary, version }]);
  if (version < (state.details[detail.id]?.version ?? -1)) {
    return next;
  }
  return {
    ...next,
    details: { ...next.details, [detail.id]: { startedAt, locale, evidence, tickets, corrections, draft, version } },
    missing: without(next.missing, detail.id),
  };
}

function withList(state: LiveState, view: View, page: ConversationPage, first: boolean): LiveState {
  const before = state.lists[view];
  const oldest = page.items.at(-1)?.lastAt ?? null;
  // After a reconnect the first page is fetched again: what was paged in before stays, if the page joins on to it.
  const joins = page.items.some((item) => state.conversations[item.id]?.version === item.version);
  const keepsDepth = first && joins && before.floor !== null && oldest !== null && before.floor < oldest;
  const progress: ListProgress = {
    loaded: true,
    nextCursor: keepsDepth ? before.nextCursor : page.nextCursor,
    floor: keepsDepth ? before.floor : oldest,
    counted: view === "all" ? 0 : page.counts[view],
  };
  return { ...state, lists: { ...state.lists, [view]: progress } };
}

function withTranscript(state: LiveState, id: string, transcript: Transcript): LiveState {
  const waiting = state.outgoing[id] ?? [];
  return {
    ...state,
    transcripts: { ...state.transcripts, [id]: transcript },
    outgoing: waiting.length === 0 ? state.outgoing : { ...state.outgoing, [id]: settleOutgoing(waiting, transcript.entries) },
  };
}

function stopFollowing(transcript: Transcript): Transcript {
  return { ...transcript, following: false };
}

function mapValues<T>(record: Readonly<Record<string, T>>, change: (value: T) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  if (!(key in record)) {
    return record;
  }
  const { [key]: _dropped, ...rest } = record;
  return rest;
}
