import { parse, type Json } from '../wire/json';

export interface Answer {
  /** The HTTP status, or 0 when no answer came: no network, a time-out. */
  status: number;
  ok: boolean;
  body: Json;
  /** How long the server asks to wait (429, 503), else 0. */
  waitMs: number;
}

export const noAnswer: Answer = { status: 0, ok: false, body: {}, waitMs: 0 };

const timeoutMs = 20_000;
const unstatedWaitMs = 5_000;

/** One call. `body` undefined sends none. */
export async function call(
  fetcher: typeof fetch,
  method: 'GET' | 'POST',
  url: string,
  token: string,
  body?: unknown,
): Promise<Answer> {
  try {
    const response = await fetcher(url, {
      method,
      headers: {
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.timeout(timeoutMs),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const { status, ok } = response;
    return {
      status,
      ok,
      body: parse(await response.text()),
      waitMs: waitOf(status, response.headers.get('Retry-After')),
    };
  } catch {
    return noAnswer;
  }
}

/** Retry-After in seconds; as a date, which it may be by the letter, it counts as unstated. */
export const waitOf = (status: number, retryAfter: string | null): number =>
  status === 429 || (status === 503 && retryAfter) ? Number(retryAfter) * 1000 || unstatedWaitMs : 0;

/** Whether the answer will stay no, so that asking again is useless. */
export const isFinal = ({ status }: Answer): boolean => status >= 400 && status < 500 && status !== 429;

/** Whether the token is to blame. */
export const isDenied = ({ status }: Answer): boolean => status === 401 || status === 403;
