import type { Evidence, IntentReading, Passage } from "../wire/conversation";
import { articleAddress } from "../words/links";
import { reasonInWords } from "../words/reasons";
import { Meter } from "./Meter";

/** What the bot knew when it decided, in the order in which an agent asks: why, what it understood, what it had found. */
export function EvidenceView({ evidence }: { evidence: Evidence }) {
  // What would be drawn as 0 % tells an agent nothing.
  const alternatives = evidence.alternatives.filter(({ confidence }) => confidence >= 0.005);
  return (
    <div className="grid gap-4">
      <div>
        <p className="text-base leading-snug font-semibold">{reasonInWords(evidence.reasonCode)}</p>
        <p className="mt-1">{evidence.explanation}</p>
        <p className="mt-1.5 text-xs text-muted">
          Rule <code className="rounded bg-sunken px-1 py-0.5 font-mono">{evidence.rule}</code>
        </p>
      </div>

      <div>
        <h3 className="mb-1 font-semibold">Understood as</h3>
        {evidence.intent === null ? <p className="text-muted">Nothing it knows.</p> : <Reading reading={evidence.intent} />}
        {alternatives.length > 0 && (
          <>
            <h4 className="mt-2.5 mb-1 text-xs text-muted">Or perhaps</h4>
            <ul className="grid gap-1.5">
              {alternatives.map((reading) => (
                <li key={reading.name}>
                  <Reading reading={reading} />
                </li>
              ))}
            </ul>
          </>
        )}
      </div>

      {evidence.answerProbability !== null && (
        <div>
          <h3 className="mb-1 font-semibold">Sure of its answer</h3>
          <Meter label="Answer probability" value={evidence.answerProbability} threshold={evidence.threshold} />
          {evidence.threshold !== null && (
            <p className="mt-1 text-xs text-muted">
              {evidence.answerProbability >= evidence.threshold ? "Enough: it" : "Not enough: it"} answers by itself from{" "}
              {percent(evidence.threshold)}.
            </p>
          )}
        </div>
      )}

      {evidence.passages.length > 0 && (
        <div>
          <h3 className="mb-1 font-semibold">Passages found</h3>
          <ol className="grid gap-2.5">
            {evidence.passages.map((passage, index) => (
              <li key={`${passage.slug} ${index}`}>
                <PassageView passage={passage} />
              </li>
            ))}
          </ol>
        </div>
      )}
    </div>
  );
}

function Reading({ reading }: { reading: IntentReading }) {
  return (
    <>
      <p className="break-words">{reading.title}</p>
      <Meter label={`Confidence in ${reading.title}`} value={reading.confidence} threshold={null} />
    </>
  );
}

function PassageView({ passage }: { passage: Passage }) {
  return (
    <>
      <p className="flex items-baseline justify-between gap-3">
        <a href={articleAddress(passage.slug)} target="_blank" rel="noopener noreferrer" className="link font-medium">
          {passage.title}
          <span className="sr-only"> (opens in a new tab)</span>
        </a>
        <span className="shrink-0 text-xs text-muted tabular-nums" title="Score of the search">
          <span className="sr-only">score </span>
          {passage.score.toFixed(2)}
        </span>
      </p>
      {passage.heading !== "" && <p className="text-xs font-medium text-muted">{passage.heading}</p>}
      <p className="mt-0.5 line-clamp-3 text-muted">{passage.excerpt}</p>
    </>
  );
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
