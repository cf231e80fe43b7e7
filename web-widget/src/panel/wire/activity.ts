import { list, number, object, text, type Json } from './json';

export type Author = 'customer' | 'bot' | 'agent' | 'system';

export interface Citation {
  position: number;
  title: string;
  url: string;
}

export interface Suggestion {
  title: string;
  /** What is sent as the customer's words. */
  value: string;
}

export interface Message {
  id: string;
  /** The server's order, from 1; 0 when an activity came without one. */
  sequence: number;
  /** Milliseconds since 1970. */
  at: number;
  author: Author;
  name: string;
  text: string;
  /** Set on the customer's own messages: what pairs an echo with what was sent. */
  clientActivityId: string;
  citations: readonly Citation[];
  suggestions: readonly Suggestion[];
}

/** A message, or word that somebody is writing one. */
export type Incoming = Message | { typing: Author; name: string };

/** Reads one Direct Line activity, or null for what a customer is not shown (events, traces, unknown types). */
export function readActivity(raw: unknown, userId: string, now: number): Incoming | null {
  const activity = object(raw);
  const from = object(activity['from']);
  const channelData = object(activity['channelData']);
  const marked = object(channelData['supportbot'])['author'];
  const isOwn = from['role'] === 'user' || (userId !== '' && from['id'] === userId);
  const author = isOwn ? 'customer' : marked === 'agent' || marked === 'system' ? marked : 'bot';
  const name = text(from['name']);
  const id = text(activity['id']);
  const said = text(activity['text']);
  if (activity['type'] === 'typing') {
    return { typing: author, name };
  }
  if (activity['type'] !== 'message' || id === '' || said.trim() === '') {
    return null;
  }
  const isBot = author === 'bot';
  return {
    id,
    sequence: number(channelData['webchat:sequence-id']),
    at: Date.parse(text(activity['timestamp'])) || now,
    author,
    name,
    text: isBot ? said.replace(definition, '').trimEnd() : said,
    clientActivityId: text(channelData['clientActivityID']),
    citations: isBot ? citationsOf(activity) : [],
    suggestions: list(object(activity['suggestedActions'])['actions'])
      .map(object)
      .filter(({ type }) => type === 'imBack' || type === 'postBack')
      .map(({ title, value }) => ({ title: text(title) || text(value), value: text(value) }))
      .filter(({ value }) => value !== ''),
  };
}

/** `[1]: https://host/help/slug "Title"`, alone on a line: for clients that do not read the citation entity. */
const definition = /^ {0,3}\[\d{1,2}\]:[ \t]+\S{1,2000}([ \t]+"[^"\n]{0,300}")?[ \t]*$/gm;

/** From the schema.org entity of the message. */
const citationsOf = (activity: Json): readonly Citation[] =>
  list(activity['entities'])
    .flatMap((entity) => list(object(entity)['citation']))
    .map((claim) => {
      const { name, url } = object(object(claim)['appearance']);
      return { position: number(object(claim)['position']), title: text(name) || text(url), url: text(url) };
    })
    .filter(({ position, url }) => position > 0 && url !== '');
