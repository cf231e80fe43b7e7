/** The parts of a browser that the client needs, gathered so that tests can bring their own. */

export interface KeyValues {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
  keys(): string[];
}

export interface Platform {
  fetch: typeof fetch;
  openSocket(url: string): WebSocket;
  /** Shared by all tabs of the page's origin. */
  storage: KeyValues;
  now(): number;
  /** Uniform in [0, 1). */
  random(): number;
  newId(): string;
  isOffline(): boolean;
  /** Deletes a cache of files, if there is one. */
  dropCache(name: string): void;
  /** Runs `work` while no other tab runs anything under the same name. */
  exclusively<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Factor on every waiting time; 1 in a browser. */
  pace: number;
}

export const browserPlatform = (): Platform => ({
  fetch: (input, init) => fetch(input, init),
  openSocket: (url) => new WebSocket(url),
  storage: browserStorage(),
  now: () => Date.now(),
  random: () => Math.random(),
  newId,
  isOffline: () => !navigator.onLine,
  // Caches exist on https pages only, and may be forbidden like other storage.
  dropCache: (name) => void (async () => globalThis.caches?.delete(name))().catch(() => undefined),
  exclusively,
  pace: 1,
});

/** 128 random bits. `randomUUID` exists on https pages only; `getRandomValues` everywhere. */
const newId = (): string => crypto.getRandomValues(new Uint32Array(4)).join('-');

/** Web Locks exist on https pages only. Without them two tabs opened in the same instant may start two conversations. */
async function exclusively<T>(name: string, work: () => Promise<T>): Promise<T> {
  const locks: LockManager | undefined = navigator.locks;
  return locks === undefined ? work() : locks.request(name, work);
}

/** localStorage, and memory for what the browser refuses to keep (private modes, blocked cookies, full disk). */
function browserStorage(): KeyValues {
  const memory = new Map<string, string>();
  const attempt = <T>(use: () => T, otherwise: () => T): T => {
    try {
      return use();
    } catch {
      return otherwise();
    }
  };
  return {
    get: (key) =>
      memory.get(key) ??
      attempt(
        () => localStorage.getItem(key),
        () => null,
      ),
    set: (key, value) =>
      attempt(
        () => localStorage.setItem(key, value),
        () => void memory.set(key, value),
      ),
    remove(key) {
      memory.delete(key);
      attempt(
        () => localStorage.removeItem(key),
        () => undefined,
      );
    },
    keys: () => [
      ...memory.keys(),
      ...attempt(
        () => Object.keys(localStorage),
        () => [],
      ),
    ],
  };
}
