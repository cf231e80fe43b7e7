import { afterFailure, nextToSend, type Outgoing } from '../conversation/outbox';
import { object, text as textOf, type Json } from '../wire/json';
import { call, isDenied, type Answer } from './http';
import type { OutboxStorage } from './outboxStorage';
import type { Pause } from './pause';
import type { Platform } from './platform';
import type { Sessions } from './sessions';

interface Needs {
  platform: Platform;
  sessions: Sessions;
  outbox: OutboxStorage;
  pause: Pause;
  upload: Upload;
  stopped(): boolean;
  /** Asks for the conversation to be joined again; the sender is woken when it is. */
  rejoin(): void;
}

/** Sends an activity with the files that are kept for it. */
export type Upload = (clientActivityId: string, url: string, token: string, activity: Json) => Promise<Answer>;

/** A message that new tokens do not help this many times is refused for another reason. */
const mostRenewals = 3;

/** Posts an activity to the conversation that this browser holds, or null while there is none. */
export async function post(
  platform: Platform,
  sessions: Sessions,
  activity: Json,
  upload?: (url: string, token: string, activity: Json) => Promise<Answer>,
): Promise<Answer | null> {
  const session = sessions.current();
  if (session === null || !session.started) {
    return null;
  }
  const { domain, conversationId, token, userId } = session;
  const url = `${domain}/conversations/${conversationId}/`;
  const whole = { from: { id: userId }, ...activity };
  const answer = await (upload
    ? upload(`${url}upload?userId=${userId}`, token, whole)
    : call(platform.fetch, 'POST', `${url}activities`, token, whole));
  if (isDenied(answer)) {
    sessions.reject(token);
  }
  return answer;
}

/** Answers a function that sends whatever waits, one after the other. Calling it while it does so is harmless. */
export function createSender({ platform, sessions, outbox, pause, upload, stopped, rejoin }: Needs): () => void {
  let running = false;
  let renewals = 0;

  /** Until nothing waits, or the conversation has to be joined again first. */
  async function drain(): Promise<void> {
    let attempt = 0;
    let trying = '';
    for (let entry; !stopped() && (entry = nextToSend(outbox.all()));) {
      attempt = entry.clientActivityId === trying ? attempt + 1 : 0;
      trying = entry.clientActivityId;
      if (!(await attemptOne(entry, attempt))) {
        return rejoin();
      }
    }
  }

  /** False when it takes another session. */
  async function attemptOne(entry: Outgoing, attempt: number): Promise<boolean> {
    const { clientActivityId, text, files, about } = entry;
    const channelData = { clientActivityID: clientActivityId, ...(about && { supportbot: about }) };
    const activity = { type: 'message', text, locale: 'en', channelData };
    const answer = await post(
      platform,
      sessions,
      activity,
      files.length > 0 ? (...request) => upload(clientActivityId, ...request) : undefined,
    );
    if (answer === null || stopped()) {
      return false;
    }
    // The echo was faster than the answer, or came although the answer was lost.
    if (!outbox.all().some((other) => other.clientActivityId === clientActivityId)) {
      return true;
    }
    if (answer.ok) {
      renewals = 0;
      outbox.put({ ...entry, status: 'accepted' });
      return true;
    }
    const next = afterFailure(answer, attempt, platform.random());
    if (next.act === 'again') {
      await pause(next.waitMs, answer.waitMs > 0);
      return true;
    }
    if (next.act === 'renew' && renewals++ < mostRenewals) {
      return false;
    }
    renewals = 0;
    outbox.put({ ...entry, status: 'failed', fault: textOf(object(answer.body['error'])['code']) });
    return true;
  }

  return () => {
    if (!running) {
      running = true;
      void drain().finally(() => (running = false));
    }
  };
}
