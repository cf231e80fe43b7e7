import { RotateCw } from "lucide-react";
import { Link } from "wouter";
import { useConsole } from "../session/consoleContext";
import { useNow } from "../shell/useNow";
import type { BacklogItem, BacklogView } from "../wire/tickets";
import { humanise } from "../words/humanise";
import { formatElapsed } from "../words/time";

const NOTHING: Readonly<Record<BacklogView, string>> = {
  waiting: "Nothing is on its way: everything has arrived.",
  failed: "Nothing was given up.",
};

interface BacklogTableProps {
  view: BacklogView;
  items: readonly BacklogItem[];
  /** The item that is being tried again. */
  retrying: number | null;
  onRetry: (item: BacklogItem) => void;
}

export function BacklogTable({ view, items, retrying, onRetry }: BacklogTableProps) {
  const { times } = useConsole();
  const columns = ["About", "What", "Where", "Why not yet", "Attempts", "Since", view === "waiting" ? "Next try" : "Again"];
  if (items.length === 0) {
    return <p className="mt-6 rounded-lg border border-line bg-surface p-6 text-center text-muted">{NOTHING[view]}</p>;
  }
  return (
    <div className="mt-5 overflow-x-auto rounded-lg border border-line bg-surface" tabIndex={0} role="group" aria-label="Backlog, table">
      <table className="w-full min-w-[44rem] border-collapse">
        <caption className="sr-only">{view === "waiting" ? "On its way" : "Given up"}</caption>
        <thead className="text-left text-xs text-muted">
          <tr>
            {columns.map((title) => (
              <th key={title} scope="col" className="px-3 py-2 font-medium">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id} className="border-t border-line align-top">
              <th scope="row" className="min-w-40 px-3 py-2 text-left font-normal">
                {item.subject === null ? (
                  <span className="text-muted">A conversation that was deleted</span>
                ) : (
                  <Link href={`/conversations/${encodeURIComponent(item.conversationId)}?view=all`} className="link">
                    {item.subject === "" ? "Without a subject" : item.subject}
                  </Link>
                )}
              </th>
              <td className="px-3 py-2">{humanise(item.kind)}</td>
              <td className="px-3 py-2">{item.target ?? ""}</td>
              <td className="max-w-96 min-w-40 px-3 py-2 break-words">{item.reason ?? <span className="text-muted">Not tried yet</span>}</td>
              <td className="px-3 py-2 tabular-nums">{item.attempts}</td>
              <td className="px-3 py-2 whitespace-nowrap tabular-nums">{times.dateTime(item.createdAt)}</td>
              <td className="px-3 py-2 whitespace-nowrap tabular-nums">
                {view === "waiting" ? (
                  item.nextTryAt !== null && <NextTry iso={item.nextTryAt} />
                ) : (
                  <button type="button" className="button-quiet" disabled={retrying !== null} onClick={() => onRetry(item)}>
                    <RotateCw aria-hidden="true" className="size-4" />
                    Try again
                    <span className="sr-only">{item.subject ?? ""}</span>
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function NextTry({ iso }: { iso: string }) {
  const left = Date.parse(iso) - useNow();
  return left <= 0 ? <>under way</> : <time dateTime={iso}>in {formatElapsed(left)}</time>;
}
