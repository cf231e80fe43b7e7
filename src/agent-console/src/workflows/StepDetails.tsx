import type { WorkflowNode } from "../wire/workflows";
import { fallenOutInWords, KINDS, medianInWords, reasonsOf } from "./stepWords";

/** Everything about the step that was chosen on the map. */
export function StepDetails({ node, came }: { node: WorkflowNode; came: number }) {
  const reasons = reasonsOf(node);
  const figures: readonly (readonly [string, string | null])[] = [
    ["Came to it", String(came)],
    ["Done", String(node.done)],
    ["Asked again", node.askedAgain === 0 ? null : String(node.askedAgain)],
    ["At it now", node.open === 0 ? null : String(node.open)],
    ["Median", medianInWords(node)],
  ];
  return (
    <section aria-label={`Step ${node.title}`} className="rounded-lg border border-line bg-surface p-4">
      <h3 className="font-semibold break-words">{node.title}</h3>
      {node.kind !== "start" && <p className="text-muted">{KINDS[node.kind]}</p>}
      <dl className="mt-2 grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-1 tabular-nums">
        {figures.map(
          ([name, value]) =>
            value !== null && (
              <div key={name} className="contents">
                <dt className="text-muted">{name}</dt>
                <dd className="text-right">{value}</dd>
              </div>
            ),
        )}
      </dl>
      {reasons.length > 0 && (
        <div className="mt-3 rounded-md border border-danger-line bg-danger-soft px-3 py-2">
          <p className="font-semibold text-danger">{fallenOutInWords(node, came)}</p>
          <ul className="mt-1">
            {reasons.map(({ words, count }) => (
              <li key={words}>
                {count} {words}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
