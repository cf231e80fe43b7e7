/** What the fake bot and the fake agent of `npm run dev` answer: one of everything that the panel can show. */
import type { FakeConversation, FakeDirectLine, Script } from './fakeTypes';

export const greeting = {
  text: "Hi, I'm Pip, the shop's assistant. I'm a bot: I answer from our help pages, and I can fetch a person from the team.",
  channelData: { supportbot: { author: 'bot' } },
  suggestedActions: {
    to: [],
    actions: [
      { type: 'imBack', title: 'Delivery prices', value: 'What does delivery cost?' },
      { type: 'imBack', title: 'Return an item', value: 'How do I return an item?' },
      { type: 'imBack', title: 'Talk to a person', value: 'I would like to talk to a person' },
    ],
  },
};

const maria = { id: 'maria', name: 'Maria', role: 'bot' };
const agent = { channelData: { supportbot: { author: 'agent' } } };
const system = { from: { id: 'system', role: 'bot' }, channelData: { supportbot: { author: 'system' } } };

export const shopScript: Script = (fake, conversation, text) => {
  const said = text.toLowerCase();
  if (/person|human|maria/.test(said)) {
    after(600, () => fake.say(conversation, { ...system, text: 'Maria joined the conversation' }));
    after(1200, () => fake.publish(conversation, { type: 'typing', from: maria, ...agent }));
    after(3500, () =>
      fromMaria(fake, conversation, 'Hi, Maria here. Which order is it about?\nIt looks like TT-123456.'),
    );
  } else if (/long|stream/.test(said)) {
    stream(fake, conversation);
  } else {
    after(400, () => fake.publish(conversation, { type: 'typing' }));
    after(1400, () => fake.say(conversation, /deliver|cost|price/.test(said) ? deliveryAnswer(fake.origin) : askBack));
  }
};

/** A live answer: parts that are not stored, then the message that takes their place. */
function stream(fake: FakeDirectLine, conversation: FakeConversation): void {
  const words = streamed.split(' ');
  const streamId = `${conversation.id}-e1`;
  words.forEach((_, index) =>
    after(150 * (index + 1), () =>
      fake.publish(conversation, {
        type: 'typing',
        id: index === 0 ? streamId : `${streamId}-${index}`,
        text: words.slice(0, index + 1).join(' '),
        channelData: { streamType: 'streaming', streamSequence: index + 1, ...(index > 0 && { streamId }) },
      }),
    ),
  );
  const channelData = { supportbot: { author: 'bot' }, streamType: 'final', streamId };
  after(150 * (words.length + 2), () =>
    fake.say(conversation, { ...deliveryAnswer(fake.origin), text: streamed, channelData }),
  );
}

const streamed =
  'Standard delivery takes **2 to 3 working days** and costs €4.95. [1] It is free from €60, and orders placed before 14:00 leave the same day. [2]';

const after = (milliseconds: number, act: () => void): void => void setTimeout(act, milliseconds);

const fromMaria = (fake: FakeDirectLine, conversation: FakeConversation, text: string): unknown =>
  fake.say(conversation, { from: maria, text, ...agent });

const askBack = {
  text: 'I am not sure that I understood. Is it about one of these?',
  channelData: { supportbot: { author: 'bot' } },
  suggestedActions: {
    to: [],
    actions: [
      { type: 'imBack', title: 'Delivery options', value: 'Delivery options' },
      { type: 'imBack', title: 'Something else', value: 'I would like to talk to a person' },
    ],
  },
};

const deliveryAnswer = (origin: string) => ({
  text: [
    'Within Ireland you choose at the checkout: [1]',
    '',
    '- **Standard**, 2 to 3 working days, €4.95; free from €60',
    '- **Express**, the next working day, €9.95',
    '- **Click and collect** in our Galway shop, free',
    '',
    'Orders placed before *14:00* leave the same day. [2]',
    '',
    `[1]: ${origin}/help/delivery-options-and-prices "Delivery options and prices"`,
    `[2]: ${origin}/help/delivery-times "Delivery times"`,
  ].join('\n'),
  channelData: { supportbot: { author: 'bot' } },
  entities: [
    {
      type: 'https://schema.org/Message',
      '@type': 'Message',
      citation: [
        ['Delivery options and prices', 'delivery-options-and-prices'],
        ['Delivery times', 'delivery-times'],
      ].map(([name, slug], index) => ({
        '@type': 'Claim',
        position: index + 1,
        appearance: { '@type': 'DigitalDocument', name, url: `${origin}/help/${slug}` },
      })),
      potentialAction: ['LikeAction', 'DislikeAction'].map((type) => ({ '@type': type, '@id': 'delivery' })),
    },
  ],
});
