import { number, object, text, type Json } from './json';

export interface Company {
  name: string;
  bot: string;
}

/** The right to one conversation, as the browser keeps it. */
export interface Session {
  token: string;
  conversationId: string;
  userId: string;
  /** Prefix of every Direct Line address, without a trailing slash. */
  domain: string;
  /** Milliseconds since 1970, by this machine's clock. */
  expiresAt: number;
  /** When to ask for a new token, well before the old one expires. */
  refreshAt: number;
  /** Whether the conversation was started: then it is joined, not started again. */
  started: boolean;
  company: Company;
}

/**
 * Reads what the browser kept or what `POST /widget/token` answered; null when it is neither. The answer's lifetime
 * is added with `withToken`.
 */
export function readSession(json: Json): Session | null {
  const company = object(json['company']);
  const session = {
    token: text(json['token']),
    conversationId: text(json['conversationId']),
    userId: text(json['userId']),
    domain: text(json['domain']),
    expiresAt: number(json['expiresAt']),
    refreshAt: number(json['refreshAt']),
    started: json['started'] === true,
    company: { name: text(company['name']), bot: text(company['bot']) },
  };
  return session.token && session.conversationId && session.domain ? session : null;
}

/** The same session with the token that an answer brought. Without one the old token stays. */
export function withToken(session: Session, answer: Json, now: number): Session {
  const token = text(answer['token']);
  const lifetime = number(answer['expires_in']) * 1000;
  return token === '' ? session : { ...session, token, expiresAt: now + lifetime, refreshAt: now + lifetime * 0.75 };
}
