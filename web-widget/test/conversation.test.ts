import { describe, expect, test } from 'vitest';
import { place } from '../src/panel/conversation/order';
import {
  agentName,
  initialState,
  reduce,
  suggestions,
  unread,
  type Event,
  type State,
} from '../src/panel/conversation/state';
import { rows } from '../src/panel/ui/rows';
import type { Message, Typing } from '../src/panel/wire/activity';

const at = new Date(2026, 10, 20, 12, 0).getTime();
const message = (sequence: number, changes: Partial<Message> = {}): Message => ({
  id: `m${sequence}`,
  sequence,
  at: at + sequence,
  author: 'bot',
  name: 'Pip',
  text: `text ${sequence}`,
  clientActivityId: '',
  citations: [],
  suggestions: [],
  streamId: '',
  more: null,
  ...changes,
});
const own = (sequence: number, clientActivityId: string): Message =>
  message(sequence, { author: 'customer', name: '', clientActivityId });
const after = (...events: Event[]): State => events.reduce(reduce, initialState);
const received = (...incoming: Message[]): Event => ({ type: 'received', incoming });
const outbox = (...ids: string[]): Event => ({
  type: 'outbox',
  entries: ids.map((id) => ({
    clientActivityId: id,
    text: id,
    files: [],
    about: null,
    at,
    status: 'queued',
    fault: '',
  })),
});
const typingOf = (changes: Partial<Typing>): Typing => ({
  typing: 'bot',
  name: 'M',
  text: '',
  streamId: 's',
  part: 0,
  ...changes,
});
const ids = (messages: readonly Message[]): string[] => messages.map(({ id }) => id);

describe('order', () => {
  test('every order of arrival ends in the order of the sequence, each message once', () => {
    const all = [1, 2, 3, 4].map((sequence) => message(sequence));
    for (const order of permutations([...all, ...all.slice(1, 3)])) {
      expect(ids(order.reduce(place, [] as readonly Message[]))).toEqual(['m1', 'm2', 'm3', 'm4']);
    }
  });

  test('without a sequence a message goes to the end, and its new version stays where it was', () => {
    const messages = [message(1), message(0, { id: 'x' }), message(2)].reduce(place, [] as readonly Message[]);
    expect(ids(messages)).toEqual(['m1', 'x', 'm2']);
    const changed = place(messages, message(0, { id: 'x', text: 'new' }));
    expect(ids(changed)).toEqual(['m1', 'x', 'm2']);
    expect(changed[1]?.text).toBe('new');
  });

  test('a new version with another sequence moves', () => {
    const messages = [1, 2, 3].map((sequence) => message(sequence)).reduce(place, [] as readonly Message[]);
    expect(ids(place(messages, message(9, { id: 'm1' })))).toEqual(['m2', 'm3', 'm1']);
  });
});

