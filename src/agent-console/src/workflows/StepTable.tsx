import type { Workflow } from "../wire/workflows";
import { cameTo, fallenOutOf, KINDS, medianInWords, reasonsOf } from "./stepWords";

const COLUMNS = ["Came to it", "Done", "Asked again", "At it now", "Median", "Fell out"];

/** The figures behind a map: every step, and every way between two. */
export function StepTable({ workflow }: { workflow: Workflow }) {
  const titleOf = (id: string): string => workflow.nodes.find((node) => node.id === id)?.title ?? id;
  return (
    <div className="grid gap-6 overflow-x-auto p-4" tabIndex={0} role="group" aria-label={`${workflow.title}, tables`}>
      <table className="w-full border-collapse text-right tabular-nums">
        <caption className="pb-1 text-left font-semibold">Steps</caption>
        <thead className="text-xs text-muted">
          <tr>
            <th scope="col" className="py-1 text-left font-medium">
              Step
            </th>
            {COLUMNS.map((title) => (
              <th key={title} scope="col" className="py-1 pl-4 font-medium">
                {title}
              </th>
            ))}
            <th scope="col" className="py-1 pl-4 text-left font-medium">
              Why
            </th>
          </tr>
        </thead>
        <tbody>
          {workflow.nodes.map((node) => (
            <tr key={node.id} className="border-t border-line align-top">
              <th scope="row" className="py-1 text-left font-normal">
                {node.title} <span className="text-muted">{node.kind === "start" ? "" : KINDS[node.kind]}</span>
              </th>
              <td className="pl-4">{cameTo(workflow, node)}</td>
              <td className="pl-4">{node.done}</td>
              <td className="pl-4">{node.askedAgain}</td>
              <td className="pl-4">{node.open}</td>
              <td className="pl-4 whitespace-nowrap">{medianInWords(node) ?? ""}</td>
              <td className={`pl-4 ${fallenOutOf(node) > 0 ? "font-semibold text-danger" : ""}`}>{fallenOutOf(node)}</td>
              <td className="min-w-40 pl-4 text-left">
                {reasonsOf(node)
                  .map(({ words, count }) => `${count} ${words}`)
                  .join(", ")}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <table className="w-full max-w-xl border-collapse tabular-nums">
        <caption className="pb-1 text-left font-semibold">Ways</caption>
        <thead className="text-left text-xs text-muted">
          <tr>
            <th scope="col" className="py-1 font-medium">
              From
            </th>
            <th scope="col" className="py-1 font-medium">
              To
            </th>
            <th scope="col" className="py-1 text-right font-medium">
              Times
            </th>
          </tr>
        </thead>
        <tbody>
          {workflow.edges.map(({ from, to, count }) => (
            <tr key={`${from} ${to}`} className="border-t border-line">
              <td className="py-1">{titleOf(from)}</td>
              <td>{titleOf(to)}</td>
              <td className="text-right">{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
