import type { FallenOut, StepKind, Workflow, WorkflowNode } from "../wire/workflows";
import { formatDuration } from "../words/time";

export const KINDS: Readonly<Record<StepKind, string>> = {
  start: "begins",
  collect: "asks",
  lookup: "looks up",
  say: "says",
  answer: "answers",
  ticket: "ticket",
  human: "a person",
  solved: "settled",
  gone: "no longer a step",
};

export const ANSWERS: Readonly<Record<Workflow["answer"], string>> = {
  automatic: "answers by itself",
  draft: "prepares an answer that an agent approves",
  never: "never answers by itself",
};

const FALLEN: Readonly<Record<keyof FallenOut, string>> = {
  givenUp: "given up, or asked for a person",
  cancelled: "no longer wanted it",
  subjectChanged: "went on to something else",
  failed: "a system did not answer",
  silent: "fell silent",
};

export function fallenOutOf({ fallenOut }: WorkflowNode): number {
  return Object.values(fallenOut).reduce((sum: number, count: number) => sum + count, 0);
}

/** What made customers fall out at a step, the most frequent first; empty when nobody did. */
export function reasonsOf({ fallenOut }: WorkflowNode): { words: string; count: number }[] {
  return (Object.keys(FALLEN) as (keyof FallenOut)[])
    .map((reason) => ({ words: FALLEN[reason], count: fallenOut[reason] }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
}

/** How often customers came to a step from another one: asking again at once is not coming to it. */
export function cameTo({ edges }: Pick<Workflow, "edges">, { id, count }: WorkflowNode): number {
  return edges.reduce((came, edge) => (edge.from === id && edge.to === id ? came - edge.count : came), count);
}

/** "4 fell out (33 %)"; null when nobody did. */
export function fallenOutInWords(node: WorkflowNode, came: number): string | null {
  const fallen = fallenOutOf(node);
  return fallen === 0 ? null : `${fallen} fell out${came > 0 ? ` (${Math.round((100 * fallen) / came)} %)` : ""}`;
}

export function askedAgainInWords({ askedAgain }: WorkflowNode): string | null {
  return askedAgain === 0 ? null : `asked again ${askedAgain === 1 ? "once" : `${askedAgain} times`}`;
}

/** A run begins once; a step may be come to again. */
export function cameInWords({ kind }: WorkflowNode, came: number): string {
  return kind === "start" ? customers(came) : came === 1 ? "once" : `${came} times`;
}

/** Nothing for a median of nothing, and for steps that take no time. */
export function medianInWords({ medianSeconds }: WorkflowNode): string | null {
  return medianSeconds === null || medianSeconds === 0 ? null : formatDuration(medianSeconds);
}

export function customers(count: number): string {
  return `${count} ${count === 1 ? "customer" : "customers"}`;
}

/** The lines that the map shows in a step: what it is, how often it was come to, and what is most worth knowing of the rest. */
export function stepLines(node: WorkflowNode, came: number): { kind: string; figures: string; remark: string } {
  const median = medianInWords(node);
  return {
    kind: node.kind === "start" ? "" : KINDS[node.kind],
    figures: `${cameInWords(node, came)}${median === null ? "" : ` · median ${median}`}`,
    remark: fallenOutInWords(node, came) ?? openInWords(node) ?? askedAgainInWords(node) ?? "",
  };
}

/** A step with all its figures, for those who do not see the map: what it shows, in that order, and then the rest. */
export function stepInWords(node: WorkflowNode, came: number): string {
  const { kind, figures, remark } = stepLines(node, came);
  const parts = [node.title, kind, figures, remark, ...reasonsOf(node).map(({ words, count }) => `${count} ${words}`), openInWords(node), askedAgainInWords(node)];
  return [...new Set(parts.filter((part) => part !== null && part !== ""))].join(", ");
}

function openInWords({ open }: WorkflowNode): string | null {
  return open === 0 ? null : `${open} at it now`;
}
