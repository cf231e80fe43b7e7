import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Choice } from "../reports/Choice";
import { useConsole } from "../session/consoleContext";
import { ForManagers } from "../shell/ForManagers";
import { Notice } from "../shell/Notice";
import { useDocumentTitle } from "../shell/useDocumentTitle";
import { ApiError } from "../wire/consoleApi";
import { mayReadReports } from "../wire/session";
import type { BacklogItem, BacklogView } from "../wire/tickets";
import { BacklogTable } from "./BacklogTable";
import { SystemCard } from "./SystemCard";

/** How often it is read again, as long as the page can be seen. */
const REFRESH_MS = 10_000;

const VIEWS: readonly (readonly [BacklogView, string])[] = [
  ["waiting", "On its way"],
  ["failed", "Given up"],
];

export default function BacklogPage() {
  const { me } = useConsole();
  useDocumentTitle("Backlog");
  return mayReadReports(me) ? <Backlog /> : <NotYours />;
}

function Backlog() {
  const { api, times } = useConsole();
  const queries = useQueryClient();
  const [view, setView] = useState<BacklogView>("waiting");
  const [outcome, setOutcome] = useState<{ tone: "info" | "danger"; text: string } | null>(null);
  const [retrying, setRetrying] = useState<number | null>(null);
  const query = useInfiniteQuery({
    queryKey: ["backlog", view],
    queryFn: ({ pageParam }) => api.backlog(view, pageParam),
    initialPageParam: 0,
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: REFRESH_MS,
    refetchOnWindowFocus: "always",
  });
  if (query.error instanceof ApiError && query.error.status === 403) {
    return <NotYours />;
  }
  const latest = query.data?.pages[0];
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];

  async function retry(item: BacklogItem): Promise<void> {
    setRetrying(item.id);
    setOutcome(null);
    try {
      await api.retryBacklog(item.id);
      setOutcome({ tone: "info", text: `“${item.subject ?? "It"}” is being tried again.` });
    } catch (error) {
      setOutcome({ tone: "danger", text: error instanceof Error ? error.message : "That did not work." });
    }
    await queries.invalidateQueries({ queryKey: ["backlog"] });
    setRetrying(null);
  }

  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto max-w-7xl p-4 sm:p-6">
        <div className="flex flex-wrap items-end justify-between gap-4">
          <div>
            <h1 className="text-xl font-semibold">Backlog</h1>
            <p className="text-muted">
              What has not arrived in a ticketing system, a mailbox or a channel yet.
              {query.dataUpdatedAt > 0 && ` As of ${times.time(new Date(query.dataUpdatedAt).toISOString())}.`}
            </p>
          </div>
          <Choice label="Shown" options={VIEWS} value={view} onChange={setView} />
        </div>

        {query.isError && (
          <div role="alert" className="mt-4">
            <Notice tone="danger">
              The backlog could not be read. {query.error.message}{" "}
              <button type="button" className="link font-medium" onClick={() => void query.refetch()}>
                Try again
              </button>
            </Notice>
          </div>
        )}
        {latest !== undefined && latest.routeMistakes.length > 0 && (
          <div role="alert" className="mt-4">
            <Notice tone="danger">
              <p className="font-semibold">Some routes lead nowhere: their tickets cannot be opened.</p>
              <ul className="mt-1 list-disc pl-5">
                {latest.routeMistakes.map((mistake) => (
                  <li key={mistake} className="break-words">
                    {mistake}
                  </li>
                ))}
              </ul>
            </Notice>
          </div>
        )}
        <div role="status" aria-label="Outcome" className={outcome === null ? "" : "mt-4"}>
          {outcome !== null && <Notice tone={outcome.tone}>{outcome.text}</Notice>}
        </div>

        {latest === undefined && !query.isError && <p className="mt-5 text-muted">Reading the backlog…</p>}
        {latest !== undefined && (
          <>
            <ul aria-label="Ticketing systems" className="mt-5 grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
              {latest.systems.map((system) => (
                <li key={system.name}>
                  <SystemCard system={system} />
                </li>
              ))}
            </ul>
            <BacklogTable view={view} items={items} retrying={retrying} onRetry={(item) => void retry(item)} />
            {query.hasNextPage && (
              <div className="mt-3 text-center">
                <button type="button" className="button-quiet" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                  Show more
                </button>
              </div>
            )}
          </>
        )}
      </div>
    </div>
  );
}

function NotYours() {
  return <ForManagers title="The backlog is for managers">It shows what other systems have not taken yet.</ForManagers>;
}
