import { describe, expect, it } from "vitest";
import { layOut, NODE_HEIGHT, NODE_WIDTH, type MapLayout } from "../../src/workflows/layout";
import { fakeWorkflows, workflowNode } from "../fakeWorkflows";

const at = (layout: MapLayout, id: string) => {
  const placed = layout.nodes.find(({ node }) => node.id === id);
  if (placed === undefined) {
    throw new Error(`${id} is not on the map.`);
  }
  return placed;
};
const wayOf = (layout: MapLayout, from: string, to: string) => layout.edges.find(({ edge }) => edge.from === from && edge.to === to);

describe("the map of a process", () => {
  it("places every step, none over another, all of them on the picture", () => {
    for (const workflow of fakeWorkflows(7).workflows) {
      const layout = layOut(workflow);
      expect(layout.nodes).toHaveLength(workflow.nodes.length);
      for (const one of layout.nodes) {
        expect(one.x >= 0 && one.x + NODE_WIDTH <= layout.width && one.y >= 0 && one.y + NODE_HEIGHT <= layout.height).toBe(true);
        const others = layout.nodes.filter((other) => other !== one);
        expect(others.filter((other) => Math.abs(other.x - one.x) < NODE_WIDTH && Math.abs(other.y - one.y) < NODE_HEIGHT)).toEqual([]);
      }
    }
  });

  it("reads from top to bottom, with the ends in the last row", () => {
    const layout = layOut(fakeWorkflows(7).workflows[0] ?? { nodes: [], edges: [] });
    const rows = ["start", "order_number", "order", "what_is_damaged", "photo", "colour", "ticket"].map((id) => at(layout, id).y);
    expect(rows).toEqual([...rows].sort((a, b) => a - b));
    expect(new Set(rows).size).toBe(rows.length);
    expect(at(layout, "human").y).toBe(at(layout, "solved").y);
    expect(at(layout, "human").y).toBeGreaterThan(at(layout, "ticket").y);
  });

  it("draws the way that most took the widest, and leaves asking again to the step", () => {
    const layout = layOut(fakeWorkflows(7).workflows[0] ?? { nodes: [], edges: [] });
    const widest = layout.edges.reduce((most, way) => (way.width > most.width ? way : most));
    expect(widest.edge).toMatchObject({ from: "start", to: "order_number" });
    expect(wayOf(layout, "order_number", "order_number")).toBeUndefined();
    expect(wayOf(layout, "order_number", "order")?.width).toBeGreaterThan(wayOf(layout, "order_number", "human")?.width ?? Infinity);
  });

  it("keeps ways that skip rows or lead back beside the steps", () => {
    const nodes = ["a", "b", "c", "d"].map((id, index) => workflowNode(id, index === 0 ? "start" : "collect", 1));
    const chain = [
      { from: "a", to: "b", count: 1 },
      { from: "b", to: "c", count: 1 },
      { from: "c", to: "d", count: 1 },
    ];
    const plain = layOut({ nodes, edges: chain });
    const skipping = layOut({ nodes, edges: [...chain, { from: "a", to: "d", count: 1 }] });
    const leadingBack = layOut({ nodes, edges: [...chain, { from: "c", to: "b", count: 1 }] });
    expect(skipping.width).toBeGreaterThan(plain.width);
    expect(at(skipping, "b").x).toBe(at(plain, "b").x);
    expect(at(leadingBack, "b").x).toBeGreaterThan(at(plain, "b").x);
    const lane = Number(/H([\d.]+) V/.exec(wayOf(skipping, "a", "d")?.line ?? "")?.[1]);
    expect(lane).toBeGreaterThan(at(skipping, "b").x + NODE_WIDTH);
  });
});
