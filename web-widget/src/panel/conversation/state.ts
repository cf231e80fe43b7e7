import type { Incoming, Message, Suggestion, Typing } from '../wire/activity';
import type { Json } from '../wire/json';
import type { Company } from '../wire/session';
import { place } from './order';
import type { Outgoing } from './outbox';

/** `refused`: the server does not serve this page (unknown site, foreign origin); only the customer tries again. */
export type Connection = 'connecting' | 'online' | 'reconnecting' | 'offline' | 'refused';

export interface State {
  connection: Connection;
  company: Company;
  conversationId: string;
  /** Whether the stored history has been read, so that what follows is news. */
  caughtUp: boolean;
  messages: readonly Message[];
  /** Sent by the customer and not among the messages yet, oldest first. */
  pending: readonly Outgoing[];
  typing: Typing | null;
  /** What the customer did without words, oldest first. */
  done: readonly Json[];
  /** The highest sequence that the customer has had on screen. */
  read: number;
}

export type Event =
  | { type: 'connection'; connection: Connection }
  | { type: 'joined'; conversationId: string; company: Company }
  | { type: 'received'; incoming: readonly Incoming[] }
  | { type: 'caughtUp' }
  | { type: 'typingEnded' }
  | { type: 'outbox'; entries: readonly Outgoing[] }
  | { type: 'read'; sequence: number }
  | { type: 'forgotten' };

export const initialState: State = {
  connection: 'connecting',
  company: { name: '', bot: '' },
  conversationId: '',
  caughtUp: false,
  messages: [],
  pending: [],
  typing: null,
  done: [],
  read: 0,
};

export function reduce(state: State, event: Event): State {
  switch (event.type) {
    case 'connection':
      return { ...state, connection: event.connection };
    case 'joined': {
      const { conversationId, company } = event;
      // Another conversation than the one shown (the old one could not be resumed): its messages make room.
      const isOther = state.conversationId !== '' && state.conversationId !== conversationId;
      const { connection, pending } = state;
      return { ...(isOther ? { ...initialState, connection, pending } : state), typing: null, conversationId, company };
    }
    case 'received':
      return event.incoming.reduce(receive, state);
    case 'caughtUp':
      return { ...state, caughtUp: true };
    case 'typingEnded':
      return { ...state, typing: null };
    case 'outbox':
      return { ...state, pending: event.entries.filter((entry) => !isShown(state, entry)) };
    case 'read':
      return { ...state, read: Math.max(state.read, event.sequence) };
    case 'forgotten':
      return { ...initialState, company: state.company };
  }
}

function receive(state: State, incoming: Incoming): State {
  if ('done' in incoming) {
    return { ...state, done: [...state.done, incoming.done] };
  }
  if ('typing' in incoming) {
    return isNews(state, incoming) ? { ...state, typing: incoming } : state;
  }
  const messages = place(state.messages, incoming);
  const pending = state.pending.filter((entry) => !isShown({ messages }, entry));
  return { ...state, messages, pending, typing: incoming.author === 'customer' ? state.typing : null };
}

/** Not one's own typing in another tab, nor what a live answer has gone beyond: parts may come late. */
const isNews = ({ typing, messages }: State, { typing: author, streamId, text, part }: Typing): boolean =>
  author !== 'customer' &&
  !(typing?.text && (!text || (typing.streamId === streamId && typing.part > part))) &&
  !(text && messages.some((message) => message.streamId === streamId));

export const isShown = (
  { messages }: Pick<State, 'messages'>,
  { clientActivityId }: Pick<Outgoing, 'clientActivityId'>,
): boolean => messages.some((message) => message.clientActivityId === clientActivityId);

export const unread = ({ messages, read }: State): number =>
  messages.filter(({ author, sequence }) => (author === 'bot' || author === 'agent') && sequence > read).length;

export const lastSequence = ({ messages }: State): number => messages.at(-1)?.sequence ?? 0;

/** Offered until the customer says anything. */
export const suggestions = ({ messages, pending }: State): readonly Suggestion[] =>
  pending.length > 0 ? [] : (messages.at(-1)?.suggestions ?? []);

/** The human who spoke last, or empty while it is the bot's turn. */
export function agentName({ messages }: State): string {
  const last = messages.findLast(({ author }) => author === 'agent' || author === 'bot');
  return last?.author === 'agent' ? last.name : '';
}
