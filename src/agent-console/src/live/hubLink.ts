import { HubConnectionBuilder, HubConnectionState, LogLevel, type HubConnection, type IHttpConnectionOptions } from "@microsoft/signalr";
import type { ConversationSummary, TranscriptEntry } from "../wire/conversation";

/** What the hub says, and how the connection fares. */
export interface HubListener {
  connecting(): void;
  connected(): void;
  /** @param retryInMs when the next attempt follows. */
  disconnected(retryInMs: number): void;
  conversationChanged(summary: ConversationSummary): void;
  activityAppended(conversationId: string, entry: TranscriptEntry): void;
  customerTyping(conversationId: string): void;
}

export interface HubLink {
  start(): void;
  stop(): void;
  /** Drops the present connection, if any, and makes another. */
  restart(): void;
  /** Connects now instead of when the next attempt is due. */
  retryNow(): void;
  /** Call when the connection has proved useful: the next outage starts with short delays again. */
  settled(): void;
  isConnected(): boolean;
  invoke<T>(method: string, ...args: readonly unknown[]): Promise<T>;
}

/**
 * A hub connection that never gives up. SignalR's own reconnect covers neither the first start nor a close by the
 * server, so one loop here covers all three: every attempt negotiates afresh.
 */
export function createHubLink(url: string, listener: HubListener, options: IHttpConnectionOptions = {}): HubLink {
  let hub: HubConnection | null = null;
  let attempt = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;

  function build(): HubConnection {
    const built = new HubConnectionBuilder().withUrl(url, options).configureLogging(LogLevel.None).build();
    built.on("ConversationChanged", listener.conversationChanged);
    built.on("ActivityAppended", listener.activityAppended);
    built.on("CustomerTyping", listener.customerTyping);
    built.onclose(() => retryLater(built));
    return built;
  }

  function retryLater(ended: HubConnection): void {
    if (hub !== ended) {
      return;
    }
    const delay = retryDelay(attempt++, Math.random());
    timer = setTimeout(() => void connect(), delay);
    listener.disconnected(delay);
  }

  async function connect(): Promise<void> {
    clearTimer();
    const attempted = build();
    hub = attempted;
    listener.connecting();
    try {
      await attempted.start();
    } catch {
      retryLater(attempted);
      return;
    }
    if (hub === attempted) {
      listener.connected();
    }
  }

  function clearTimer(): void {
    if (timer !== null) {
      clearTimeout(timer);
      timer = null;
    }
  }

  return {
    start() {
      if (hub === null) {
        void connect();
      }
    },
    stop() {
      clearTimer();
      const ended = hub;
      hub = null;
      void ended?.stop();
    },
    restart() {
      void hub?.stop();
    },
    retryNow() {
      if (timer !== null) {
        void connect();
      }
    },
    isConnected: () => hub?.state === HubConnectionState.Connected,
    settled() {
      attempt = 0;
    },
    invoke<T>(method: string, ...args: readonly unknown[]): Promise<T> {
      return hub === null ? Promise.reject(new Error("The console is not connected.")) : hub.invoke<T>(method, ...args);
    },
  };
}

/** Milliseconds before the given attempt: quick at first, at most half a minute, spread so that a restart is not stampeded. */
export function retryDelay(attempt: number, random: number): number {
  const ceiling = Math.min(30_000, 500 * 2 ** Math.min(attempt, 10));
  return ceiling / 2 + (ceiling / 2) * random;
}
