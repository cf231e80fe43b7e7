import { afterFailure, nextToSend, type Outgoing } from '../conversation/outbox';
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
  stopped(): boolean;
  /** Asks for the conversation to be joined again; the sender is woken when it is. */
  rejoin(): void;
}

/** A message that new tokens do not help this many times is refused for another reason. */
const mostRenewals = 3;

/** Posts an activity to the conversation that this browser holds, or null while there is none. */
export async function post(platform: Platform, sessions: Sessions, activity: object): Promise<Answer | null> {
  const session = sessions.current();
  if (session === null || !session.started) {
    return null;
  }
  const { domain, conversationId, token, userId } = session;
  const url = `${domain}/conversations/${conversationId}/activities`;
  const answer = await call(platform.fetch, 'POST', url, token, { from: { id: userId }, ...activity });
  if (isDenied(answer)) {
    sessions.reject(token);
  }
  return answer;
}

/** Answers a function that sends whatever waits, one after the other. Calling it while it does so is harmless. */
export function createSender({ platform, sessions, outbox, pause, stopped, rejoin }: Needs): () => void {
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
    const { clientActivityId, text } = entry;
    const channelData = { clientActivityID: clientActivityId };
    const answer = await post(platform, sessions, { type: 'message', text, locale: 'en', channelData });
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
    outbox.put({ ...entry, status: 'failed' });
    return true;
  }

  return () => {
    if (!running) {
      running = true;
      void drain().finally(() => (running = false));
    }
  };
}
