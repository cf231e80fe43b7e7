import { useMemo, useRef, type KeyboardEvent } from "react";
import type { Workflow, WorkflowNode } from "../wire/workflows";
import { layOut, NODE_HEIGHT, NODE_WIDTH, type PlacedEdge, type PlacedNode } from "./layout";
import { cameTo, fallenOutOf, stepInWords, stepLines } from "./stepWords";

/** What fits on one line of a step, in characters. */
const TITLE_FITS = 24;

interface ProcessMapProps {
  workflow: Workflow;
  selected: string | null;
  onSelect: (id: string) => void;
}

/** A process as a picture. Every step can have the focus, says all its figures, and is chosen with Enter; the arrows go from step to step. */
export function ProcessMap({ workflow, selected, onSelect }: ProcessMapProps) {
  const layout = useMemo(() => layOut(workflow), [workflow]);
  const picture = useRef<SVGSVGElement>(null);

  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step === undefined) {
      return;
    }
    const steps = [...(picture.current?.querySelectorAll<SVGGElement>("[data-step]") ?? [])];
    const at = steps.findIndex((one) => one === document.activeElement);
    steps[Math.min(steps.length - 1, Math.max(0, at + step))]?.focus();
    event.preventDefault();
  }

  return (
    <div className="overflow-x-auto">
      <svg
        ref={picture}
        role="group"
        aria-label={`Map of ${workflow.title}`}
        width={layout.width}
        height={layout.height}
        viewBox={`0 0 ${layout.width} ${layout.height}`}
        className="mx-auto block"
        onKeyDown={onKeyDown}
      >
        <g aria-hidden="true">
          {layout.edges.map((placed) => (
            <Way key={`${placed.edge.from} ${placed.edge.to}`} placed={placed} />
          ))}
        </g>
        {layout.nodes.map((placed) => (
          <Step
            key={placed.node.id}
            placed={placed}
            came={cameTo(workflow, placed.node)}
            selected={placed.node.id === selected}
            onSelect={() => onSelect(placed.node.id)}
          />
        ))}
        <g aria-hidden="true">
          {layout.edges.map(
            ({ edge, label }) =>
              edge.count > 0 && (
                <text key={`${edge.from} ${edge.to}`} x={label.x} y={label.y} className="fill-ink stroke-surface stroke-4 text-xs font-semibold tabular-nums [paint-order:stroke]">
                  {edge.count}
                </text>
              ),
          )}
        </g>
      </svg>
    </div>
  );
}

function Way({ placed: { edge, line, head, width } }: { placed: PlacedEdge }) {
  const walked = edge.count > 0;
  return (
    <>
      <path
        d={line}
        fill="none"
        strokeWidth={width}
        strokeLinejoin="round"
        strokeDasharray={walked ? undefined : "4 4"}
        className={walked ? "stroke-accent-line" : "stroke-line-strong"}
      />
      <path d={head} className={walked ? "fill-accent-line" : "fill-line-strong"} />
    </>
  );
}

interface StepProps {
  placed: PlacedNode;
  /** How often customers came to it. */
  came: number;
  selected: boolean;
  onSelect: () => void;
}

function Step({ placed: { node, x, y }, came, selected, onSelect }: StepProps) {
  const { kind, figures, remark } = stepLines(node, came);
  const fallen = fallenOutOf(node) > 0;
  // The space at the end of each line keeps the lines apart for those who hear them.
  return (
    <g
      role="button"
      tabIndex={0}
      data-step={node.id}
      aria-pressed={selected}
      aria-label={stepInWords(node, came)}
      transform={`translate(${x} ${y})`}
      className="group cursor-pointer outline-none"
      onClick={onSelect}
      onKeyDown={(event) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          onSelect();
        }
      }}
    >
      <rect
        x={-4}
        y={-4}
        width={NODE_WIDTH + 8}
        height={NODE_HEIGHT + 8}
        rx={12}
        className="fill-none stroke-transparent stroke-2 group-focus-visible:stroke-accent"
      />
      <rect
        width={NODE_WIDTH}
        height={NODE_HEIGHT}
        rx={8}
        strokeWidth={selected ? 2.5 : 1}
        strokeDasharray={node.kind === "gone" ? "5 4" : undefined}
        className={`${groundOf(node)} ${selected ? "stroke-accent" : fallen ? "stroke-danger-line" : "stroke-line-strong"}`}
      />
      <text x={12} y={24} className="fill-ink text-sm font-semibold">
        {shortened(node.title)}{" "}
      </text>
      <text x={NODE_WIDTH - 12} y={23} textAnchor="end" className="fill-muted text-xs">
        {kind}{" "}
      </text>
      <text x={12} y={46} className="fill-muted text-xs tabular-nums">
        {figures}{" "}
      </text>
      <text x={12} y={67} className={`text-xs tabular-nums ${fallen ? "fill-danger font-semibold" : "fill-muted"}`}>
        {remark}
      </text>
    </g>
  );
}

function groundOf({ kind }: WorkflowNode): string {
  switch (kind) {
    case "solved":
      return "fill-ok-soft";
    case "human":
      return "fill-warn-soft";
    case "start":
      return "fill-accent-soft";
    default:
      return "fill-raised";
  }
}

function shortened(title: string): string {
  return title.length <= TITLE_FITS ? title : `${title.slice(0, TITLE_FITS - 1).trimEnd()}…`;
}
