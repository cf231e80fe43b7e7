import type { Period } from "../src/wire/reports";
import type { FallenOut, Workflow, WorkflowNode, WorkflowReport } from "../src/wire/workflows";

const NOBODY: FallenOut = { givenUp: 0, cancelled: 0, subjectChanged: 0, failed: 0, silent: 0 };

/** A step with what differs from one that everybody did at once. */
export function workflowNode(id: string, kind: WorkflowNode["kind"], count: number, changes: Partial<WorkflowNode> = {}): WorkflowNode {
  const title = `${id.charAt(0).toUpperCase()}${id.slice(1).replaceAll("_", " ")}`;
  return { id, kind, title, count, done: count, askedAgain: 0, open: 0, medianSeconds: 0, fallenOut: NOBODY, ...changes };
}

const DAMAGED: Workflow = {
  intent: "damaged_item",
  title: "Report a damaged item",
  answer: "never",
  runs: 48,
  nodes: [
    workflowNode("start", "start", 48, { medianSeconds: null }),
    workflowNode("order_number", "collect", 48, { done: 37, askedAgain: 5, medianSeconds: 31, fallenOut: { ...NOBODY, givenUp: 4, cancelled: 2 } }),
    workflowNode("order", "lookup", 37, { done: 35, medianSeconds: 0.4, fallenOut: { ...NOBODY, failed: 2 } }),
    workflowNode("what_is_damaged", "collect", 35, { done: 33, open: 1, medianSeconds: 64, fallenOut: { ...NOBODY, silent: 1 } }),
    workflowNode("photo", "collect", 33, { medianSeconds: 48 }),
    workflowNode("colour", "gone", 3),
    workflowNode("ticket", "ticket", 33),
    workflowNode("human", "human", 4),
    workflowNode("solved", "solved", 0, { medianSeconds: null }),
  ],
  edges: [
    { from: "start", to: "order_number", count: 43 },
    { from: "order_number", to: "order_number", count: 5 },
    { from: "order_number", to: "order", count: 37 },
    { from: "order_number", to: "human", count: 4 },
    { from: "order", to: "what_is_damaged", count: 35 },
    { from: "order", to: "order_number", count: 2 },
    { from: "what_is_damaged", to: "photo", count: 33 },
    { from: "photo", to: "colour", count: 3 },
    { from: "photo", to: "ticket", count: 30 },
    { from: "colour", to: "ticket", count: 3 },
  ],
};

const DELIVERY: Workflow = {
  intent: "delivery_options",
  title: "Delivery options",
  answer: "automatic",
  runs: 12,
  nodes: [
    workflowNode("start", "start", 12, { medianSeconds: null }),
    workflowNode("answer", "answer", 12, { medianSeconds: 0.6 }),
    workflowNode("human", "human", 1),
    workflowNode("solved", "solved", 7),
  ],
  edges: [
    { from: "start", to: "answer", count: 12 },
    { from: "answer", to: "solved", count: 7 },
    { from: "start", to: "human", count: 0 },
    { from: "answer", to: "human", count: 1 },
  ],
};

export function fakeWorkflows(days: number, now = Date.now()): WorkflowReport {
  const period: Period = days === 1 || days === 30 ? days : 7;
  return {
    days: period,
    from: new Date(now - period * 86_400_000).toISOString(),
    to: new Date(now).toISOString(),
    workflows: period === 1 ? [DELIVERY] : [DAMAGED, DELIVERY],
  };
}
