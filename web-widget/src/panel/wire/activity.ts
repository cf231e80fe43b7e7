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
  /** The live answer that this message ends, or empty. */
  streamId: string;
  /** The activity itself when there is more to it than text and sources: files, a question for a thumb. */
  more: Json | null;
}

/** Word that somebody is writing, with what they have written so far when it is a live answer. */
export interface Typing {
  typing: Author;
  name: string;
  text: string;
  streamId: string;
  /** Counts the parts of a live answer. */
  part: number;
}

/** A message, word that one is being written, or something that the customer did without words, such as a thumb. */
export type Incoming = Message | Typing | { done: Json };

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
  const isBot = author === 'bot';
  const written = text(activity['text']);
  const said = isBot ? written.replace(definition, '').trimEnd() : written;
  const streamId = text(channelData['streamId']);
  const { type } = activity;
  if (type === 'typing') {
    // The first part of a live answer lends its id to the whole.
    return {
      typing: author,
      name,
      text: channelData['streamType'] === 'streaming' ? said : '',
      streamId: streamId || id,
      part: number(channelData['streamSequence']),
    };
  }
  if (type === 'event' && isOwn) {
    return { done: activity };
  }
  const hasFiles = list(activity['attachments']).length > 0;
  if (type !== 'message' || id === '' || (said.trim() === '' && !hasFiles)) {
    return null;
  }
  return {
    id,
    sequence: number(channelData['webchat:sequence-id']),
    at: Date.parse(text(activity['timestamp'])) || now,
    author,
    name,
    text: said,
    clientActivityId: text(channelData['clientActivityID']),
    citations: isBot ? citationsOf(activity) : [],
    suggestions: list(object(activity['suggestedActions'])['actions'])
      .map(object)
      .filter(({ type }) => type === 'imBack' || type === 'postBack')
      .map(({ title, value }) => ({ title: text(title) || text(value), value: text(value) }))
      .filter(({ value }) => value !== ''),
    streamId,
    more: hasFiles || (isBot && 'potentialAction' in entityOf(activity)) ? activity : null,
  };
}

/** `[1]: https://host/help/slug "Title"`, alone on a line: for clients that do not read the citation entity. */
const definition = /^ {0,3}\[\d{1,2}\]:[ \t]+\S{1,2000}([ \t]+"[^"\n]{0,300}")?[ \t]*$/gm;

/** The schema.org description of the message, which holds its sources and what may be done with it. */
export const entityOf = (activity: Json): Json =>
  list(activity['entities'])
    .map(object)
    .find(({ type }) => type === 'https://schema.org/Message') ?? {};

const citationsOf = (activity: Json): readonly Citation[] =>
  list(entityOf(activity)['citation'])
    .map((claim) => {
      const { name, url } = object(object(claim)['appearance']);
      return { position: number(object(claim)['position']), title: text(name) || text(url), url: text(url) };
    })
    .filter(({ position, url }) => position > 0 && url !== '');
