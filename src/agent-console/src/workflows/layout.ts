import type { Workflow, WorkflowEdge, WorkflowNode } from "../wire/workflows";

export const NODE_WIDTH = 228;
export const NODE_HEIGHT = 80;
const GAP_X = 32;
const GAP_Y = 60;
/** Between two lanes beside the steps, and between the turns of two lanes in a gap. */
const LANE = 20;
const TURN = 8;
const PADDING = 16;
const NARROWEST = 1.5;
const WIDEST = 8;

export interface PlacedNode {
  node: WorkflowNode;
  x: number;
  y: number;
}

export interface PlacedEdge {
  edge: WorkflowEdge;
  /** The line, and the arrow head at its end, as SVG path data. */
  line: string;
  head: string;
  /** Of the line, in pixels: by how often customers went there. */
  width: number;
  label: { x: number; y: number };
}

export interface MapLayout {
  width: number;
  height: number;
  nodes: readonly PlacedNode[];
  edges: readonly PlacedEdge[];
}

/**
 * Places the steps in rows from top to bottom, each below every step that leads to it. A way to the next row is a straight line; one that
 * skips rows runs in a lane on the right, and one that leads back in a lane on the left. Ways to the same step share their lane.
 */
export function layOut({ nodes, edges }: Pick<Workflow, "nodes" | "edges">): MapLayout {
  const rows = rowsOf(nodes, edges);
  const position = new Map(rows.flatMap((row, y) => row.map((node, x) => [node.id, { row: y, column: x }] as const)));
  // Asking again is a figure of the step itself.
  const drawn = edges.filter(({ from, to }) => from !== to && position.has(from) && position.has(to));
  const rowOf = (id: string): number => position.get(id)?.row ?? 0;
  const skips = lanes(drawn.filter(({ from, to }) => rowOf(to) > rowOf(from) + 1));
  const backs = lanes(drawn.filter(({ from, to }) => rowOf(to) <= rowOf(from)));
  const left = PADDING + backs.size * LANE;
  const columns = Math.max(1, ...rows.map((row) => row.length));
  const right = left + columns * NODE_WIDTH + (columns - 1) * GAP_X;
  const gap = GAP_Y + 2 * TURN * Math.max(0, skips.size - 1);
  const most = Math.max(1, ...drawn.map(({ count }) => count));

  const placed = new Map(
    nodes.map((node) => {
      const at = position.get(node.id) ?? { row: 0, column: 0 };
      return [node.id, { node, x: left + at.column * (NODE_WIDTH + GAP_X), y: PADDING + at.row * (NODE_HEIGHT + gap) }] as const;
    }),
  );

  function draw(edge: WorkflowEdge): PlacedEdge | null {
    const from = placed.get(edge.from);
    const to = placed.get(edge.to);
    if (from === undefined || to === undefined) {
      return null;
    }
    const width = edge.count === 0 ? NARROWEST : NARROWEST + ((WIDEST - NARROWEST) * edge.count) / most;
    const size = 5 + width / 2;
    const skip = skips.get(edge.to);
    const back = backs.get(edge.to);
    if (rowOf(edge.to) === rowOf(edge.from) + 1) {
      const [x1, y1, x2, y2] = [from.x + NODE_WIDTH / 2, from.y + NODE_HEIGHT, to.x + NODE_WIDTH / 2, to.y];
      const middle = (y1 + y2) / 2;
      return {
        edge,
        width,
        line: `M${x1} ${y1} C${x1} ${middle} ${x2} ${middle} ${x2} ${y2 - size}`,
        head: headDown(x2, y2, size),
        label: { x: (x1 + x2) / 2 + width / 2 + 5, y: middle + 4 },
      };
    }
    if (rowOf(edge.to) > rowOf(edge.from) && skip !== undefined) {
      const [x1, y1, x2, y2] = [from.x + NODE_WIDTH * 0.8, from.y + NODE_HEIGHT, to.x + NODE_WIDTH * 0.8, to.y];
      const x = right + LANE * (skip + 1);
      const [out, back] = [y1 + 18 + TURN * skip, y2 - 22 - TURN * skip];
      return {
        edge,
        width,
        line: `M${x1} ${y1} V${out} H${x} V${back} H${x2} V${y2 - size}`,
        head: headDown(x2, y2, size),
        label: { x: x1 + 8, y: out + width / 2 + 13 },
      };
    }
    const [y1, y2] = [from.y + NODE_HEIGHT * 0.7, to.y + NODE_HEIGHT * 0.3];
    const x = left - LANE * ((back ?? 0) + 1) + 4;
    return {
      edge,
      width,
      line: `M${from.x} ${y1} H${x} V${y2} H${to.x - size}`,
      head: `M${to.x - size} ${y2 - size} L${to.x} ${y2} L${to.x - size} ${y2 + size} Z`,
      label: { x: x + width / 2 + 4, y: y1 - width / 2 - 4 },
    };
  }

  return {
    width: right + LANE * skips.size + PADDING,
    height: PADDING * 2 + rows.length * NODE_HEIGHT + (rows.length - 1) * gap,
    nodes: [...placed.values()],
    edges: drawn.map(draw).filter((edge) => edge !== null),
  };
}

/** Where a process ends; what is taken out of a workflow later still happened before that. */
function isEnd({ kind }: WorkflowNode): boolean {
  return kind === "ticket" || kind === "human" || kind === "solved";
}

function rowsOf(nodes: readonly WorkflowNode[], edges: readonly WorkflowEdge[]): WorkflowNode[][] {
  const order = [...nodes.filter((node) => !isEnd(node)), ...nodes.filter(isEnd)];
  const rank = new Map(order.map((node, index) => [node.id, index]));
  const forward = edges.filter(({ from, to }) => (rank.get(from) ?? Infinity) < (rank.get(to) ?? -1));
  const row = new Map<string, number>();
  for (const [index, node] of order.entries()) {
    const before = forward.filter(({ to }) => to === node.id).map(({ from }) => row.get(from) ?? 0);
    row.set(node.id, index === 0 ? 0 : Math.max(0, ...before) + 1);
  }
  // However a process ended, it is read off the last row.
  const last = Math.max(0, ...order.filter(({ kind }) => kind !== "human" && kind !== "solved").map(({ id }) => row.get(id) ?? 0)) + 1;
  order.filter(({ kind }) => kind === "human" || kind === "solved").forEach(({ id }) => row.set(id, last));

  // The step with the longest way still to go keeps to the left: the process reads straight down.
  const ahead = new Map<string, number>();
  for (const node of order.toReversed()) {
    ahead.set(node.id, Math.max(0, ...forward.filter(({ from }) => from === node.id).map(({ to }) => (ahead.get(to) ?? 0) + 1)));
  }
  const rows: WorkflowNode[][] = [];
  for (const node of order.toSorted((a, b) => (ahead.get(b.id) ?? 0) - (ahead.get(a.id) ?? 0) || Number(a.kind === "human") - Number(b.kind === "human"))) {
    (rows[row.get(node.id) ?? 0] ??= []).push(node);
  }
  return rows;
}

/** A lane of its own for every step that the edges lead to, counted from 0. */
function lanes(edges: readonly WorkflowEdge[]): ReadonlyMap<string, number> {
  return new Map([...new Set(edges.map(({ to }) => to))].map((to, index) => [to, index]));
}

function headDown(x: number, y: number, size: number): string {
  return `M${x - size} ${y - size} L${x + size} ${y - size} L${x} ${y} Z`;
}
