import { storageKey } from '../contract';
import { createClient, type Client } from './client/client';
import type { Platform } from './client/platform';
import { lastSequence, unread, type Event } from './conversation/state';
import { createStore, type Store } from './store';

/** One site's conversation in this tab: the client, its state, and what the tabs share. */
export interface SiteConversation {
  store: Store;
  client(): Client;
  /** Connects, unless it is connected. */
  start(): void;
  /** Whether the customer is looking; what arrives meanwhile counts as read. */
  look(looking: boolean): void;
  forget(): void;
}

const typingShownMs = 5_000;

export function createSiteConversation(
  platform: Platform,
  site: string,
  server: string,
  changed: (unread: number) => void,
): SiteConversation {
  const store = createStore();
  const readKey = storageKey(site, 'read');
  const recentKey = storageKey(site, 'recent');
  let looking = false;
  let started = false;
  let client = newClient();
  let typingTimer: ReturnType<typeof setTimeout> | undefined;

  function newClient(): Client {
    return createClient({ platform, site, server, state: store.state, dispatch });
  }

  function dispatch(event: Event): void {
    store.dispatch(event);
    if (event.type === 'joined') {
      store.dispatch({ type: 'read', sequence: storedRead() });
    } else if (event.type === 'received') {
      received();
    } else if (event.type === 'forgotten') {
      startOver();
    }
    markRead();
    changed(unread(store.state()));
  }

  function received(): void {
    clearTimeout(typingTimer);
    if (store.state().typing !== null) {
      typingTimer = setTimeout(() => dispatch({ type: 'typingEnded' }), typingShownMs);
    }
    const latest = store.state().messages.at(-1);
    if (latest !== undefined) {
      platform.storage.set(recentKey, String(latest.at));
    }
  }

  /** Read by any tab is read. The number means nothing in another conversation. */
  function storedRead(): number {
    const [conversationId, sequence] = (platform.storage.get(readKey) ?? '').split(' ');
    return conversationId === store.state().conversationId ? Number(sequence) || 0 : 0;
  }

  function markRead(): void {
    const { conversationId, read } = store.state();
    const sequence = lastSequence(store.state());
    if (looking && sequence > read) {
      store.dispatch({ type: 'read', sequence });
      platform.storage.set(readKey, `${conversationId} ${sequence}`);
    }
  }

  function startOver(): void {
    client.stop();
    client = newClient();
    platform.storage.remove(readKey);
    platform.storage.remove(recentKey);
    started = false;
    if (looking) {
      start();
    }
  }

  function start(): void {
    if (!started || store.state().connection === 'refused') {
      started = true;
      client.start();
    }
  }

  addEventListener('storage', ({ key }) => {
    if (key === readKey) {
      dispatch({ type: 'read', sequence: storedRead() });
    } else if (key !== null && started) {
      client.storageChanged(key);
    }
  });
  const nudge = (): void => {
    if (started && !document.hidden) {
      client.nudge();
    }
  };
  addEventListener('online', nudge);
  addEventListener('offline', nudge);
  addEventListener('pageshow', nudge);
  document.addEventListener('visibilitychange', nudge);

  return {
    store,
    client: () => client,
    start,
    look(now) {
      looking = now;
      markRead();
      changed(unread(store.state()));
    },
    forget: () => client.forget(),
  };
}
