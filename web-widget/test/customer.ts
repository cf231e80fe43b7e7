/** A customer's browser for tests: the real client and state, against a real server on loopback. */
import { vi } from 'vitest';
import { WebSocket as NodeWebSocket } from 'ws';
import { createClient, type Client } from '../src/panel/client/client';
import type { KeyValues, Platform } from '../src/panel/client/platform';
import type { Upload } from '../src/panel/client/sender';
import { createStore, type Store } from '../src/panel/store';
import type { Json } from '../src/panel/wire/json';
import type { FakeDirectLine } from './fakeTypes';

export interface Tab {
  client: Client;
  store: Store;
  /** Texts in the log, in order, unconfirmed ones after them in brackets. */
  texts(): string[];
}

export interface Browser {
  /** What the page's origin keeps; tabs share it and hear of each other's changes. */
  storage: Map<string, string>;
  /** Added to the clock, in milliseconds. */
  ahead: number;
  offline: boolean;
  /** A token from a link. */
  resume: string | undefined;
  /** What the page says of itself. */
  about: Json;
  upload: Upload;
  openTab(): Tab;
  closeTabs(): void;
}

export function openBrowser(fake: FakeDirectLine): Browser {
  const storage = new Map<string, string>();
  const tabs: Tab[] = [];
  const locks = new Map<string, Promise<unknown>>();
  const browser: Browser = {
    storage,
    ahead: 0,
    offline: false,
    resume: undefined,
    about: { page: { url: 'https://shop.example/tents', title: 'Tents' } },
    upload: () => Promise.reject(new Error('No files here.')),
    openTab() {
      const store = createStore();
      let tab: Tab | undefined;
      const others = (key: string): void => {
        const heard = tabs.filter((other) => other !== tab);
        queueMicrotask(() => heard.forEach(({ client }) => client.storageChanged(key)));
      };
      const values: KeyValues = {
        get: (key) => storage.get(key) ?? null,
        set: (key, value) => (storage.set(key, value), others(key)),
        remove: (key) => (storage.delete(key), others(key)),
        keys: () => [...storage.keys()],
      };
      const platform: Platform = {
        fetch,
        openSocket,
        storage: values,
        now: () => Date.now() + browser.ahead,
        random: Math.random,
        newId: () => crypto.randomUUID(),
        isOffline: () => browser.offline,
        dropCache: () => undefined,
        exclusively<T>(name: string, work: () => Promise<T>): Promise<T> {
          const turn = (locks.get(name) ?? Promise.resolve()).then(work);
          locks.set(
            name,
            turn.catch(() => undefined),
          );
          return turn;
        },
        pace: 0.02,
      };
      const { state, dispatch } = store;
      const client = createClient({
        platform,
        site: 'demo',
        server: `${fake.origin}/`,
        resume: browser.resume,
        upload: browser.upload,
        about: () => browser.about,
        state,
        dispatch,
      });
      tab = { client, store, texts: () => textsOf(store) };
      tabs.push(tab);
      client.start();
      return tab;
    },
    closeTabs() {
      tabs.splice(0).forEach(({ client }) => client.stop());
    },
  };
  return browser;
}

/** Closing a socket that is still opening is an error in Node, which nobody listens for; browsers keep quiet about it. */
function openSocket(url: string): WebSocket {
  const socket = new NodeWebSocket(url);
  socket.on('error', () => undefined);
  return socket as unknown as WebSocket;
}

const textsOf = (store: Store): string[] => [
  ...store.state().messages.map(({ text }) => text),
  ...store.state().pending.map(({ text, status }) => `[${status}] ${text}`),
];

export const until = (condition: () => void): Promise<void> => vi.waitFor(condition, { timeout: 8_000, interval: 10 });

export const online = ({ store }: Tab): Promise<void> =>
  until(() => {
    if (store.state().connection !== 'online') {
      throw new Error(`It is ${store.state().connection}.`);
    }
  });
