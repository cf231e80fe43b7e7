import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { Link } from "wouter";
import { queueTitle } from "../conversations/facts";
import { useConsole } from "../session/consoleContext";
import { ModalDialog } from "../shell/ModalDialog";
import { Notice } from "../shell/Notice";
import type { Clock, Metric, Period } from "../wire/reports";
import { humanise } from "../words/humanise";
import { formatDuration } from "../words/time";
import { downloadCsv } from "./csv";
import { drillCsv } from "./reportCsv";
import type { Drill } from "./useReportAddress";

interface DrillDialogProps {
  metric: Metric;
  drill: Drill;
  days: Period;
  clock: Clock;
  onDrill: (drill: Drill | null) => void;
}

/** The conversations behind one figure, so that a number can always be checked against what happened. */
export function DrillDialog({ metric, drill, days, clock, onDrill }: DrillDialogProps) {
  const { api, me, times } = useConsole();
  const { page, bucket } = drill;
  const query = useQuery({
    queryKey: ["drill", metric.metric, days, bucket, page],
    queryFn: () => api.drill({ metric: metric.metric, days, page, bucket }),
    placeholderData: keepPreviousData,
  });
  const shown = query.data;
  const pages = shown === undefined ? 1 : Math.max(1, Math.ceil(shown.total / shown.pageSize));
  const when = bucket === null ? "" : `, ${days === 1 ? times.dateTime(bucket) : times.day(bucket)}`;

  return (
    <ModalDialog title={`${metric.title}${when}`} placement="side" onClose={() => onDrill(null)}>
      <p className="text-muted" role="status">
        {shown === undefined ? "Reading the conversations…" : `${shown.total} ${shown.total === 1 ? "value" : "values"}`}
      </p>
      {query.isError && (
        <div role="alert" className="mt-3">
          <Notice tone="danger">
            The conversations could not be read. {query.error.message}{" "}
            <button type="button" className="link font-medium" onClick={() => void query.refetch()}>
              Try again
            </button>
          </Notice>
        </div>
      )}
      {shown !== undefined && (
        <>
          <div className="mt-3 min-h-0 flex-1 overflow-auto" tabIndex={0} role="group" aria-label="Conversations behind the figure">
            <table className="w-full border-collapse">
              <thead className="sticky top-0 bg-surface text-left text-xs text-muted">
                <tr>
                  {["Conversation", "Started", clock === "wall" ? "Took" : "Took (business hours)", "Queue", "Intent", "Agent"].map((title) => (
                    <th key={title} scope="col" className="py-1.5 pr-3 font-medium">
                      {title}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {shown.items.map((item, index) => (
                  <tr key={`${item.conversationId} ${item.startedAt} ${index}`} className="border-t border-line align-top">
                    <td className="min-w-40 py-1.5 pr-3">
                      <Link href={`/conversations/${encodeURIComponent(item.conversationId)}?view=all`} className="link">
                        {item.subject}
                      </Link>
                    </td>
                    <td className="py-1.5 pr-3 whitespace-nowrap tabular-nums">{times.dateTime(item.startedAt)}</td>
                    <td className="py-1.5 pr-3 whitespace-nowrap tabular-nums">
                      {formatDuration(clock === "wall" ? item.wallSeconds : item.businessSeconds)}
                    </td>
                    <td className="py-1.5 pr-3">{item.queue === null ? "" : queueTitle(item.queue, me)}</td>
                    <td className="py-1.5 pr-3">{item.intent === null ? "" : humanise(item.intent)}</td>
                    <td className="py-1.5">{item.agent ?? ""}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <div className="mt-3 flex flex-wrap items-center justify-between gap-2 border-t border-line pt-3">
            <nav aria-label="Pages" className="flex items-center gap-2">
              <button type="button" className="button-quiet" disabled={page <= 1} onClick={() => onDrill({ ...drill, page: page - 1 })}>
                Previous
              </button>
              <span className="tabular-nums">
                Page {page} of {pages}
              </span>
              <button type="button" className="button-quiet" disabled={page >= pages} onClick={() => onDrill({ ...drill, page: page + 1 })}>
                Next
              </button>
            </nav>
            <button type="button" className="button-quiet" onClick={() => downloadCsv(`${metric.metric}-page-${page}.csv`, drillCsv(shown.items))}>
              <Download aria-hidden="true" className="size-4" />
              This page as CSV
            </button>
          </div>
        </>
      )}
    </ModalDialog>
  );
}
