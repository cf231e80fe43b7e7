import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { Link } from "wouter";
import { useConsole } from "../session/consoleContext";
import { Notice } from "../shell/Notice";
import { useDocumentTitle } from "../shell/useDocumentTitle";
import { ApiError } from "../wire/consoleApi";
import type { Clock, Period } from "../wire/reports";
import { mayReadReports } from "../wire/session";
import { Choice } from "./Choice";
import { downloadCsv } from "./csv";
import { DrillDialog } from "./DrillDialog";
import { MetricCard } from "./MetricCard";
import { reportCsv } from "./reportCsv";
import { useReportAddress } from "./useReportAddress";

const PERIODS: readonly (readonly [Period, string])[] = [
  [1, "Today"],
  [7, "7 days"],
  [30, "30 days"],
];
const CLOCKS: readonly (readonly [Clock, string])[] = [
  ["wall", "Wall clock"],
  ["business", "Business hours"],
];

/** How old a report on the screen may get before it is asked for again. */
const REFRESH_MS = 60_000;

export default function ReportsPage() {
  const { me } = useConsole();
  useDocumentTitle("Reports");
  return mayReadReports(me) ? <Report /> : <NotYours />;
}

function Report() {
  const { api, times } = useConsole();
  const { days, clock, drill, setDays, setClock, setDrill } = useReportAddress();
  const query = useQuery({
    queryKey: ["response-times", days],
    queryFn: () => api.responseTimes(days),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  });
  if (query.error instanceof ApiError && query.error.status === 403) {
    return <NotYours />;
  }
  const report = query.data;
  const drilled = report?.metrics.find((metric) => metric.metric === drill?.metric);

  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto max-w-7xl p-4 sm:p-6">
        <div className="flex flex-wrap items-end justify-between gap-4">
          <div>
            <h1 className="text-xl font-semibold">Response times</h1>
            <p className="text-muted">
              {report === undefined
                ? "Reading the figures…"
                : `${times.dateTime(report.from)} to ${times.dateTime(report.to)}, ${report.timeZone.replaceAll("_", " ")}`}
            </p>
          </div>
          <div className="flex flex-wrap items-center gap-2">
            <Choice label="Period" options={PERIODS} value={days} onChange={setDays} />
            <Choice label="Clock" options={CLOCKS} value={clock} onChange={setClock} />
            <button
              type="button"
              className="button-quiet"
              disabled={report === undefined}
              onClick={() => report && downloadCsv(`response-times-${days}-days-${clock}.csv`, reportCsv(report, clock))}
            >
              <Download aria-hidden="true" className="size-4" />
              Download CSV
            </button>
          </div>
        </div>

        {query.isError && (
          <div className="mt-4" role="alert">
            <Notice tone="danger">
              The figures could not be read. {query.error.message}{" "}
              <button type="button" className="link font-medium" onClick={() => void query.refetch()}>
                Try again
              </button>
            </Notice>
          </div>
        )}
        {report !== undefined && (
          <div className={`mt-5 grid gap-4 xl:grid-cols-2 ${query.isPlaceholderData ? "opacity-60" : ""}`} aria-busy={query.isPlaceholderData}>
            {report.metrics.map((metric) => (
              <MetricCard
                key={metric.metric}
                metric={metric}
                clock={clock}
                hourly={report.days === 1}
                onDrill={(bucket) => setDrill({ metric: metric.metric, bucket, page: 1 })}
              />
            ))}
          </div>
        )}
      </div>
      {drill !== null && drilled !== undefined && (
        <DrillDialog metric={drilled} drill={drill} days={days} clock={clock} onDrill={setDrill} />
      )}
    </div>
  );
}

function NotYours() {
  return (
    <div className="grid h-full place-items-center p-6 text-center">
      <div>
        <h1 className="text-xl font-semibold">Reports are for managers</h1>
        <p className="mt-1 text-muted">Your account answers customers. Ask an administrator if you need the reports too.</p>
        <Link href="/" className="button-quiet mt-4">
          Go to the conversations
        </Link>
      </div>
    </div>
  );
}
