import type { Evidence } from "../src/wire/conversation";
import type { Me } from "../src/wire/session";
import { createFakeWorld, type FakeWorld } from "./fakeWorld";

const COMPANY: Me["company"] = {
  name: "Tarn & Trail",
  bot: "Pip",
  timeZone: "Europe/Dublin",
  queues: [
    { name: "orders", title: "Orders" },
    { name: "returns", title: "Returns and refunds" },
    { name: "payments", title: "Payments" },
    { name: "gear", title: "Gear advice" },
    { name: "general", title: "General" },
  ],
};

export const MARIA: Me = { id: "a-maria", name: "Maria Byrne", email: "maria@tarnandtrail.example", roles: ["Agent"], company: COMPANY };
export const DARA: Me = { id: "a-dara", name: "Dara Kelly", email: "dara@tarnandtrail.example", roles: ["Agent", "Manager"], company: COMPANY };

export const REFUND_EVIDENCE: Evidence = {
  reasonCode: "LowConfidence",
  rule: "answer-probability-below-threshold",
  explanation: "The refund policy was found, but it does not say what happens when a parcel was returned without its label.",
  intent: { name: "get_refund", title: "Get a refund", confidence: 0.71 },
  alternatives: [
    { name: "track_refund", title: "Where is my refund", confidence: 0.19 },
    { name: "check_refund_policy", title: "What the refund rules are", confidence: 0.06 },
  ],
  passages: [
    {
      slug: "returns-and-refunds",
      title: "Returns and refunds",
      heading: "When your money is back",
      score: 11.42,
      excerpt: "Once your parcel has reached our warehouse in Galway we check it within two working days and refund the way you paid.",
    },
    {
      slug: "return-labels",
      title: "Return labels",
      heading: "Printing a label again",
      score: 7.9,
      excerpt: "Sign in, open the order and choose Return items. The label can be printed as often as you need it.",
    },
  ],
  answerProbability: 0.46,
  threshold: 0.74,
};

const ASKED_FOR_HUMAN: Evidence = {
  ...REFUND_EVIDENCE,
  reasonCode: "AskedForHuman",
  rule: "customer-asked-for-human",
  explanation: "The customer asked to speak to a person.",
  intent: { name: "contact_human_agent", title: "Speak to a person", confidence: 0.97 },
  alternatives: [],
  passages: [],
  answerProbability: null,
  threshold: null,
};

/** A day at the sample company: some wait, one is being answered, most are with the bot. */
export function createSampleWorld(now = Date.now()): FakeWorld {
  let time = now;
  const at = (secondsAgo: number): void => {
    time = now - secondsAgo * 1000;
  };
  let live = false;
  const world = createFakeWorld(() => (live ? Date.now() : time));

  at(26 * 3600);
  world.open({ id: "c-refund", customerName: "Aoife Brennan", subject: "Refund for order TT-204518" });
  world.append("c-refund", "bot", "Pip", "Hello, I am Pip, the bot of Tarn & Trail. What can I do for you?");
  const first = world.append("c-refund", "customer", "Aoife Brennan", "Hi, how long does a refund take once you have the parcel?");
  world.append("c-refund", "bot", "Pip", "We check a returned parcel **within two working days** and then refund the way you paid. [1]", {
    replyToId: first.id,
    citations: [{ position: 1, title: "Returns and refunds", url: "http://localhost/help/returns-and-refunds" }],
    evidence: { ...REFUND_EVIDENCE, reasonCode: "Answered", rule: "answer", explanation: "A passage answers the question.", answerProbability: 0.93 },
  });
  at(540);
  world.append(
    "c-refund",
    "customer",
    "Aoife Brennan",
    "It has been nine days now. I sent the boots back without the label because my printer is broken, order TT-204518.\nWill I still get my money?",
  );
  at(537);
  world.append("c-refund", "bot", "Pip", "I am not sure about that one, so I am bringing in a colleague. They see everything that you wrote here.");
  world.escalate("c-refund", REFUND_EVIDENCE, "returns", "high");
  world.change("c-refund", {
    ticketNumber: "TT-REQ-1042",
    tickets: [
      {
        number: "TT-REQ-1042",
        subject: "Refund for order TT-204518",
        status: "open",
        queue: "returns",
        priority: "high",
        createdAt: new Date(time).toISOString(),
        fields: { order_number: "TT-204518", item: "Nephin Mid walking boots, size 39" },
        system: "zendesk",
        url: "https://tarnandtrail.zendesk.example/agent/tickets/1042",
        assignee: "Orla Walsh",
        warning: "The field 'Size' is unknown there and was left out.",
        messages: [
          { public: true, fromAgent: false, author: "Aoife Brennan", text: "Is there any news?", at: new Date(time + 60_000).toISOString() },
          { public: false, fromAgent: true, author: "Orla Walsh", text: "The warehouse is still looking for it.", at: new Date(time + 90_000).toISOString() },
        ],
      },
    ],
  });

  at(130);
  world.open({ id: "c-boots", customerName: "Lukas Weber", subject: "Which boots for wide feet?" });
  world.append("c-boots", "customer", "Lukas Weber", "can i talk to someone who knows boots please");
  world.escalate("c-boots", ASKED_FOR_HUMAN, "gear", "normal");

  at(41);
  world.open({ id: "c-card", customerName: "Guest 4471", subject: "Charged twice for one tent" });
  world.append("c-card", "customer", "Guest 4471", "my card was charged twice for the same tent!!");
  world.escalate("c-card", { ...REFUND_EVIDENCE, reasonCode: "NoPassage", passages: [], answerProbability: null }, "payments", "normal");

  at(900);
  world.open({ id: "c-tent", customerName: "Siobhán Ní Dhálaigh", subject: "Tent pole snapped on the first night" });
  world.append("c-tent", "customer", "Siobhán Ní Dhálaigh", "The pole of my Inagh 2 snapped on the very first night.");
  world.escalate("c-tent", ASKED_FOR_HUMAN, "gear", "normal");
  at(700);
  world.claim("c-tent", MARIA);
  world.reply("c-tent", MARIA, "sample-1", "I am sorry to hear that. Could you send me a photograph of the joint?");

  at(2000);
  world.open({ id: "c-ship", customerName: "Guest 4470", subject: "Delivery to the Aran Islands" });
  world.append("c-ship", "customer", "Guest 4470", "do you deliver to inis oírr");
  world.append("c-ship", "bot", "Pip", "Yes. Parcels to the islands take one working day longer. [1]");

  live = true;
  return world;
}
