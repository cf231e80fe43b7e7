import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { Choice } from "../reports/Choice";
import { useConsole } from "../session/consoleContext";
import { Notice } from "../shell/Notice";
import type { Label, LabelSource } from "../wire/learning";
import { articleAddress } from "../words/links";
import { Card } from "./Card";

const SOURCES: readonly (readonly [LabelSource | "all", string])[] = [
  ["all", "All"],
  ["agent", "Agents"],
  ["thumb", "Thumbs"],
  ["outcome", "Next steps"],
];

const USES: Readonly<Record<Label["use"], string>> = {
  learnt: "Learnt from",
  measured: "Held back to measure",
  left_out: "Left out",
  unusable: "Not used",
};

interface LabelsCardProps {
  onUse: (id: number, used: boolean) => Promise<void>;
}

/** Every label with where it comes from, so that a manager can check it and leave it out. */
export function LabelsCard({ onUse }: LabelsCardProps) {
  const { api } = useConsole();
  const client = useQueryClient();
  const [source, setSource] = useState<LabelSource | "all">("all");
  const query = useInfiniteQuery({
    queryKey: ["labels", source],
    queryFn: ({ pageParam }) => api.labels(source === "all" ? null : source, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });
  const labels = query.data?.pages.flatMap((page) => page.items);

  async function toggle(label: Label): Promise<void> {
    await onUse(label.id, label.use === "left_out");
    await client.invalidateQueries({ queryKey: ["labels"] });
  }

  return (
    <Card title="Labels" wide action={<Choice label="Source of the labels" options={SOURCES} value={source} onChange={setSource} />}>
      {query.isError && (
        <div role="alert" className="mt-3">
          <Notice tone="danger">
            The labels could not be read. {query.error.message}{" "}
            <button type="button" className="link font-medium" onClick={() => void query.refetch()}>
              Try again
            </button>
          </Notice>
        </div>
      )}
      {query.isPending && <p className="mt-3 text-muted">Reading the labels…</p>}
      {labels?.length === 0 && (
        <p className="mt-3 text-muted">There are none yet. Agents make them below a customer’s message, customers with a thumb or by what they do after an answer.</p>
      )}
      {labels !== undefined && labels.length > 0 && <LabelTable labels={labels} onToggle={toggle} />}
      {query.hasNextPage && (
        <button type="button" className="button-quiet mt-3 self-start" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          Older labels
        </button>
      )}
    </Card>
  );
}

function LabelTable({ labels, onToggle }: { labels: readonly Label[]; onToggle: (label: Label) => Promise<void> }) {
  const { times } = useConsole();
  return (
    <div className="relative mt-3 overflow-x-auto" tabIndex={0} role="group" aria-label="Labels, to scroll sideways">
      <table className="w-full border-collapse" aria-label="Labels">
        <thead className="text-left text-xs text-muted">
          <tr>
            {["The customer’s words", "Label", "Said by", "When", "Use", "Leave out"].map((title) => (
              <th key={title} scope="col" className="py-1.5 pr-3 font-medium">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {labels.map((label) => (
            <tr key={label.id} className="border-t border-line align-top">
              <td className="min-w-56 py-1.5 pr-3">
                <Link href={`/conversations/${encodeURIComponent(label.conversationId)}?view=all`} className="link break-words">
                  {label.text}
                </Link>
              </td>
              <td className="min-w-40 py-1.5 pr-3">
                <Meaning label={label} />
              </td>
              <td className="py-1.5 pr-3">{label.by ?? (label.source === "thumb" ? "Customer, thumb" : "Customer, next step")}</td>
              <td className="py-1.5 pr-3 whitespace-nowrap tabular-nums">{times.dateTime(label.at)}</td>
              <td className="min-w-32 py-1.5 pr-3">
                {USES[label.use]}
                {label.objection !== null && <span className="block text-xs text-muted">{label.objection}</span>}
              </td>
              <td className="py-1">
                <button type="button" className="link min-h-7 whitespace-nowrap" onClick={() => void onToggle(label)}>
                  {label.use === "left_out" ? "Take in" : "Leave out"}
                  <span className="sr-only">: {label.text}</span>
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Meaning({ label }: { label: Label }) {
  if (label.kind === "intent") {
    return label.intent === null ? "Means none of the intents" : <>Means “{label.intent.title}”</>;
  }
  const slug = label.article ?? "";
  return (
    <>
      <a href={articleAddress(slug)} target="_blank" rel="noopener noreferrer" className="link">
        {slug}
        <span className="sr-only"> (opens in a new tab)</span>
      </a>{" "}
      {label.right === true ? "answered it" : "did not answer it"}
    </>
  );
}
