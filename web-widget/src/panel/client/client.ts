import { isShown, type Event, type State } from '../conversation/state';
import { readActivity } from '../wire/activity';
import type { Outgoing } from '../conversation/outbox';
import { list, text, type Json } from '../wire/json';
import type { Session } from '../wire/session';
import { backoff } from './backoff';
import { call, isDenied, isFinal, type Answer } from './http';
import { createOutboxStorage } from './outboxStorage';
import { createPause } from './pause';
import type { Platform } from './platform';
import { createSender, post, type Upload } from './sender';
import { createSessions } from './sessions';
import { openStream, type Stream } from './stream';

/** A Direct Line 3.0 client for one site: keeps one conversation connected and what the customer sends in order. */
export interface Client {
  start(): void;
  /** Queues a message. It is sent now, when the network is back, or after the next reload. */
  say(text: string, files?: HeldFiles): void;
  /** Sends a failed message again, as the same message, with what is still to go with it. */
  retry(entry: Outgoing): void;
  /** Gives up a failed message. */
  remove(entry: Outgoing): void;
  /** Sends something that is no message, at once or not at all. Whether it arrived. */
  post(activity: Json): Promise<boolean>;
  /** Tells the other side that the customer is writing. Calls within 3 s of the last are dropped. */
  typing(): void;
  /** The network came or went, the page became visible: see at once whether all is well. */
  nudge(): void;
  /** Another tab changed what the tabs share. */
  storageChanged(key: string): void;
  /** Erases what the tabs share; every tab then dispatches `forgotten`, upon which its owner stops this client. */
  forget(): void;
  stop(): void;
}

/** Files kept for a message, under the id that it is going to have. */
export interface HeldFiles {
  clientActivityId: string;
  /** Their names. */
  files: readonly string[];
}

interface Needs {
  platform: Platform;
  site: string;
  /** Where the widget came from, with a trailing slash. */
  server: string;
  /** A token to begin with instead of what this browser keeps. */
  resume?: string | undefined;
  upload: Upload;
  /** What the server is told of the page, as long as it changes. */
  about(): Json;
  state(): State;
  dispatch(event: Event): void;
}

const typingEveryMs = 3_000;
const pollEveryMs = 3_000;
/** After this many sockets that never opened, something between here and the server forbids them. */
const socketsBeforePolling = 2;
const refreshCheckMs = 30_000;

