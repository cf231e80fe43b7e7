import { RotateCcw } from "lucide-react";
import { useState } from "react";
import { useConsole } from "../session/consoleContext";
import type { LessonFigures, ModelVersion } from "../wire/learning";
import { Card } from "./Card";
import { percent } from "./shares";

const STATES: Readonly<Record<ModelVersion["state"], { word: string; tone: string }>> = {
  in_force: { word: "In force", tone: "bg-ok-soft text-ok" },
  kept: { word: "Kept", tone: "bg-sunken text-ink" },
  not_taken: { word: "Not taken", tone: "bg-warn-soft text-warn" },
};

interface VersionsCardProps {
  versions: readonly ModelVersion[];
  takingOver: boolean;
  onPutInForce: (number: number) => Promise<void>;
}

export function VersionsCard({ versions, takingOver, onPutInForce }: VersionsCardProps) {
  const [busy, setBusy] = useState(false);
  const inForce = versions.find(({ state }) => state === "in_force");
  return (
    <Card title="Versions" wide>
      <p role="status" aria-label="Version in force" className="text-muted">
        {inForce !== undefined && `In force: ${lowerFirst(nameOf(inForce))}${takingOver ? ", as soon as it is learnt" : ""}.`}
      </p>
      <ol className="mt-3 grid gap-3">
        {versions.map((version) => (
          <li key={version.number} className="grid gap-x-6 gap-y-2 rounded-lg border border-line p-3 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)_auto]">
            <VersionFacts version={version} />
            {version.before !== null && version.after !== null ? <BeforeAfter before={version.before} after={version.after} /> : <span />}
            <div className="lg:w-40 lg:text-right">
              {version.state === "kept" && (
                <button
                  type="button"
                  className="button-quiet"
                  aria-disabled={busy}
                  aria-label={`Roll back to this: ${nameOf(version)}`}
                  onClick={() => {
                    if (!busy) {
                      setBusy(true);
                      void onPutInForce(version.number).finally(() => setBusy(false));
                    }
                  }}
                >
                  <RotateCcw aria-hidden="true" className="size-4" />
                  Roll back to this
                </button>
              )}
            </div>
          </li>
        ))}
      </ol>
    </Card>
  );
}

function nameOf(version: ModelVersion): string {
  return version.madeAt === null ? "The company’s files alone" : `Version ${version.number}`;
}

function lowerFirst(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}

function VersionFacts({ version }: { version: ModelVersion }) {
  const { times } = useConsole();
  const { word, tone } = STATES[version.state];
  const learnt = version.fromAgents + version.fromThumbs + version.fromOutcomes;
  return (
    <div>
      <h3 className="flex flex-wrap items-center gap-2 font-semibold">
        {nameOf(version)}
        <span className={`rounded-full px-2 text-xs font-semibold ${tone}`}>{word}</span>
      </h3>
      {version.madeAt === null ? (
        <p className="text-muted">No label is learnt from.</p>
      ) : (
        <>
          <p className="text-muted">
            {times.dateTime(version.madeAt)}, {version.askedBy === null ? "by itself" : `asked for by ${version.askedBy}`}
          </p>
          <p className="text-muted">
            {learnt} labels learnt: {version.fromAgents} from agents, {version.fromThumbs} thumbs, {version.fromOutcomes} from what customers did.
          </p>
        </>
      )}
      {version.objection !== null && <p className="mt-1">{version.objection}</p>}
    </div>
  );
}

/** How this version did beside what was in force when it was made. */
function BeforeAfter({ before, after }: { before: LessonFigures; after: LessonFigures }) {
  const right = (of: LessonFigures): number => of.intentsRight + of.answersRight;
  const all = after.intents + after.answers;
  return (
    <div className="grid content-start gap-1.5">
      <Bars title={`Of ${all} held-back labels right`} before={share(right(before), all)} after={share(right(after), all)} words={(value) => `${Math.round(value * all)}`} />
      {after.evaluationIntents !== null && (
        <Bars title="Evaluation questions read right" before={before.evaluationIntents} after={after.evaluationIntents} />
      )}
      {after.evaluationAnswered !== null && (
        <Bars title="Evaluation questions answered, of those that may be" before={before.evaluationAnswered} after={after.evaluationAnswered} />
      )}
      {after.evaluationWrong !== null && <Bars title="Evaluation questions answered wrongly" before={before.evaluationWrong} after={after.evaluationWrong} />}
    </div>
  );
}

interface BarsProps {
  title: string;
  before: number | null;
  after: number | null;
  words?: (value: number) => string;
}

function Bars({ title, before, after, words = (value) => percent(value, 1) }: BarsProps) {
  return (
    <div role="group" aria-label={title}>
      <p className="text-xs text-muted">{title}</p>
      <dl>
        <Bar name="before" value={before} tone="bg-line-strong" words={words} />
        <Bar name="after" value={after} tone="bg-chart-p50" words={words} />
      </dl>
    </div>
  );
}

function Bar({ name, value, tone, words }: { name: string; value: number | null; tone: string; words: (value: number) => string }) {
  return (
    <div className="grid grid-cols-[3rem_minmax(0,1fr)_3.5rem] items-center gap-2 text-xs">
      <dt className="text-muted">{name}</dt>
      <dd className="contents">
        <span aria-hidden="true" className="h-2 rounded-full bg-sunken">
          <span className={`block h-full rounded-full ${tone}`} style={{ width: `${Math.min(1, value ?? 0) * 100}%` }} />
        </span>
        <span className="text-right font-semibold tabular-nums">{value === null ? "none" : words(value)}</span>
      </dd>
    </div>
  );
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
