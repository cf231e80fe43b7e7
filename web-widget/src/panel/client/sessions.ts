import { storageKey } from '../../contract';
import { parse, type Json } from '../wire/json';
import { readSession, withToken, type Session } from '../wire/session';
import { call, isFinal, type Answer } from './http';
import type { Platform } from './platform';

/** Less than this left on a token: not worth starting with. */
const marginMs = 60_000;

export interface Sessions {
  key: string;
  /** What this browser holds for the site, whichever tab got it. */
  current(): Session | null;
  /** The usable session, asked for if need be (with the previous token, so that the same conversation goes on). */
  obtain(): Promise<Session | Answer>;
  /** Exchanges the token once it is due; one that the server no longer takes is left for `obtain` to renew. */
  refresh(): Promise<void>;
  /** The server said no to this token: `obtain` will ask for another, unless another tab already did. */
  reject(token: string): void;
  /** The conversation was started or joined; the answer brings a token of its own. */
  started(session: Session, answer: Json): void;
  forget(): void;
}

export function createSessions(platform: Platform, site: string, server: string, resume?: string): Sessions {
  const key = storageKey(site, 'session');
  const { storage, now, exclusively } = platform;
  const current = (): Session | null => readSession(parse(storage.get(key)));
  const keep = (session: Session): Session => {
    storage.set(key, JSON.stringify(session));
    return session;
  };
  const reject = (token: string): void => {
    const stored = current();
    if (stored?.token === token) {
      keep({ ...stored, expiresAt: 0 });
    }
  };

  async function ask(previous: Session | null): Promise<Session | Answer> {
    const token = resume ?? previous?.token;
    const answer = await call(platform.fetch, 'POST', `${server}widget/token`, '', { site, token });
    const granted = answer.ok ? readSession(answer.body) : null;
    if (granted === null) {
      return answer;
    }
    resume = undefined;
    const started = previous?.started === true && previous.conversationId === granted.conversationId;
    return keep(withToken({ ...granted, started }, answer.body, now()));
  }

  return {
    key,
    current,
    reject,
    obtain: () =>
      exclusively(key, async () => {
        const stored = current();
        return !resume && stored && stored.expiresAt - now() > marginMs ? stored : ask(stored);
      }),
    refresh: () =>
      exclusively(key, async () => {
        const stored = current();
        if (stored === null || now() < stored.refreshAt) {
          return;
        }
        const answer = await call(platform.fetch, 'POST', `${stored.domain}/tokens/refresh`, stored.token);
        if (isFinal(answer)) {
          reject(stored.token);
        } else if (answer.ok && current()?.token === stored.token) {
          keep(withToken(stored, answer.body, now()));
        }
      }),
    started: (session, answer) => void keep({ ...withToken(session, answer, now()), started: true }),
    forget: () => storage.remove(key),
  };
}
