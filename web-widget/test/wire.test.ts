import { describe, expect, test } from 'vitest';
import { backoff } from '../src/panel/client/backoff';
import type { Answer } from '../src/panel/client/http';
import {
  afterFailure,
  nextToSend,
  readOutgoing,
  triesWhenBroken,
  type Outgoing,
} from '../src/panel/conversation/outbox';
import { readActivity } from '../src/panel/wire/activity';
import { aboutPage } from '../src/panel/wire/about';
import { parse } from '../src/panel/wire/json';
import { readSession, withToken } from '../src/panel/wire/session';

const now = 1_000;
const read = (activity: object) => readActivity({ type: 'message', id: '1', text: 'hi', ...activity }, 'dl_me', now);

describe('activities', () => {
  test('a bot message is read with its sources, without their definition lines', () => {
    const incoming = read({
      timestamp: '2026-11-20T12:00:00Z',
      from: { id: 'pip', name: 'Pip', role: 'bot' },
      text: 'Two days. [1]\n\n[1]: https://shop.example/help/a "A"\n[2]: https://shop.example/help/b "B"',
      channelData: { 'webchat:sequence-id': 7, supportbot: { author: 'bot' } },
      entities: [
        {
          type: 'https://schema.org/Message',
          citation: [{ position: 1, appearance: { name: 'A', url: 'https://shop.example/help/a' } }],
        },
      ],
      suggestedActions: {
        to: [],
        actions: [
          { type: 'imBack', title: 'Yes', value: 'yes' },
          { type: 'openUrl', value: 'x' },
        ],
      },
    });
    expect(incoming).toEqual({
      id: '1',
      sequence: 7,
      at: Date.UTC(2026, 10, 20, 12),
      author: 'bot',
      name: 'Pip',
      text: 'Two days. [1]',
      clientActivityId: '',
      citations: [{ position: 1, title: 'A', url: 'https://shop.example/help/a' }],
      suggestions: [{ title: 'Yes', value: 'yes' }],
      streamId: '',
      more: null,
    });
  });

  test.each([
    ['customer', { from: { id: 'x', role: 'user' } }],
    ['customer', { from: { id: 'dl_me' } }],
    ['agent', { from: { role: 'bot' }, channelData: { supportbot: { author: 'agent' } } }],
    ['system', { from: { role: 'bot' }, channelData: { supportbot: { author: 'system' } } }],
    ['bot', { from: { role: 'bot' }, channelData: { supportbot: { author: 'admin' } } }],
    ['bot', {}],
  ])('the author is the %s', (author, activity) => {
    expect(read(activity)).toMatchObject({ author });
  });

  test.each([null, 1, 'x', [], {}, { type: 'event' }, { text: 5 }, { text: '  ' }, { id: '' }, { id: {} }])(
    'what cannot be shown is left out: %j',
    (activity) => {
      expect(
        typeof activity === 'object' &&
          activity !== null &&
          !Array.isArray(activity) &&
          Object.keys(activity).length > 0
          ? read(activity)
          : readActivity(activity, '', now),
      ).toBeNull();
    },
  );

  test("a customer's words are left as they are", () => {
    const text = 'look:\n[1]: https://x.example "mine"';
    expect(read({ from: { role: 'user' }, text })).toMatchObject({ text, citations: [] });
  });
});

describe('what is said of the page', () => {
  const place = { origin: 'https://shop.example', pathname: '/tents', search: '?t=secret', hash: '#x' } as Location;

  test('is its address without query and fragment, and its title', () => {
    expect(aboutPage(place, 'Tents', undefined)).toEqual({
      page: { url: 'https://shop.example/tents', title: 'Tents' },
    });
  });

  test.each([['x'], [{}], [{ name: 5, email: {} }], [[]]])('and of the customer only texts: %j', (customer) => {
    expect(aboutPage(place, '', customer)['customer']).toEqual({ name: '', email: '' });
  });

  test('is capped', () => {
    const long = 'x'.repeat(9_000);
    const about = aboutPage({ ...place, pathname: `/${long}` }, long, { name: long, email: long, more: long });
    expect(JSON.stringify(about).length).toBeLessThan(1_200);
  });
});

describe('sessions', () => {
  const granted = {
    token: 't',
    conversationId: 'c',
    userId: 'dl_1',
    domain: 'https://h/v3/directline',
    company: { name: 'N', bot: 'B' },
  };

  test('a session survives being kept', () => {
    const session = readSession(granted);
    const kept = session && withToken(session, { token: 't2', expires_in: 3600 }, now);
    expect(readSession(parse(JSON.stringify(kept)))).toEqual(kept);
    expect(kept).toMatchObject({ token: 't2', expiresAt: now + 3_600_000, refreshAt: now + 2_700_000, started: false });
  });

  test.each(['', '{', 'null', '[]', '"x"', '{"token":1}', '{"token":"t"}'])(
    'what is no session reads as none: %s',
    (stored) => {
      expect(readSession(parse(stored))).toBeNull();
    },
  );
});

describe('outbox', () => {
  const entry = (at: number, changes: Partial<Outgoing> = {}): Outgoing => ({
    clientActivityId: `c${at}`,
    text: 'x',
    files: [],
    about: null,
    at,
    status: 'queued',
    fault: '',
    ...changes,
  });
  const answer = (status: number, waitMs = 0): Answer => ({ status, ok: false, body: {}, waitMs });

  test('the oldest queued message is next; failed and accepted ones are passed over', () => {
    const entries = [entry(3), entry(2), entry(1, { status: 'failed' }), entry(0, { status: 'accepted' })];
    expect(nextToSend(entries)?.at).toBe(2);
    expect(nextToSend(entries.slice(2))).toBeUndefined();
  });

  test('being offline is never the end, a server in trouble is after some tries, a refusal is at once', () => {
    expect(afterFailure(answer(0), 1_000, 0)).toMatchObject({ act: 'again' });
    expect(afterFailure(answer(503), triesWhenBroken - 2, 0)).toMatchObject({ act: 'again' });
    expect(afterFailure(answer(503), triesWhenBroken - 1, 0)).toEqual({ act: 'fail' });
    expect(afterFailure(answer(400), 0, 0)).toEqual({ act: 'fail' });
    expect(afterFailure(answer(413), 0, 0)).toEqual({ act: 'fail' });
    expect(afterFailure(answer(403), 0, 0)).toEqual({ act: 'renew' });
    expect(afterFailure(answer(429, 7_000), 9, 0)).toEqual({ act: 'again', waitMs: 7_000 });
  });

  test('an entry survives being kept, and rubbish is not an entry', () => {
    expect(readOutgoing(parse(JSON.stringify(entry(1, { status: 'failed' }))))).toEqual(entry(1, { status: 'failed' }));
    const withFiles = entry(2, { text: '', files: ['a.png'], about: { page: {} }, fault: 'FileLost' });
    expect(readOutgoing(parse(JSON.stringify(withFiles)))).toEqual(withFiles);
    expect(readOutgoing(parse('{"text":"x"}'))).toBeNull();
  });

  test('waiting begins almost at once, doubles, stays under 15 s and leaves half to chance', () => {
    expect(backoff(0, 0)).toBe(150);
    expect(backoff(1, 1)).toBe(600);
    for (let attempt = 0; attempt < 2_000; attempt += 1) {
      expect(backoff(attempt, 1)).toBeLessThanOrEqual(15_000);
      expect(backoff(attempt, 0)).toBe(backoff(attempt, 1) / 2);
    }
  });
});
