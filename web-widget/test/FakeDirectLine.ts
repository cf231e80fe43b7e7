/**
 * A stand-in for the service in tests and for `npm run dev`: a real HTTP and WebSocket server on loopback that keeps
 * conversations in memory and speaks what the widget needs of Direct Line 3.0. Faults can be switched on: lost
 * answers, refusals, a server that is down, expired tokens, dropped and forbidden streams.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { readUpload, type FakeFile } from './fakeUploads';
import type { FakeActivity, FakeConversation, FakeDirectLine, Fault, Options, Script } from './fakeTypes';

const lifetimeSeconds = 3600;
const nobody: Script = () => undefined;

export async function startFakeDirectLine(options: Options = {}): Promise<FakeDirectLine> {
  const { script = nobody, greeting = { text: "Hi, I'm Pip." } } = options;
  const conversations = new Map<string, FakeConversation>();
  const tokens = new Map<string, { conversationId: string; valid: boolean }>();
  const faults: Fault[] = [];
  const stored: FakeFile[] = [];
  const requests: string[] = [];
  const sockets = new WebSocketServer({ noServer: true });
  let last = 0;
  const fresh = (prefix: string): string => `${prefix}${(last += 1)}`;

  const server: Server = createServer((request, response) => void answer(request, response));
  server.on('upgrade', (request, socket, head) => {
    const [, id = '', from = ''] =
      /^\/v3\/directline\/conversations\/([^/]+)\/stream\?watermark=(\d*)/.exec(request.url ?? '') ?? [];
    const conversation = conversations.get(id);
    if (fake.down || !fake.streamsAllowed || conversation === undefined) {
      socket.destroy();
      return;
    }
    sockets.handleUpgrade(request, socket, head, (stream) => {
      conversation.streams.add(stream);
      stream.on('close', () => conversation.streams.delete(stream));
      stream.send('');
      const missed = conversation.log.slice(Number(from));
      if (missed.length > 0) {
        stream.send(JSON.stringify({ activities: missed, watermark: String(conversation.log.length) }));
      }
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/' } = request;
    const path = url.replace(/\?.*/, '');
    if (fake.down) {
      request.socket.destroy();
      return;
    }
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Allow-Headers', '*, Authorization');
    response.setHeader('Access-Control-Expose-Headers', 'Retry-After');
    if (method === 'OPTIONS') {
      response.writeHead(204).end();
      return;
    }
    requests.push(`${method} ${path}`);
    const fault = faults.find((other) => other.times > 0 && other.path.test(`${method} ${path}`));
    if (fault !== undefined) {
      fault.times -= 1;
      if (fault.status > 0) {
        if (fault.retryAfter !== undefined) {
          response.setHeader('Retry-After', fault.retryAfter);
        }
        reply(response, fault.status, { error: { code: fault.code, message: 'As asked.' } });
        return;
      }
    }
    const bytes = await read(request);
    const file = /\/attachments\/(\d+)\//.exec(path)?.[1];
    if (file !== undefined) {
      const { type = '', bytes: content } = stored[Number(file)] ?? {};
      response.writeHead(content ? 200 : 404, { 'Content-Type': type }).end(content);
      return;
    }
    const { status, body: result } = path.endsWith('/upload')
      ? handle(method, url, request.headers.authorization ?? '', { type: '' }, () => takeFiles(request, bytes))
      : handle(
          method,
          url,
          request.headers.authorization ?? '',
          JSON.parse(bytes.toString() || '{}') as FakeActivity & { token?: string },
        );
    if (fault !== undefined) {
      request.socket.destroy();
    } else if (status !== 404 || options.files?.(path, response) !== true) {
      reply(response, status, result);
    }
  }

  /** The message of an upload, or null when one of its files is of no known kind. */
  function takeFiles(request: IncomingMessage, body: Buffer): FakeActivity | null {
    const { activity, files } = readUpload(request.headers['content-type'] ?? '', body);
    if (files.some(({ type }) => type === '')) {
      return null;
    }
    const attachments = files.map((file) => ({
      contentType: file.type,
      name: file.name,
      contentUrl: `${fake.origin}/v3/directline/conversations/c/attachments/${stored.push(file) - 1}/${encodeURIComponent(file.name)}`,
    }));
    return { ...activity, attachments };
  }

  function handle(
    method: string,
    url: string,
    authorization: string,
    body: FakeActivity & { token?: string },
    upload?: () => FakeActivity | null,
  ) {
    const refuse = (status: number, code: string) => ({ status, body: { error: { code, message: code } } });
    if (method === 'POST' && url === '/widget/token') {
      return { status: 200, body: grant(body.token) };
    }
    const [, rest] = /^\/v3\/directline(\/.*)$/.exec(url) ?? [];
    if (rest === undefined) {
      return refuse(404, 'NotFound');
    }
    const token = tokens.get(authorization.replace('Bearer ', ''));
    if (token === undefined || !token.valid) {
      return refuse(403, 'TokenExpired');
    }
    const conversation = conversations.get(token.conversationId);
    if (conversation === undefined) {
      return refuse(404, 'ConversationNotFound');
    }
    const from = Number(/watermark=(\d+)/.exec(url)?.[1] ?? 0);
    if (method === 'POST' && rest === '/tokens/refresh') {
      return { status: 200, body: tokenFor(conversation) };
    }
    if (method === 'POST' && rest === '/conversations') {
      const status = conversation.started ? 200 : 201;
      if (!conversation.started) {
        conversation.started = true;
        fake.say(conversation, greeting);
      }
      return { status, body: { ...tokenFor(conversation), streamUrl: streamUrl(conversation, 0) } };
    }
    if (!conversation.started) {
      return refuse(404, 'ConversationNotFound');
    }
    if (upload) {
      const activity = upload();
      return activity
        ? { status: 200, body: { id: receive(conversation, activity) } }
        : refuse(415, 'UnsupportedMediaType');
    }
    if (rest.endsWith('/activities') && method === 'POST') {
      return { status: 200, body: { id: receive(conversation, body) } };
    }
    return rest.includes('/activities')
      ? { status: 200, body: { activities: conversation.log.slice(from), watermark: String(conversation.log.length) } }
      : { status: 200, body: { ...tokenFor(conversation), streamUrl: streamUrl(conversation, from) } };
  }

  function grant(previous: string | undefined) {
    const known = conversations.get(tokens.get(previous ?? '')?.conversationId ?? '');
    const id = fresh('c');
    const conversation = known ?? { id, userId: `dl_${id}`, started: false, log: [], streams: new Set(), typings: 0 };
    conversations.set(conversation.id, conversation);
    return {
      ...tokenFor(conversation),
      userId: conversation.userId,
      domain: `${fake.origin}/v3/directline`,
      resumed: known !== undefined,
      company: { name: 'Tarn & Trail', bot: 'Pip' },
    };
  }

  function tokenFor({ id }: FakeConversation) {
    const token = fresh('t');
    tokens.set(token, { conversationId: id, valid: true });
    return { conversationId: id, token, expires_in: lifetimeSeconds };
  }

  const streamUrl = ({ id }: FakeConversation, from: number): string =>
    `${fake.origin.replace('http', 'ws')}/v3/directline/conversations/${id}/stream?watermark=${from}`;

  function receive(conversation: FakeConversation, activity: FakeActivity): string {
    if (activity.type === 'typing') {
      conversation.typings += 1;
      return fresh('typing');
    }
    const clientId = activity.channelData?.['clientActivityID'];
    const same = conversation.log.find(
      (other) => clientId !== undefined && other.channelData?.['clientActivityID'] === clientId,
    );
    if (same?.id !== undefined) {
      return same.id;
    }
    const said = fake.say(conversation, { ...activity, from: { id: conversation.userId, role: 'user' } });
    if (activity.type === 'message') {
      script(fake, conversation, activity.text ?? '');
    }
    return said.id ?? '';
  }

  const fake: FakeDirectLine = {
    origin: '',
    conversations,
    requests,
    streamsAllowed: true,
    down: false,
    fail: (fault) => void faults.push({ code: 'Refused', times: 1, ...fault }),
    expireTokens: () => tokens.forEach((token) => (token.valid = false)),
    forgetAll() {
      fake.dropStreams();
      conversations.clear();
    },
    dropStreams: () => conversations.forEach(({ streams }) => streams.forEach((stream) => stream.terminate())),
    say(conversation, activity) {
      const stored: FakeActivity = {
        type: 'message',
        from: { id: 'pip', name: 'Pip', role: 'bot' },
        timestamp: new Date().toISOString(),
        conversation: { id: conversation.id },
        channelId: 'directline',
        ...activity,
        id: `${conversation.id}-${conversation.log.length + 1}`,
        channelData: { ...activity.channelData, 'webchat:sequence-id': conversation.log.length + 1 },
      };
      conversation.log.push(stored);
      const frame = JSON.stringify({ activities: [stored], watermark: String(conversation.log.length) });
      conversation.streams.forEach((stream) => stream.send(frame));
      return stored;
    },
    publish(conversation, activity) {
      const frame = JSON.stringify({ activities: [{ from: { id: 'pip', name: 'Pip', role: 'bot' }, ...activity }] });
      conversation.streams.forEach((stream) => stream.send(frame));
    },
    only() {
      const [conversation, ...more] = conversations.values();
      if (conversation === undefined || more.length > 0) {
        throw new Error(`There are ${conversations.size} conversations, not one.`);
      }
      return conversation;
    },
    async close() {
      sockets.clients.forEach((client) => client.terminate());
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  return Object.assign(fake, { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}
