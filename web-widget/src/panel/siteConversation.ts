import { storageKey } from '../contract';
import { createClient, type Client } from './client/client';
import type { Upload } from './client/sender';
import type { Platform } from './client/platform';
import { lastSequence, unread, type Event } from './conversation/state';
import { createStore, type Store } from './store';
import type { Json } from './wire/json';

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
/** A live answer that goes on no more is taken down after a while: it may never be finished. */
const liveShownMs = 30_000;

interface Needs {
  platform: Platform;
  site: string;
  server: string;
  resume?: string | undefined;
  upload: Upload;
  about(): Json;
  changed(unread: number): void;
  /** The conversation is erased from this browser. */
  forgotten(): void;
}

export function createSiteConversation(needs: Needs): SiteConversation {
  const { platform, site, changed } = needs;
  const store = createStore();
  const readKey = storageKey(site, 'read');
  const recentKey = storageKey(site, 'recent');
  let looking = false;
  let started = false;
  let client = newClient();
  let typingTimer: ReturnType<typeof setTimeout> | undefined;

  function newClient(): Client {
    return createClient({ ...needs, state: store.state, dispatch });
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
    const { typing } = store.state();
    if (typing) {
      typingTimer = setTimeout(() => dispatch({ type: 'typingEnded' }), typing.text ? liveShownMs : typingShownMs);
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
    needs.forgotten();
    needs.resume = undefined;
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
