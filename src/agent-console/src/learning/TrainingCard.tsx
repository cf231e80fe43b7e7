import { GraduationCap } from "lucide-react";
import { useState } from "react";
import { useConsole } from "../session/consoleContext";
import type { LabelCounts, Training } from "../wire/learning";
import { Card } from "./Card";

interface TrainingCardProps {
  counts: LabelCounts;
  training: Training;
  onTrain: () => Promise<void>;
}

/** What there is to learn from, and the learning. */
export function TrainingCard({ counts, training, onTrain }: TrainingCardProps) {
  const { times } = useConsole();
  const [asking, setAsking] = useState(false);
  const busy = asking || training.running;
  const cells: [string, number][] = [
    ["Said by agents", counts.agents],
    ["Thumbs", counts.thumbs],
    ["What customers did next", counts.outcomes],
    ["Not learnt from yet", counts.new],
  ];

  return (
    <Card
      title="Labels and training"
      action={
        <button
          type="button"
          className="button-primary"
          // It keeps the focus while it cannot be pressed.
          aria-disabled={busy}
          onClick={() => {
            if (!busy) {
              setAsking(true);
              void onTrain().finally(() => setAsking(false));
            }
          }}
        >
          <GraduationCap aria-hidden="true" className="size-4" />
          {busy ? "Training…" : "Train now"}
        </button>
      }
    >
      <dl className="mt-3 grid grid-cols-2 gap-2 sm:grid-cols-4">
        {cells.map(([name, count]) => (
          <div key={name} className="rounded-lg bg-canvas px-3 py-2">
            <dt className="text-xs text-muted">{name}</dt>
            <dd className="text-lg leading-7 font-semibold tabular-nums">{count}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-2 text-xs text-muted">
        {counts.needed === null ? "Training begins when you ask for it." : `Training begins by itself when ${counts.needed} labels are new, or when you ask for it.`}{" "}
        A fifth of the wordings is held back and never learnt: with it the versions are measured.
      </p>
      <div role="status" aria-label="Training" className="mt-3">
        {training.running ? (
          <>
            <p className="mb-1">{training.step ?? "It begins in a moment"}</p>
            <progress aria-label="Progress of the training" max={100} value={training.percent} className="h-2 w-full accent-accent" />
          </>
        ) : (
          training.outcome !== null && (
            <p>
              {training.outcome}
              {training.endedAt !== null && <span className="text-muted"> {times.dateTime(training.endedAt)}</span>}
            </p>
          )
        )}
      </div>
    </Card>
  );
}
