import type { IHttpConnectionOptions } from "@microsoft/signalr";
import { ApiError, type ConsoleApi } from "../wire/consoleApi";
import { VIEWS, type ClaimResult, type ConversationPage, type ReplyResult, type ResolveResult, type View, type WatchResult } from "../wire/conversation";
import { createHubLink } from "./hubLink";
import { INITIAL_STATE, reduce, transcriptOf, type LiveAction, type LiveState } from "./liveState";
import { replyProblem, type Outgoing } from "./outgoing";

/** Pages of `waiting` and `mine` that are fetched without being asked for, so that their counts are exact. */
const EAGER_PAGES = 10;

/** Let a burst of changes to one conversation cause one reading of its detail. */
const DETAIL_DELAY_MS = 150;

export interface LiveStore {
  getState(): LiveState;
  subscribe(listener: () => void): () => void;
  start(): void;
  stop(): void;
  retryNow(): void;
  /** Follows a conversation until the returned function is called. */
  watch(id: string): () => void;
  /** Tries a watched conversation again that failed although the service was connected. */
  followAgain(id: string): void;
  loadMore(view: View): Promise<void>;
  claim(id: string): Promise<ClaimResult>;
  resolve(id: string): Promise<ResolveResult>;
  /** Sends a new reply, or the same one again after it failed. Never rejects: the outcome is in the state. */
  reply(id: string, text: string, clientId: string): Promise<void>;
  typing(id: string): void;
}

