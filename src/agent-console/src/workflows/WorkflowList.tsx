import { Link } from "wouter";
import type { Workflow } from "../wire/workflows";
import { fallenOutOf } from "./stepWords";

interface WorkflowListProps {
  workflows: readonly Workflow[];
  open: string | undefined;
  addressOf: (intent: string) => string;
}

/** Every process, those that most customers began first, with how many fell out of it. */
export function WorkflowList({ workflows, open, addressOf }: WorkflowListProps) {
  return (
    <nav aria-label="Processes">
      <ul className="grid gap-px">
        {workflows.map((workflow) => {
          const fallen = workflow.nodes.reduce((sum, node) => sum + fallenOutOf(node), 0);
          return (
            <li key={workflow.intent}>
              <Link
                href={addressOf(workflow.intent)}
                replace
                aria-current={workflow.intent === open ? "page" : undefined}
                className={`flex items-baseline justify-between gap-2 rounded-md px-3 py-1.5 ${
                  workflow.intent === open ? "bg-accent-soft font-semibold" : "hover:bg-sunken"
                }`}
              >
                <span className="min-w-0 break-words">{workflow.title}</span>
                <span className="shrink-0 text-xs font-normal text-muted tabular-nums">
                  {workflow.runs}
                  <span className="sr-only"> began it</span>
                  {fallen > 0 && <span className="font-semibold text-danger"> · {fallen} out</span>}
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
