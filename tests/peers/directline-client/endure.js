import { connect, pause } from './client.js';

const BETWEEN_MESSAGES_MS = 5;
const BETWEEN_TRIES_MS = 20;

/**
 * Sends numbered messages, one after the other, until the bot says "enough", however often the line is cut. A message of
 * which nobody knows whether it arrived is sent again, as the same one.
 */
export async function endure({ options }) {
  const client = connect(options, (line) => (line.getRetryDelay = () => 0));
  const heard = (id) => client.received.some(({ channelData }) => channelData.clientActivityID === id);
  const ids = [];
  let tries = 0;

  try {
    while (!client.received.some(({ text }) => text === 'enough')) {
      const clientActivityID = `mine-${ids.length}`;
      const message = { type: 'message', text: String(ids.length), channelData: { clientActivityID } };

      for (tries++; (await client.post(message)) === 'retry'; tries++) {
        await pause(BETWEEN_TRIES_MS);
      }

      ids.push(clientActivityID);
      await pause(BETWEEN_MESSAGES_MS);
    }

    await client.until('all of its own messages', () => ids.every(heard));
    await client.until('what was said before the last', () => isWhole(client.received));
    return { sent: ids.length, tries, received: [...client.received] };
  } finally {
    client.close();
  }
}

// The client gives on the activities of different frames side by side, so that the last may come before others.
function isWhole(received) {
  const sequences = new Set(received.map(({ channelData }) => channelData['webchat:sequence-id']));
  return sequences.size === Math.max(...sequences);
}
