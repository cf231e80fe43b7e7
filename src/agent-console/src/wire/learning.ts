// What the bot learns, as the console's REST interface tells it. Times are ISO 8601 in UTC, shares 0 to 1.

export interface IntentChoice {
  name: string;
  title: string;
}

/** What an agent says that a customer's message means. */
export interface Correction {
  sequence: number;
  /** Null when it means none of the company's intents. */
  intent: IntentChoice | null;
  by: string;
  at: string;
}

export type LabelSource = "agent" | "thumb" | "outcome";

export interface Label {
  id: number;
  kind: "intent" | "answer";
  source: LabelSource;
  /** The customer's words without personal data. */
  text: string;
  /** Null for none of the intents, and of an answer. */
  intent: IntentChoice | null;
  /** Slug of the article that is judged; null of an intent. */
  article: string | null;
  right: boolean | null;
  conversationId: string;
  sequence: number;
  by: string | null;
  at: string;
  use: "learnt" | "measured" | "left_out" | "unusable";
  /** Why it is unusable. */
  objection: string | null;
}

export interface LabelPage {
  items: Label[];
  nextCursor: string | null;
}

export interface LabelCounts {
  agents: number;
  thumbs: number;
  outcomes: number;
  new: number;
  /** New labels after which the bot learns by itself; null when it does not. */
  needed: number | null;
}

export interface Training {
  /** Asked for or under way. */
  running: boolean;
  step: string | null;
  percent: number;
  requestedBy: string | null;
  endedAt: string | null;
  /** How the last one ended, in a sentence. */
  outcome: string | null;
}

/** How one version did on what it had not learnt, and on the company's own questions. */
export interface LessonFigures {
  intents: number;
  intentsRight: number;
  answers: number;
  answersRight: number;
  evaluationIntents: number | null;
  evaluationAnswered: number | null;
  evaluationWrong: number | null;
}

export interface ModelVersion {
  number: number;
  state: "in_force" | "kept" | "not_taken";
  /** Null for the version of the files alone. */
  madeAt: string | null;
  askedBy: string | null;
  fromAgents: number;
  fromThumbs: number;
  fromOutcomes: number;
  heldBack: number;
  /** How what was in force did when this one was made; null for the files alone. */
  before: LessonFigures | null;
  after: LessonFigures | null;
  objection: string | null;
}

export interface CoveragePoint {
  threshold: number;
  answered: number;
  wrong: number;
}

/** What the answer threshold rests on. */
export interface Confidence {
  questions: number;
  fewest: number;
  wantedWrong: number;
  threshold: number;
  /** By falling threshold; empty when there are too few questions to say. */
  curve: CoveragePoint[];
}

export interface Learning {
  labels: LabelCounts;
  training: Training;
  versions: ModelVersion[];
  /** The version in force is still being learnt by the process that answered. */
  takingOver: boolean;
  confidence: Confidence;
}
