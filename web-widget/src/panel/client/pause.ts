/**
 * Waits, but not longer than until somebody calls `hurry`: the network is back, the laptop woke up.
 * A firm wait is one that the server asked for; only `hurry(true)` cuts it short.
 */
export type Pause = (milliseconds: number, firm?: boolean) => Promise<void>;

export function createPause(pace: number): { pause: Pause; hurry(everything?: boolean): void } {
  const waiting = new Map<() => void, boolean>();
  return {
    pause: (milliseconds, firm = false) =>
      new Promise((resolve) => {
        const finish = (): void => {
          clearTimeout(timer);
          waiting.delete(finish);
          resolve();
        };
        const timer = setTimeout(finish, milliseconds * pace);
        waiting.set(finish, firm);
      }),
    hurry: (everything = false) => [...waiting].forEach(([finish, firm]) => (everything || !firm) && finish()),
  };
}
