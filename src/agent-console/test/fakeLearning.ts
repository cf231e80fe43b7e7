import type { IntentChoice, Label, LabelPage, LabelSource, Learning, LessonFigures, ModelVersion } from "../src/wire/learning";
import type { Me } from "../src/wire/session";
import type { FakeWorld } from "./fakeWorld";

export const INTENTS: readonly IntentChoice[] = [
  { name: "get_refund", title: "Get a refund" },
  { name: "place_order", title: "Place an order" },
  { name: "track_refund", title: "Where is my refund" },
];

const FIGURES: LessonFigures = { intents: 11, intentsRight: 6, answers: 5, answersRight: 3, evaluationIntents: 0.948, evaluationAnswered: 0.713, evaluationWrong: 0.029 };

/** How often a training is looked at before it has ended. */
const LOOKS = 2;

/** What the bot of a fake company learns, as statefully as the real service: labels come from corrections, a training ends in a version. */
export function createFakeLearning(world: FakeWorld) {
  let labels: Label[] = Array.from({ length: 30 }, (_unused, index) => sampleLabel(index + 1));
  let versions: ModelVersion[] = [
    version(1, { askedBy: "Orla", madeAt: "2026-11-19T09:12:00Z", fromAgents: 14, fromThumbs: 6, fromOutcomes: 3, before: { ...FIGURES, intentsRight: 4 }, after: FIGURES }),
    version(0, { state: "kept", madeAt: null, heldBack: 0, before: null, after: null }),
  ];
  let looksLeft = 0;
  let requestedBy: string | null = null;
  let outcome: string | null = null;
  let questions = 391;

  function finish(): void {
    const number = Math.max(...versions.map((one) => one.number)) + 1;
    versions = [
      version(number, { askedBy: requestedBy, madeAt: "2026-11-20T10:00:00Z", fromAgents: labels.length, before: FIGURES, after: { ...FIGURES, intentsRight: 9 } }),
      ...versions.map((one) => (one.state === "in_force" ? { ...one, state: "kept" as const } : one)),
    ];
    outcome = `Version ${number} does better and is in force.`;
    requestedBy = null;
  }

  return {
    /** With fewer questions than it takes, there is no curve. */
    evaluateWith(count: number): void {
      questions = count;
    },
    overview(): Learning {
      if (looksLeft > 0 && --looksLeft === 0) {
        finish();
      }
      const by = (source: LabelSource): number => labels.filter((label) => label.source === source).length;
      return {
        labels: { agents: by("agent"), thumbs: by("thumb"), outcomes: by("outcome"), new: 7, needed: 20 },
        training: {
          running: looksLeft > 0,
          step: looksLeft > 0 ? `Learning from ${labels.length} labels` : null,
          percent: looksLeft > 0 ? 100 - looksLeft * 30 : 0,
          requestedBy,
          endedAt: outcome === null ? null : "2026-11-20T10:00:00Z",
          outcome,
        },
        versions,
        takingOver: false,
        confidence: {
          questions,
          fewest: 150,
          wantedWrong: 0.03,
          threshold: questions < 150 ? 0.8 : 0.6125,
          curve: questions < 150 ? [] : Array.from({ length: 60 }, (_unused, index) => ({ threshold: 0.99 - index * 0.0125, answered: 0.35 + index * 0.011, wrong: (index / 60) ** 2 * 0.09 })),
        },
      };
    },
    labels(source: string | null, cursor: string | null, limit: number): LabelPage {
      const wanted = labels.filter((label) => (source === null || label.source === source) && (cursor === null || label.id < Number(cursor))).sort((a, b) => b.id - a.id);
      const items = wanted.slice(0, limit);
      return { items, nextCursor: wanted.length > limit ? String(items.at(-1)?.id) : null };
    },
    /** Whether there is such a label. */
    use(id: number, used: boolean): boolean {
      const found = labels.some((label) => label.id === id);
      labels = labels.map((label) => (label.id === id ? { ...label, use: used ? "learnt" : "left_out" } : label));
      return found;
    },
    /** False when a training is under way already. */
    train(me: Me): boolean {
      if (looksLeft > 0) {
        return false;
      }
      [looksLeft, requestedBy] = [LOOKS, me.name];
      return true;
    },
    putInForce(number: number): void {
      versions = versions.map((one) => ({ ...one, state: one.number === number ? "in_force" : one.state === "in_force" ? "kept" : one.state }));
    },
    /** Null takes a correction back; what it means is otherwise an intent or none of them. Null again for a success, or the code of the refusal. */
    correct(me: Me, id: string, sequence: number, meaning: { intent: string | null } | null): string | null {
      const detail = world.detail(id);
      const entry = detail === null ? undefined : world.page(id, sequence - 1, 1).items.find((one) => one.sequence === sequence);
      if (detail === null || entry?.author !== "customer") {
        return "MessageNotFound";
      }
      const intent = INTENTS.find(({ name }) => name === meaning?.intent) ?? null;
      if (meaning !== null && meaning.intent !== null && intent === null) {
        return "UnknownIntent";
      }
      const others = detail.corrections.filter((one) => one.sequence !== sequence);
      world.change(id, { corrections: meaning === null ? others : [...others, { sequence, intent, by: me.name, at: "2026-11-20T10:00:00Z" }] });
      return null;
    },
  };
}

export type FakeLearning = ReturnType<typeof createFakeLearning>;

function version(number: number, changes: Partial<ModelVersion>): ModelVersion {
  return {
    number,
    state: "in_force",
    madeAt: null,
    askedBy: null,
    fromAgents: 0,
    fromThumbs: 0,
    fromOutcomes: 0,
    heldBack: 16,
    before: FIGURES,
    after: FIGURES,
    objection: null,
    ...changes,
  };
}

function sampleLabel(id: number): Label {
  const sources: readonly LabelSource[] = ["agent", "agent", "thumb", "outcome"];
  const source = sources[id % sources.length] ?? "agent";
  const ofAnswer = source !== "agent";
  return {
    id,
    kind: ofAnswer ? "answer" : "intent",
    source,
    text: `My parcel came ${id} days late, what now?`,
    intent: ofAnswer || id % 5 === 0 ? null : (INTENTS[id % INTENTS.length] ?? null),
    article: ofAnswer ? "returns-and-refunds" : null,
    right: ofAnswer ? id % 2 === 0 : null,
    conversationId: "c-refund",
    sequence: id,
    by: ofAnswer ? null : "Maria Byrne",
    at: "2026-11-18T08:30:00Z",
    use: id % 6 === 0 ? "measured" : "learnt",
    objection: null,
  };
}
