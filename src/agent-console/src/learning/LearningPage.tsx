import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { useConsole } from "../session/consoleContext";
import { Notice } from "../shell/Notice";
import { useDocumentTitle } from "../shell/useDocumentTitle";
import { ApiError } from "../wire/consoleApi";
import { mayRunLearning } from "../wire/session";
import { ConfidenceCard } from "./ConfidenceCard";
import { LabelsCard } from "./LabelsCard";
import { TrainingCard } from "./TrainingCard";
import { VersionsCard } from "./VersionsCard";

/** How soon the page is read again while something is under way, and otherwise. */
const BUSY_MS = 1000;
const IDLE_MS = 15_000;

export default function LearningPage() {
  const { me } = useConsole();
  useDocumentTitle("Learning");
  return mayRunLearning(me) ? <Overview /> : <NotYours />;
}

function Overview() {
  const { api, me } = useConsole();
  const client = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const query = useQuery({
    queryKey: ["learning"],
    queryFn: () => api.learning(),
    refetchInterval: ({ state }) => (state.data !== undefined && (state.data.training.running || state.data.takingOver) ? BUSY_MS : IDLE_MS),
  });
  if (query.error instanceof ApiError && query.error.status === 403) {
    return <NotYours />;
  }
  const learning = query.data;

  /** Does something, says what went wrong with it, and reads the page again. */
  async function run(action: () => Promise<void>): Promise<void> {
    setProblem(null);
    try {
      await action();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : "That did not work.");
    }
    await client.invalidateQueries({ queryKey: ["learning"] });
  }

  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto max-w-7xl p-4 sm:p-6">
        <h1 className="text-xl font-semibold">What {me.company.bot} learns</h1>
        <p className="max-w-prose text-muted">
          Agents correct what messages mean, customers judge answers. {me.company.bot} learns from it beside its work, and what it has learnt
          takes over only when it does better on labels that it has not seen.
        </p>

        {(query.isError || problem !== null) && (
          <div className="mt-4" role="alert">
            <Notice tone="danger">
              {problem ?? `What is learnt could not be read. ${query.error?.message ?? ""}`}{" "}
              {problem === null && (
                <button type="button" className="link font-medium" onClick={() => void query.refetch()}>
                  Try again
                </button>
              )}
            </Notice>
          </div>
        )}
        {learning === undefined && !query.isError && <p className="mt-5 text-muted">Reading the labels…</p>}
        {learning !== undefined && (
          <div className="mt-5 grid gap-4 xl:grid-cols-2">
            <TrainingCard counts={learning.labels} training={learning.training} onTrain={() => run(() => api.train())} />
            <ConfidenceCard confidence={learning.confidence} />
            <VersionsCard versions={learning.versions} takingOver={learning.takingOver} onPutInForce={(number) => run(() => api.putInForce(number))} />
            <LabelsCard onUse={(id, used) => run(() => api.useLabel(id, used))} />
          </div>
        )}
      </div>
    </div>
  );
}

function NotYours() {
  return (
    <div className="grid h-full place-items-center p-6 text-center">
      <div>
        <h1 className="text-xl font-semibold">What the bot learns is for managers</h1>
        <p className="mt-1 text-muted">Your corrections in conversations count all the same.</p>
        <Link href="/" className="button-quiet mt-4">
          Go to the conversations
        </Link>
      </div>
    </div>
  );
}
