/**
 * What the customer sent and the log does not show yet. The rules are pure; where it is kept is the caller's.
 * An entry keeps its clientActivityID for ever, so sending it twice, from two tabs or after a reload, is harmless.
 */
import { backoff } from '../client/backoff';
import { isDenied, isFinal, type Answer } from '../client/http';
import { list, number, object, text, type Json } from '../wire/json';

export interface Outgoing {
  clientActivityId: string;
  text: string;
  /** Names of the files that go with it. */
  files: readonly string[];
  /** What the server is told beside the text: the page that the customer is on. Null when it knows. */
  about: Json | null;
  /** Milliseconds since 1970, by this machine's clock. */
  at: number;
  /** `accepted`: the server has it and only the echo is missing. `failed`: it waits for the customer's Retry. */
  status: 'queued' | 'accepted' | 'failed';
  /** The server's word for why it failed. */
  fault: string;
}

export type Next = { act: 'again'; waitMs: number } | { act: 'renew' | 'fail' };

/** A server in trouble gets this many tries before the customer is told. Being offline does not count. */
export const triesWhenBroken = 5;

/** What to do after try number `attempt` (0 is the first) of a message was not accepted. */
export function afterFailure(answer: Answer, attempt: number, random: number): Next {
  // The token is no longer taken, or the conversation is gone: it takes another session.
  if (isDenied(answer) || answer.status === 404) {
    return { act: 'renew' };
  }
  const hopeless = isFinal(answer) || (answer.status >= 500 && attempt + 1 >= triesWhenBroken);
  return hopeless ? { act: 'fail' } : { act: 'again', waitMs: answer.waitMs || backoff(attempt, random) };
}

/** Oldest first, so that the customer's words keep their order. Failed ones do not hold up the rest. */
export const nextToSend = (entries: readonly Outgoing[]): Outgoing | undefined =>
  inOrder(entries).find(({ status }) => status === 'queued');

export const inOrder = (entries: readonly Outgoing[]): readonly Outgoing[] =>
  [...entries].sort((a, b) => a.at - b.at || (a.clientActivityId < b.clientActivityId ? -1 : 1));

export function readOutgoing(json: Json): Outgoing | null {
  const { status } = json;
  const entry: Outgoing = {
    clientActivityId: text(json['clientActivityId']),
    text: text(json['text']),
    files: list(json['files']).map(text),
    about: json['about'] ? object(json['about']) : null,
    at: number(json['at']),
    status: status === 'accepted' || status === 'failed' ? status : 'queued',
    fault: text(json['fault']),
  };
  return entry.clientActivityId && (entry.text || entry.files.length > 0) ? entry : null;
}
