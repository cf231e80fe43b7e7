// The shapes of the report on processes. Durations are seconds, times ISO 8601 in UTC.

import type { Period } from "./reports";

export type StepKind = "start" | "collect" | "lookup" | "say" | "answer" | "ticket" | "human" | "solved" | "gone";

/** How customers fell out of a process at a step. */
export interface FallenOut {
  /** It was asked for often enough, or they asked for a human. */
  givenUp: number;
  /** They no longer wanted it. */
  cancelled: number;
  /** They went on to something else. */
  subjectChanged: number;
  /** A system did not answer. */
  failed: number;
  /** They said nothing for a day. */
  silent: number;
}

export interface WorkflowNode {
  id: string;
  kind: StepKind;
  title: string;
  /** How often it was entered. */
  count: number;
  done: number;
  askedAgain: number;
  /** How many customers are at it now. */
  open: number;
  /** Null where nobody did it. */
  medianSeconds: number | null;
  fallenOut: FallenOut;
}

export interface WorkflowEdge {
  from: string;
  to: string;
  count: number;
}

/** An intent's process as a map with figures. Its first node is the start. */
export interface Workflow {
  intent: string;
  title: string;
  answer: "automatic" | "draft" | "never";
  /** How many customers began it. */
  runs: number;
  nodes: WorkflowNode[];
  edges: WorkflowEdge[];
}

export interface WorkflowReport {
  days: Period;
  from: string;
  to: string;
  workflows: Workflow[];
}