export function createClient({ platform, site, server, resume, upload, about, state, dispatch }: Needs): Client {
  const showOutbox = (): void => dispatch({ type: 'outbox', entries: outbox.all() });
  const sessions = createSessions(platform, site, server, resume);
  const outbox = createOutboxStorage(platform.storage, site, showOutbox);
  const { pause, hurry } = createPause(platform.pace);
  const sendWaiting = createSender({ platform, sessions, outbox, pause, upload, rejoin, stopped: () => stopped });
  let running = false;
  let stopped = false;
  /** Whether the conversation is joined: what is said before is sent then. */
  let ready = false;
  let joinedId = '';
  let watermark = '';
  let stream: Stream | undefined;
  let deadSockets = 0;
  let attempt = 0;
  let lastTyping = -Infinity;
  let told = '';
  let refreshing: ReturnType<typeof setInterval> | undefined;

  async function run(): Promise<void> {
    dispatch({ type: 'connection', connection: 'connecting' });
    while (!stopped) {
      const failure = await connectOnce();
      if (stopped) {
        return;
      }
      if (failure !== null && isFinal(failure)) {
        console.warn('SupportBot:', failure.body['error']);
        running = false;
        dispatch({ type: 'connection', connection: 'refused' });
        return;
      }
      const polling = failure === null && deadSockets >= socketsBeforePolling;
      const lost = platform.isOffline() ? 'offline' : 'reconnecting';
      dispatch({ type: 'connection', connection: polling ? 'online' : lost });
      const waitMs = polling ? pollEveryMs : backoff(attempt, platform.random());
      await pause(failure?.waitMs || waitMs, !!failure?.waitMs);
      attempt += 1;
    }
  }

  /** Everything from the token to the end of the stream. Null: the stream ended; otherwise why there was none. */
  async function connectOnce(): Promise<Answer | null> {
    const session = await sessions.obtain();
    if (stopped || 'status' in session) {
      return stopped ? null : (session as Answer);
    }
    const { domain, conversationId, token, company, started } = session;
    if (conversationId !== joinedId) {
      joinedId = conversationId;
      watermark = '';
    }
    const from = (rest: string): string => `${domain}/conversations/${conversationId}${rest}?watermark=${watermark}`;
    const joined = started
      ? await call(platform.fetch, 'GET', from(''), token)
      : await call(platform.fetch, 'POST', `${domain}/conversations`, token, { locale: 'en' });
    if (stopped || !joined.ok) {
      return deny(session, joined);
    }
    sessions.started(session, joined.body);
    dispatch({ type: 'joined', conversationId, company });
    // Over REST and not only the stream: history shows even where web sockets are forbidden.
    const history = await call(platform.fetch, 'GET', from('/activities'), sessions.current()?.token ?? '');
    if (stopped || !history.ok) {
      return deny(session, history);
    }
    receive(history.body);
    dispatch({ type: 'caughtUp' });
    // Accepted, yet not in the log that was just read: said in a conversation that is gone, or lost. Said again.
    outbox.all().forEach((entry) => entry.status === 'accepted' && outbox.put({ ...entry, status: 'queued' }));
    ready = true;
    sendWaiting();
    stream = openStream(platform, text(joined.body['streamUrl']), opened, receive);
    deadSockets = (await stream.ended) ? 0 : deadSockets + 1;
    stream = undefined;
    return null;
  }

  /** A token that is no longer taken is renewed, a conversation that is gone is replaced: both by trying again. */
  function deny(session: Session, answer: Answer): Answer {
    if (answer.status === 404 || (isDenied(answer) && attempt > 2)) {
      sessions.forget();
    } else if (isDenied(answer)) {
      sessions.reject(session.token);
    }
    return { ...answer, status: 0 };
  }

  function opened(): void {
    attempt = 0;
    dispatch({ type: 'connection', connection: 'online' });
  }

  function receive(set: Json): void {
    const userId = sessions.current()?.userId ?? '';
    const incoming = list(set['activities'])
      .map((activity) => readActivity(activity, userId, platform.now()))
      .filter((activity) => activity !== null);
    watermark = text(set['watermark']) || watermark;
    if (incoming.length > 0) {
      dispatch({ type: 'received', incoming });
      outbox.all().forEach((entry) => isShown(state(), entry) && outbox.remove(entry.clientActivityId));
    }
  }

  /** Ends the stream, so that `run` starts again with whatever session there is now. */
  function rejoin(): void {
    ready = false;
    stream?.close();
    hurry();
  }

  function queue(entry: Outgoing): void {
    outbox.put({ ...entry, status: 'queued' });
    if (ready) {
      sendWaiting();
    }
  }

  return {
    start() {
      if (!running && !stopped) {
        running = true;
        attempt = 0;
        showOutbox();
        refreshing ??= setInterval(() => void sessions.refresh(), refreshCheckMs);
        void run();
      }
    },
    say(said, held = { clientActivityId: platform.newId(), files: [] }) {
      const page = about();
      const now = JSON.stringify(page);
      queue({
        ...held,
        text: said,
        about: now === told ? null : page,
        at: platform.now(),
        status: 'queued',
        fault: '',
      });
      told = now;
    },
    retry: queue,
    remove: ({ clientActivityId }) => outbox.remove(clientActivityId),
    post: async (activity) => (await post(platform, sessions, activity))?.ok === true,
    typing() {
      if (stream && platform.now() - lastTyping >= typingEveryMs) {
        lastTyping = platform.now();
        void post(platform, sessions, { type: 'typing' });
      }
    },
    nudge() {
      if (platform.isOffline()) {
        stream?.close();
      } else {
        stream?.checkAlive();
        void sessions.refresh();
        hurry();
      }
    },
    storageChanged(key) {
      if (key.startsWith(outbox.prefix)) {
        showOutbox();
      } else if (key === sessions.key && joinedId !== '') {
        const session = sessions.current();
        if (session === null) {
          dispatch({ type: 'forgotten' });
        } else if (session.conversationId !== joinedId) {
          rejoin();
        }
      }
    },
    forget() {
      outbox.all().forEach(({ clientActivityId }) => outbox.remove(clientActivityId));
      sessions.forget();
      dispatch({ type: 'forgotten' });
    },
    stop() {
      stopped = true;
      clearInterval(refreshing);
      stream?.close();
      hurry(true);
    },
  };
}
