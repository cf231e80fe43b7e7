import { connect, first, pause } from './client.js';
import { hurried } from './hurry.js';

export { endure } from './endure.js';

const TEXT = 'Hello, Pip!';
const BETWEEN_MESSAGES_MS = 20;

/** What the bot echoes travels in its channel data. */
const isEcho = ({ channelData }) => channelData?.originalActivity?.text === TEXT;

const fromBot = ({ from }) => from.role === 'bot';

/** A story with a client, which is closed whatever happens. */
const withClient = (story) => async ({ options, userId, ...rest }) => {
  const client = connect(options, (line) => userId && line.setUserId(userId));
  try {
    return await story(client, rest);
  } finally {
    client.close();
  }
};

/** Says something and waits until both the client's own message and the bot's echo are back. */
export const talk = withClient(async (client) => {
  const id = await client.post({ type: 'message', text: TEXT, channelData: { clientActivityID: 'mine' } });
  await client.activity('the echo of the bot', isEcho);
  await client.activity('its own message', (activity) => activity.id === id);
  return { id, received: [...client.received], statuses: [...client.statuses] };
});

/** Reads what is said without saying anything. */
export const listen = withClient(async (client, { count }) => {
  await client.until(`${count} activities`, () => client.received.length >= count);
  const { conversationId, token, watermark } = client.line;
  return { received: [...client.received], conversationId, token, watermark };
});

/** Sees the bot type, and shows that the user is typing. */
export const type = withClient(async (client) => {
  await client.activity('the greeting', fromBot);
  const { watermark } = client.line;
  const bots = await client.activity('typing of the bot', (activity) => activity.type === 'typing' && fromBot(activity));
  const id = await client.post({ type: 'typing' });
  const own = await client.activity('its own typing', (activity) => activity.id === id);
  return { watermark, watermarkAfter: client.line.watermark, own, bots };
});

/** Sends files, and fetches what became of them as a page does that shows them: without a token. */
export const upload = withClient(async (client, { files }) => {
  const attachments = files.map(({ name, contentType, base64 }) => ({ name, contentType, contentUrl: `data:${contentType};base64,${base64}` }));
  const id = await client.post({ type: 'message', text: TEXT, attachments });
  const own = await client.activity('its own message', (activity) => activity.id === id);
  const echo = await client.activity('the echo of the bot', isEcho);
  return { own, echo, fetched: await Promise.all(own.attachments.map(({ contentUrl }) => fetched(contentUrl))) };
});

/** Stays until the client has refreshed its token, for which it waits 15 minutes, and uses the new one. */
export async function refresh({ options }) {
  return withClient(async (client) => {
    await client.online();
    const before = client.line.token;
    await client.until('another token', () => client.line.token !== before);
    const after = client.line.token;
    await client.post({ type: 'message', text: TEXT });
    await client.activity('the echo of the bot', isEcho);
    return { before, after, statuses: [...client.statuses] };
  })({ options: { ...options, scheduler: hurried(600) } });
}

/** Goes on posting until that is refused for good. */
export const outlive = withClient(async (client) => {
  await client.online();
  try {
    for (;;) {
      await client.post({ type: 'message', text: TEXT });
      await pause(BETWEEN_MESSAGES_MS);
    }
  } catch ({ status }) {
    return { status };
  }
});

/**
 * Posts in a great hurry. What is refused for that, the client calls worth another try: it means to wait as it is told and
 * to give the error on, and fails at that for want of an operator that it does not load.
 */
export const rush = withClient(async (client, { count }) => {
  await client.online();
  const ids = await Promise.all(Array.from({ length: count }, () => client.post({ type: 'message', text: TEXT })));
  return { ids, statuses: [...client.statuses] };
});

/** Names its user too late. */
export const rename = withClient(async (client) => {
  await client.online();
  try {
    client.line.setUserId('too-late');
    return { error: null };
  } catch (error) {
    return { error: error.message };
  }
});

/** Asks for the session of a cookie, which is a request with credentials. */
export const session = withClient(async (client) => {
  await client.online();
  return { sessionId: await first(client.line.getSessionId()) };
});

/** Ends. */
export const end = withClient(async (client) => {
  await client.activity('the greeting', fromBot);
  client.close();
  return { statuses: client.statuses };
});

function fetched(url) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('GET', url);
    request.responseType = 'arraybuffer';
    request.onload = () =>
      resolve({
        status: request.status,
        contentType: request.getResponseHeader('Content-Type'),
        base64: Buffer.from(request.response).toString('base64')
      });
    request.onerror = () => reject(new Error(`${url} cannot be fetched by a page.`));
    request.send();
  });
}
