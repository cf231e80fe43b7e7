import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { feedbackIdOf, ratingOf, thumb } from '../src/answers/shown';
import { agentName, initialState, reduce, suggestions, type State } from '../src/panel/conversation/state';
import { rows } from '../src/panel/ui/rows';
import { readActivity } from '../src/panel/wire/activity';
import { list, parse, text, type Json } from '../src/panel/wire/json';
import { readSession, withToken } from '../src/panel/wire/session';

/** What the service really writes: its own tests compare it with the same files. */
const golden = (name: string): Json =>
  parse(readFileSync(new URL(`../../tests/wire/${name}.json`, import.meta.url), 'utf8'));

const now = Date.UTC(2026, 10, 20, 12);
const userId = text(golden('widget-token')['userId']);

const after = (...frames: string[]): State =>
  frames.reduce((state, frame) => {
    const incoming = list(golden(frame)['activities'])
      .map((activity) => readActivity(activity, userId, now))
      .filter((activity) => activity !== null);
    return reduce(state, { type: 'received', incoming });
  }, initialState);

test('a token is a session for an hour, with the names that the header shows', () => {
  const answer = golden('widget-token');
  const session = readSession(answer);
  expect(session && withToken(session, answer, now)).toEqual({
    token: 'eyJhbGciOi.sample',
    conversationId: '7Qm2Vd0cXk4',
    userId: 'dl_aoife',
    domain: 'https://help.example/v3/directline',
    expiresAt: now + 3_600_000,
    refreshAt: now + 2_700_000,
    started: false,
    company: { name: 'Tarn & Trail', bot: 'Pip' },
  });
});

test('an answer is shown after the question, without definition lines, with its source and what can be said next', () => {
  const state = after('direct-line-answer');
  expect(rows(state).map(({ author, name, text, citations }) => ({ author, name, text, citations }))).toEqual([
    { author: 'customer', name: 'Aoife Byrne', text: 'How long do I have?', citations: [] },
    {
      author: 'bot',
      name: 'Pip',
      text: 'Within **60 days**. [1]',
      citations: [{ position: 1, title: 'Refund policy', url: 'https://help.example/help/refund-policy' }],
    },
  ]);
  expect(state.messages.map(({ sequence, clientActivityId }) => [sequence, clientActivityId])).toEqual([
    [2, 'c-1'],
    [3, ''],
  ]);
  expect(suggestions(state)).toEqual([
    { title: 'That solved it', value: 'That solved it' },
    { title: 'Talk to a person', value: 'Talk to a person' },
  ]);
  expect(agentName(state)).toBe('');
});

test('an answer asks for a thumb under its own id, and the thumb is an event of that id', () => {
  const [answer] = after('direct-line-answer').messages.slice(-1);
  const id = feedbackIdOf(answer?.more ?? {});
  expect(id).toBe(answer?.id);
  const events = [thumb(id, false, 'c-2'), thumb(id, true, 'c-3')];
  expect(events[1]).toMatchObject({
    type: 'event',
    name: 'webchat:activity-status/feedback',
    value: { '@type': 'LikeAction', '@id': id },
  });
  expect(ratingOf(events, id)).toBe(true);
  expect(ratingOf(events, 'another')).toBeUndefined();
});

test('the echo settles what was sent', () => {
  const sent = {
    clientActivityId: 'c-1',
    text: 'How long do I have?',
    files: [],
    about: null,
    at: now,
    status: 'accepted',
    fault: '',
  } as const;
  const state = reduce(after('direct-line-answer'), { type: 'outbox', entries: [sent] });
  expect(state.pending).toEqual([]);
});

test('an agent joins as a line of the log and speaks under a name of their own', () => {
  const state = after('direct-line-answer', 'direct-line-agent');
  expect(rows(state).slice(-2)).toMatchObject([
    { author: 'system', text: 'Maeve joined the conversation.', at: Date.UTC(2026, 10, 20, 10, 0, 6) },
    { author: 'agent', name: 'Maeve', text: 'Hello, Maeve here.', at: Date.UTC(2026, 10, 20, 10, 0, 7) },
  ]);
  expect(agentName(state)).toBe('Maeve');
});

test('typing shows who, moves no watermark and is no message', () => {
  expect(golden('direct-line-typing')).not.toHaveProperty('watermark');
  const state = after('direct-line-answer', 'direct-line-typing');
  expect(state.typing).toMatchObject({ typing: 'agent', name: 'Maeve', text: '' });
  expect(state.messages).toHaveLength(2);
});
