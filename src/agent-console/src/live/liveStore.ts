import type { IHttpConnectionOptions } from "@microsoft/signalr";
import type { ConsoleApi } from "../wire/consoleApi";
import { VIEWS, type ClaimResult, type ReplyResult, type ResolveResult, type View } from "../wire/conversation";
import { createHubLink } from "./hubLink";
import { INITIAL_STATE, reduce, type LiveAction, type LiveState } from "./liveState";
import { replyProblem, type Outgoing } from "./outgoing";
import { createReadings } from "./readings";

/** Let a burst of changes to one conversation cause one reading of its detail. */
const DETAIL_DELAY_MS = 150;

const NEW_MESSAGE: Pick<Outgoing, "state" | "problem" | "draft"> = { state: "sending", problem: null, draft: null };

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
  /** Reads the beginning of a list again: the hub does not tell of conversations that only the bot has had. */
  refresh(view: View): Promise<void>;
  claim(id: string): Promise<ClaimResult>;
  resolve(id: string): Promise<ResolveResult>;
  /** Sends a reply. Never rejects: the outcome is in the state. */
  reply(id: string, text: string, clientId: string): Promise<void>;
  /** Sends the answer that the bot prepared, with the agent's approval. Never rejects either. */
  sendDraft(id: string, text: string, edited: boolean, clientId: string): Promise<void>;
  /** Sends again what failed. */
  retry(id: string, clientId: string): Promise<void>;
  /** Forgets a reply that was not sent. */
  discard(id: string, clientId: string): void;
  typing(id: string): void;
  /** Says what a customer's message means, null for none of the intents, and shows it. Rejects with an `ApiError`. */
  correct(id: string, sequence: number, intent: string | null): Promise<void>;
  /** Takes back what an agent said that it means. Rejects with an `ApiError`. */
  takeBackCorrection(id: string, sequence: number): Promise<void>;
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

  const { readList, readDetail, follow } = createReadings({
    api,
    link,
    dispatch,
    getState: () => state,
    isCurrent: (begun) => begun === epoch,
    isWatched: (id) => watchers.has(id),
  });

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

  /** Conversations held as waiting or assigned that no list named: they may have been resolved while we were away. */
  function leftBehind(before: LiveState["conversations"], named: ReadonlySet<string>): string[] {
    return Object.values(before)
      .filter((old) => (old.state === "waiting" || old.state === "assigned") && !named.has(old.id) && state.conversations[old.id] === old)
      .map((old) => old.id);
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

  /** A message keeps its client id through every attempt, so it is stored once. */
  async function deliver(id: string, given: Outgoing): Promise<void> {
    const message: Outgoing = { ...given, state: "sending", problem: null };
    dispatch({ type: "outgoing", id, message });
    const { clientId, text, draft } = message;
    let problem: string | null;
    try {
      const result = await (draft === null
        ? link.invoke<ReplyResult>("Reply", id, clientId, text)
        : link.invoke<ReplyResult>("SendDraft", id, clientId, draft === "asItIs" ? null : text));
      problem = replyProblem(result.outcome);
    } catch {
      problem = "The connection was lost before the reply arrived.";
    }
    dispatch({ type: "outgoing", id, message: { ...message, state: problem === null ? "accepted" : "failed", problem } });
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
    async refresh(view) {
      if (state.connection === "live") {
        await readList(view, epoch);
      }
    },
    claim: (id) => link.invoke("Claim", id),
    resolve: (id) => link.invoke("Resolve", id),
    reply: (id, text, clientId) => deliver(id, { ...NEW_MESSAGE, clientId, text, at: new Date().toISOString() }),
    sendDraft: (id, text, edited, clientId) =>
      deliver(id, { ...NEW_MESSAGE, clientId, text, at: new Date().toISOString(), draft: edited ? "edited" : "asItIs" }),
    async retry(id, clientId) {
      const failed = state.outgoing[id]?.find((message) => message.clientId === clientId);
      if (failed !== undefined) {
        await deliver(id, failed);
      }
    },
    discard: (id, clientId) => dispatch({ type: "outgoingDiscarded", id, clientId }),
    async correct(id, sequence, intent) {
      await api.correct(id, sequence, intent);
      await readDetail(id);
    },
    async takeBackCorrection(id, sequence) {
      await api.takeBackCorrection(id, sequence);
      await readDetail(id);
    },
    typing(id) {
      // A lost typing signal is not worth a word.
      link.invoke("Typing", id).catch(() => undefined);
    },
  };
}