/** @param onSignedOut told when the service no longer knows who is connected. */
export function createLiveStore(
  api: ConsoleApi,
  onSignedOut: () => void,
  hubUrl = "/hubs/agent",
  hubOptions: IHttpConnectionOptions = {},
): LiveStore {
  let state = INITIAL_STATE;
  const listeners = new Set<() => void>();
  const watchers = new Map<string, number>();
  const detailTimers = new Map<string, ReturnType<typeof setTimeout>>();
  /** Grows with every connection and at a stop, so that a reading begun on an earlier one cannot finish on it. */
  let epoch = 0;

  function dispatch(action: LiveAction): void {
    const next = reduce(state, action);
    if (next !== state) {
      state = next;
      listeners.forEach((listener) => listener());
    }
  }

  const link = createHubLink(
    hubUrl,
    {
      connecting: () => dispatch({ type: "connection", connection: state.connection === "lost" ? "lost" : "connecting", retryAt: null }),
      connected: () => void catchUp(),
      disconnected(retryInMs) {
        epoch++;
        dispatch({ type: "connection", connection: "lost", retryAt: Date.now() + retryInMs });
        void checkSession();
      },
      conversationChanged(summary) {
        dispatch({ type: "conversationChanged", summary });
        refreshDetailSoon(summary.id);
      },
      activityAppended: (id, entry) => dispatch({ type: "activityAppended", id, entry }),
      customerTyping: (id) => dispatch({ type: "customerTyping", id, at: Date.now() }),
    },
    hubOptions,
  );

  /** A refused negotiation looks like any other failure to SignalR: only the session endpoint tells them apart. */
  async function checkSession(): Promise<void> {
    try {
      if ((await api.session()) === null) {
        onSignedOut();
      }
    } catch {
      // Unreachable: the next attempt asks again.
    }
  }

  /** Reads again whatever may have changed while no connection told us. The hub is already listening: nothing falls between. */
  async function catchUp(): Promise<void> {
    const mine = ++epoch;
    dispatch({ type: "connection", connection: "catchingUp", retryAt: null });
    const before = state.conversations;
    try {
      const followed = Promise.all([...watchers.keys()].map((id) => follow(id, mine)));
      const named = (await Promise.all(VIEWS.map((view) => readList(view, mine)))).flat();
      await followed;
      await Promise.all(leftBehind(before, new Set(named)).map((id) => readDetail(id)));
    } catch {
      if (mine === epoch) {
        link.restart();
      }
      return;
    }
    if (mine === epoch) {
      link.settled();
      dispatch({ type: "connection", connection: "live", retryAt: null });
    }
  }

  /** The ids of the conversations that the list named. */
  async function readList(view: View, forEpoch: number): Promise<string[]> {
    const named: string[] = [];
    let cursor: string | null = null;
    for (let pages = 0; pages < (view === "all" ? 1 : EAGER_PAGES); pages++) {
      const page: ConversationPage = await api.conversations(view, cursor);
      if (forEpoch !== epoch) {
        break;
      }
      dispatch({ type: "listLoaded", view, page, first: pages === 0 });
      named.push(...page.items.map((item) => item.id));
      cursor = page.nextCursor;
      if (cursor === null) {
        break;
      }
    }
    return named;
  }

  /** Conversations held as waiting or assigned that no list named: they may have been resolved while we were away. */
  function leftBehind(before: LiveState["conversations"], named: ReadonlySet<string>): string[] {
    return Object.values(before)
      .filter((old) => (old.state === "waiting" || old.state === "assigned") && !named.has(old.id) && state.conversations[old.id] === old)
      .map((old) => old.id);
  }

  /** Never rejects: a lost connection follows again by itself, any other failure is in the transcript's state. */
  async function follow(id: string, forEpoch: number): Promise<void> {
    try {
      await readWatched(id, () => forEpoch === epoch && watchers.has(id));
    } catch {
      if (forEpoch === epoch && link.isConnected()) {
        dispatch({ type: "watchFailed", id });
      }
    }
  }

  async function readWatched(id: string, isCurrent: () => boolean): Promise<void> {
    let result: WatchResult;
    try {
      result = await link.invoke<WatchResult>("Watch", id, transcriptOf(state, id).resumeAt);
    } catch (error) {
      // The hub refuses an unknown conversation like any other failure; the REST interface says which it is.
      await readDetail(id);
      if (state.missing[id]) {
        return;
      }
      throw error;
    }
    if (!isCurrent()) {
      return;
    }
    dispatch({ type: "detailLoaded", detail: result.conversation });
    dispatch({ type: "pageLoaded", id, page: result.page });
    while (!transcriptOf(state, id).following) {
      const page = await api.activities(id, transcriptOf(state, id).resumeAt);
      if (!isCurrent()) {
        return;
      }
      dispatch({ type: "pageLoaded", id, page });
    }
  }

  async function readDetail(id: string): Promise<void> {
    try {
      dispatch({ type: "detailLoaded", detail: await api.conversation(id) });
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 404) {
        throw error;
      }
      dispatch({ type: "conversationMissing", id });
    }
  }

  function refreshDetailSoon(id: string): void {
    if (!watchers.has(id) || detailTimers.has(id)) {
      return;
    }
    const timer = setTimeout(() => {
      detailTimers.delete(id);
      if ((state.details[id]?.version ?? -1) < (state.conversations[id]?.version ?? -1)) {
        // A failure shows stale evidence at worst; the next change or reconnect reads it again.
        readDetail(id).catch(() => undefined);
      }
    }, DETAIL_DELAY_MS);
    detailTimers.set(id, timer);
  }

  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start: link.start,
    stop() {
      epoch++;
      detailTimers.forEach((timer) => clearTimeout(timer));
      detailTimers.clear();
      link.stop();
    },
    retryNow: link.retryNow,
    watch(id) {
      const count = (watchers.get(id) ?? 0) + 1;
      watchers.set(id, count);
      if (count === 1 && (state.connection === "live" || state.connection === "catchingUp")) {
        void follow(id, epoch);
      }
      return () => {
        const left = (watchers.get(id) ?? 1) - 1;
        if (left > 0) {
          watchers.set(id, left);
          return;
        }
        watchers.delete(id);
        dispatch({ type: "unwatched", id });
        // Without a connection there is nothing to stop: the server forgot the watch with it.
        link.invoke("Unwatch", id).catch(() => undefined);
      };
    },
    followAgain: (id) => void follow(id, epoch),
    async loadMore(view) {
      const cursor = state.lists[view].nextCursor;
      if (cursor !== null) {
        dispatch({ type: "listLoaded", view, page: await api.conversations(view, cursor), first: false });
      }
    },
    claim: (id) => link.invoke("Claim", id),
    resolve: (id) => link.invoke("Resolve", id),
    async reply(id, text, clientId) {
      const message: Outgoing = { clientId, text, at: new Date().toISOString(), state: "sending", problem: null };
      dispatch({ type: "outgoing", id, message });
      let problem: string | null;
      try {
        problem = replyProblem((await link.invoke<ReplyResult>("Reply", id, clientId, text)).outcome);
      } catch {
        problem = "The connection was lost before the reply arrived.";
      }
      dispatch({ type: "outgoing", id, message: { ...message, state: problem === null ? "accepted" : "failed", problem } });
    },
    typing(id) {
      // A lost typing signal is not worth a word.
      link.invoke("Typing", id).catch(() => undefined);
    },
  };
}
