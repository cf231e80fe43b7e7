/** The conversation as the log shows it: days, groups by speaker, and where each message stands. Pure. */
import type { State } from '../conversation/state';
import type { Message } from '../wire/activity';
import type { Outgoing } from '../conversation/outbox';
import { sameDay } from './times';

export type Status = '' | 'sent' | 'sending' | 'waiting' | 'failed';

export interface Row extends Pick<Message, 'author' | 'name' | 'text' | 'at' | 'citations' | 'more'> {
  /** The customer's own messages keep theirs when they are confirmed. */
  key: string;
  /** Not confirmed yet. */
  pending?: Outgoing;
  /** Still being written. */
  live?: true;
  status: Status;
  newDay: boolean;
  /** First and last of what one speaker said in a row: the first shows the name, the last the time. */
  first: boolean;
  last: boolean;
}

const groupMs = 5 * 60_000;
const plain = { citations: [], more: null };

export function rows({ messages, pending, connection, typing }: State): readonly Row[] {
  const lastOwn = messages.findLast(({ author }) => author === 'customer');
  const online = connection === 'online' || connection === 'connecting';
  const statuses = { queued: online ? 'sending' : 'waiting', accepted: 'sent', failed: 'failed' } as const;
  const all: Omit<Row, 'newDay' | 'first' | 'last'>[] = [
    ...messages.map((message) => ({
      ...message,
      key: message.clientActivityId || message.id,
      status: message === lastOwn && pending.length === 0 ? ('sent' as const) : ('' as const),
    })),
    ...pending.map((entry) => ({
      ...plain,
      key: entry.clientActivityId,
      author: 'customer' as const,
      name: '',
      text: entry.text,
      at: entry.at,
      status: statuses[entry.status],
      pending: entry,
    })),
  ];
  if (typing?.text) {
    const { typing: author, name, text, streamId: key } = typing;
    all.push({ ...plain, key, author, name, text, at: all.at(-1)?.at ?? 0, status: '', live: true });
  }
  const isNewDay = (index: number): boolean => index === 0 || !sameDay(all[index - 1]?.at ?? 0, all[index]?.at ?? 0);
  const isFirst = (index: number): boolean => {
    const [before, row] = [all[index - 1], all[index]];
    return (
      before?.author !== row?.author ||
      before?.name !== row?.name ||
      isNewDay(index) ||
      (row?.at ?? 0) - (before?.at ?? 0) > groupMs
    );
  };
  return all.map((row, index) => ({
    ...row,
    newDay: isNewDay(index),
    first: isFirst(index),
    last: index === all.length - 1 || isFirst(index + 1) || row.status !== all[index + 1]?.status,
  }));
}