describe('state', () => {
  test('an echo takes the place of what was pending, also when it comes before the outbox hears of it', () => {
    expect(after(outbox('a', 'b'), received(own(1, 'a'))).pending.map(({ text }) => text)).toEqual(['b']);
    expect(after(received(own(1, 'a')), outbox('a')).pending).toEqual([]);
  });

  test('messages count as unread from the bot and agents, above what was read', () => {
    const state = after(
      received(message(1), own(2, 'a'), message(3, { author: 'system' }), message(4, { author: 'agent' })),
    );
    expect(unread(state)).toBe(2);
    expect(unread(reduce(state, { type: 'read', sequence: 1 }))).toBe(1);
    expect(unread(reduce(reduce(state, { type: 'read', sequence: 4 }), { type: 'read', sequence: 2 }))).toBe(0);
  });

  test('suggestions are offered under the last message only, and until the customer says something', () => {
    const offering = message(1, { suggestions: [{ title: 'Yes', value: 'yes' }] });
    expect(suggestions(after(received(offering)))).toHaveLength(1);
    expect(suggestions(after(received(offering), outbox('a')))).toEqual([]);
    expect(suggestions(after(received(offering, own(2, 'a'))))).toEqual([]);
  });

  test('another conversation makes the old messages go and keeps what is unsent', () => {
    const joined = (conversationId: string): Event => ({
      type: 'joined',
      conversationId,
      company: { name: 'T', bot: 'P' },
    });
    const state = after(joined('one'), received(message(1)), outbox('a'), { type: 'caughtUp' });
    expect(reduce(state, joined('one'))).toMatchObject({ caughtUp: true, messages: [{ id: 'm1' }] });
    expect(reduce(state, joined('two'))).toMatchObject({
      caughtUp: false,
      messages: [],
      pending: [{ text: 'a' }],
      read: 0,
    });
  });

  test("the customer's own typing, from another tab, is not shown", () => {
    const typing = (author: 'customer' | 'agent'): Event => ({
      type: 'received',
      incoming: [typingOf({ typing: author })],
    });
    expect(after(typing('customer')).typing).toBeNull();
    expect(after(typing('agent'), received(own(1, 'a'))).typing).not.toBeNull();
    expect(after(typing('agent'), received(message(1))).typing).toBeNull();
  });

  test('a live answer grows, whatever comes late, and its message takes its place', () => {
    const part = (part: number, text: string): Event => ({ type: 'received', incoming: [typingOf({ part, text })] });
    const dots: Event = { type: 'received', incoming: [typingOf({ streamId: 'other' })] };
    const state = after(received(message(1)), part(1, 'Two'), part(3, 'Two days to'), part(2, 'Two days'), dots);
    expect(rows(state).at(-1)).toMatchObject({ key: 's', text: 'Two days to', live: true, first: true });
    expect(unread(state)).toBe(1);
    const final = reduce(state, received(message(2, { streamId: 's', text: 'Two days to Galway' })));
    expect(rows(final).map(({ text, live }) => [text, live])).toEqual([
      ['text 1', undefined],
      ['Two days to Galway', undefined],
    ]);
    expect(reduce(final, part(4, 'Two days to Gal')).typing).toBeNull();
  });

  test('after a break a live answer is gone until its message comes', () => {
    const state = after({ type: 'received', incoming: [typingOf({ text: 'Two', part: 1 })] });
    expect(reduce(state, { type: 'joined', conversationId: 'c', company: { name: '', bot: '' } }).typing).toBeNull();
  });

  test('an agent is named until the bot speaks again', () => {
    const agent = message(1, { author: 'agent', name: 'Maria' });
    expect(agentName(after(received(agent, own(2, 'a'), message(3, { author: 'system' }))))).toBe('Maria');
    expect(agentName(after(received(agent, message(2))))).toBe('');
  });
});

describe('rows', () => {
  test('what one speaker says within five minutes of one day stands together', () => {
    const state = after(
      received(
        message(1, { at }),
        message(2, { at: at + 60_000 }),
        message(3, { at: at + 60_000, author: 'agent', name: 'Maria' }),
        message(4, { at: at + 400_000, author: 'agent', name: 'Maria' }),
        message(5, { at: at + 86_400_000, author: 'agent', name: 'Maria' }),
      ),
    );
    expect(rows(state).map(({ first, last, newDay }) => [first, last, newDay])).toEqual([
      [true, false, true],
      [false, true, false],
      [true, true, false],
      [true, true, false],
      [true, true, true],
    ]);
  });

  test('what is pending stands last and says how it stands', () => {
    const state = after({ type: 'connection', connection: 'online' }, received(own(1, 'a')), outbox('b'));
    expect(rows(state).map(({ key, status }) => [key, status])).toEqual([
      ['a', ''],
      ['b', 'sending'],
    ]);
    const offline = reduce(state, { type: 'connection', connection: 'offline' });
    expect(rows(offline).at(-1)?.status).toBe('waiting');
    expect(rows(after(received(own(1, 'a'), message(2))))[0]?.status).toBe('sent');
  });
});

function* permutations<T>(items: readonly T[]): Generator<readonly T[]> {
  if (items.length < 2) {
    yield items;
    return;
  }
  for (const [index, item] of items.entries()) {
    for (const rest of permutations(items.toSpliced(index, 1))) {
      yield [item, ...rest];
    }
  }
}
