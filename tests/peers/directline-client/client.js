import './page.js';
import { ConnectionStatus, DirectLine } from 'botframework-directlinejs';

/** Ends a story that has failed; nothing waits for it otherwise. */
const PATIENCE_MS = 20_000;

/** Not everything that a story waits for is announced. */
const LOOK_AGAIN_MS = 50;

/**
 * The official client as an application uses it: subscribed before anything is sent.
 *
 * @param options those of the client
 * @param prepare what is done to the client before it connects
 */
export function connect(options, prepare = () => {}) {
  const line = new DirectLine(options);
  const received = [];
  const statuses = [];
  const watchers = new Set();
  const notify = () => watchers.forEach((watch) => watch());

  prepare(line);
  line.connectionStatus$.subscribe((status) => {
    statuses.push(ConnectionStatus[status]);
    notify();
  });

  const subscription = line.activity$.subscribe(
    (activity) => {
      received.push(activity);
      notify();
    },
    (error) => {
      statuses.push(`error: ${error.message}`);
      notify();
    }
  );

  /** Waits until something is found, which may be found already. */
  const until = (what, find) =>
    new Promise((resolve, reject) => {
      const watch = () => {
        const found = find();
        if (found) {
          settle();
          resolve(found);
        }
      };
      const settle = () => {
        clearTimeout(limit);
        clearInterval(again);
        watchers.delete(watch);
      };
      const limit = setTimeout(() => {
        settle();
        reject(new Error(`Waited for ${what}. Statuses: ${statuses}. Received: ${JSON.stringify(received)}`));
      }, PATIENCE_MS);
      const again = setInterval(watch, LOOK_AGAIN_MS);

      watchers.add(watch);
      watch();
    });

  return {
    line,
    received,
    statuses,
    until,

    online: () => until('a connection', () => statuses.includes('Online')),
    activity: (what, matches) => until(what, () => received.find(matches)),

    /** Posts once. The answer is an id, or "retry" where the client thinks that it is worth another try. */
    post: (activity) => first(line.postActivity({ from: { id: 'u-1' }, ...activity })),

    close() {
      subscription.unsubscribe();
      line.end();
    }
  };
}

/** The first value of an observable. */
export function first(observable) {
  return new Promise((resolve, reject) => observable.take(1).subscribe(resolve, reject));
}

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
