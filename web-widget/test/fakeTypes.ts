import type { ServerResponse } from 'node:http';
import type { WebSocket } from 'ws';

export interface FakeActivity {
  id?: string;
  type: string;
  text?: string;
  timestamp?: string;
  from?: { id?: string; name?: string; role?: string };
  channelData?: Record<string, unknown>;
  [field: string]: unknown;
}

export interface FakeConversation {
  id: string;
  userId: string;
  started: boolean;
  log: FakeActivity[];
  streams: Set<WebSocket>;
  /** Typing activities that came from the customer. */
  typings: number;
}

export interface Fault {
  path: RegExp;
  /** 0: the request is carried out, but its answer is lost on the way. */
  status: number;
  code: string;
  retryAfter?: string;
  times: number;
}

/** What the bot does upon a customer's message; called after it is in the log. */
export type Script = (fake: FakeDirectLine, conversation: FakeConversation, text: string) => void;

export interface FakeDirectLine {
  readonly origin: string;
  readonly conversations: Map<string, FakeConversation>;
  /** `METHOD /path` of every request, in order. */
  readonly requests: string[];
  /** Whether streams may be opened. */
  streamsAllowed: boolean;
  /** A server that is down: connections are cut. */
  down: boolean;
  fail(fault: Partial<Fault> & Pick<Fault, 'path' | 'status'>): void;
  expireTokens(): void;
  /** As if the server's data were lost. */
  forgetAll(): void;
  dropStreams(): void;
  /** Stores and publishes an activity, as the bot unless it says otherwise. */
  say(conversation: FakeConversation, activity: Partial<FakeActivity>): FakeActivity;
  /** Publishes without storing. */
  publish(conversation: FakeConversation, activity: Partial<FakeActivity>): void;
  only(): FakeConversation;
  close(): Promise<void>;
}

export interface Options {
  port?: number;
  script?: Script;
  greeting?: Partial<FakeActivity>;
  /** Answers what is not part of the protocol: pages and files. False: not found. */
  files?: (path: string, response: ServerResponse) => boolean;
}
