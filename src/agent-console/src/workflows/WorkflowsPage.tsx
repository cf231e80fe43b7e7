import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation, useSearch } from "wouter";
import { Choice } from "../reports/Choice";
import { useConsole } from "../session/consoleContext";
import { ForManagers } from "../shell/ForManagers";
import { Notice } from "../shell/Notice";
import { useDocumentTitle } from "../shell/useDocumentTitle";
import { ApiError } from "../wire/consoleApi";
import type { Period } from "../wire/reports";
import { mayReadReports } from "../wire/session";
import type { Workflow } from "../wire/workflows";
import { ProcessMap } from "./ProcessMap";
import { StepDetails } from "./StepDetails";
import { StepTable } from "./StepTable";
import { ANSWERS, cameTo, customers } from "./stepWords";
import { WorkflowList } from "./WorkflowList";

const PERIODS: readonly (readonly [Period, string])[] = [
  [1, "Today"],
  [7, "7 days"],
  [30, "30 days"],
];
const SHAPES = [
  ["map", "Map"],
  ["table", "Table"],
] as const;

const REFRESH_MS = 60_000;

export default function WorkflowsPage() {
  const { me } = useConsole();
  useDocumentTitle("Workflows");
  return mayReadReports(me) ? <Report /> : <NotYours />;
}

/** The period and the process are part of the address, so that a link shows the same map. */
function Report() {
  const { api, me, times } = useConsole();
  const parameters = new URLSearchParams(useSearch());
  const [, navigate] = useLocation();
  const days = PERIODS.find(([one]) => String(one) === parameters.get("days"))?.[0] ?? 7;
  const query = useQuery({
    queryKey: ["workflows", days],
    queryFn: () => api.workflows(days),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  });
  if (query.error instanceof ApiError && query.error.status === 403) {
    return <NotYours />;
  }
  const report = query.data;
  const open = report?.workflows.find((workflow) => workflow.intent === parameters.get("intent")) ?? report?.workflows[0];
  const addressOf = (intent: string | undefined, period: Period): string =>
    `/workflows?${new URLSearchParams({ days: String(period), ...(intent === undefined ? {} : { intent }) })}`;

  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto max-w-[100rem] p-4 sm:p-6">
        <div className="flex flex-wrap items-end justify-between gap-4">
          <div>
            <h1 className="text-xl font-semibold">Workflows</h1>
            <p className="text-muted">
              {report === undefined
                ? `How ${me.company.bot} leads customers through each process…`
                : `How far customers came, ${times.dateTime(report.from)} to ${times.dateTime(report.to)}`}
            </p>
          </div>
          <Choice label="Period" options={PERIODS} value={days} onChange={(next) => navigate(addressOf(open?.intent, next), { replace: true })} />
        </div>
        {query.isError && (
          <div role="alert" className="mt-4">
            <Notice tone="danger">
              The figures could not be read. {query.error.message}{" "}
              <button type="button" className="link font-medium" onClick={() => void query.refetch()}>
                Try again
              </button>
            </Notice>
          </div>
        )}
        {report !== undefined && open === undefined && <p className="mt-5 text-muted">The company has described no process yet.</p>}
        {report !== undefined && open !== undefined && (
          <div
            className={`mt-5 grid items-start gap-4 lg:grid-cols-[17rem_minmax(0,1fr)] ${query.isPlaceholderData ? "opacity-60" : ""}`}
            aria-busy={query.isPlaceholderData}
          >
            <div className="max-h-60 overflow-y-auto rounded-lg border border-line bg-surface p-1.5 lg:max-h-[calc(100dvh-12rem)]">
              <WorkflowList workflows={report.workflows} open={open.intent} addressOf={(intent) => addressOf(intent, days)} />
            </div>
            <Process key={open.intent} workflow={open} />
          </div>
        )}
      </div>
    </div>
  );
}

function Process({ workflow }: { workflow: Workflow }) {
  const { me } = useConsole();
  const [shape, setShape] = useState<"map" | "table">("map");
  const [selected, setSelected] = useState<string | null>(null);
  const node = workflow.nodes.find(({ id }) => id === selected);
  return (
    <section aria-label={workflow.title} className="min-w-0">
      <div className="mb-3 flex flex-wrap items-end justify-between gap-3">
        <div>
          <h2 className="text-base font-semibold">{workflow.title}</h2>
          <p className="text-muted">
            {customers(workflow.runs)} began it. {me.company.bot} {ANSWERS[workflow.answer]}.
          </p>
        </div>
        <Choice label="Shown as" options={SHAPES} value={shape} onChange={setShape} />
      </div>
      <div className={`grid items-start gap-4 ${shape === "map" ? "xl:grid-cols-[minmax(0,1fr)_17rem]" : ""}`}>
        <div className="min-w-0 rounded-lg border border-line bg-surface">
          {shape === "map" ? <ProcessMap workflow={workflow} selected={selected} onSelect={setSelected} /> : <StepTable workflow={workflow} />}
        </div>
        {shape === "map" && (
          <div role="status" aria-label="Chosen step" className="xl:sticky xl:top-4">
            {node === undefined ? <p className="text-muted">Choose a step to see what happened at it.</p> : <StepDetails node={node} came={cameTo(workflow, node)} />}
          </div>
        )}
      </div>
    </section>
  );
}

function NotYours() {
  return <ForManagers title="Workflows are for managers">They show how far customers came in each process.</ForManagers>;
}
