import { useQuery } from "@tanstack/react-query";
import { useEffect, useId, useRef, useState, type FormEvent } from "react";
import { useConsole } from "../session/consoleContext";
import type { IntentReading } from "../wire/conversation";
import type { Correction, IntentChoice } from "../wire/learning";

/** Stands for "none of these" in the list; no intent has an empty name. */
const NONE = "";

interface MessageMeaningProps {
  conversationId: string;
  sequence: number;
  reading: IntentReading | null;
  correction: Correction | undefined;
}

/** What the bot read a customer's message as, and what an agent says instead: the bot learns from it. */
export function MessageMeaning({ conversationId, sequence, reading, correction }: MessageMeaningProps) {
  const { live, me } = useConsole();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);

  // What had the focus goes with the form: it returns to where it came from.
  useEffect(() => {
    if (wasOpen.current && !open) {
      opener.current?.focus();
    }
    wasOpen.current = open;
  }, [open]);

  function run(action: Promise<void>): void {
    setBusy(true);
    setProblem(null);
    action
      .then(() => setOpen(false), (error: unknown) => setProblem(error instanceof Error ? error.message : "That did not work."))
      .finally(() => setBusy(false));
  }

  return (
    <div className="mt-1.5 border-t border-line pt-1.5 text-xs text-muted">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span role="status">
          {correction !== undefined ? (
            <>
              <span className="font-medium text-ink">{correction.intent?.title ?? "None of the intents"}</span>, says{" "}
              {correction.by === me.name ? "you" : correction.by}
            </>
          ) : reading !== null ? (
            `Read as ${reading.title}, ${Math.round(reading.confidence * 100)} %`
          ) : (
            `${me.company.bot} has not read this`
          )}
        </span>
        {!open && (
          <button ref={opener} type="button" className="link min-h-6" disabled={busy} onClick={() => setOpen(true)}>
            {correction !== undefined ? "Change" : reading !== null ? "Correct" : "Say what it means"}
          </button>
        )}
        {!open && correction !== undefined && (
          <button type="button" className="link min-h-6" disabled={busy} onClick={() => run(live.takeBackCorrection(conversationId, sequence))}>
            Take back
          </button>
        )}
      </p>
      {open && (
        <MeaningForm
          current={correction === undefined ? (reading?.name ?? NONE) : (correction.intent?.name ?? NONE)}
          busy={busy}
          onSave={(intent) => run(live.correct(conversationId, sequence, intent))}
          onCancel={() => setOpen(false)}
        />
      )}
      {problem !== null && (
        <p role="alert" className="mt-1 text-danger">
          {problem}
        </p>
      )}
    </div>
  );
}

interface MeaningFormProps {
  /** The intent that is chosen at first. */
  current: string;
  busy: boolean;
  onSave: (intent: string | null) => void;
  onCancel: () => void;
}

function MeaningForm({ current, busy, onSave, onCancel }: MeaningFormProps) {
  const { api } = useConsole();
  const intents = useQuery({ queryKey: ["intents"], queryFn: () => api.intents(), staleTime: 60_000 });
  return (
    <>
      {intents.isPending && <p className="mt-1">Reading the intents…</p>}
      {intents.isError && (
        <p role="alert" className="mt-1 text-danger">
          The intents could not be read. {intents.error.message}{" "}
          <button type="button" className="link" onClick={() => void intents.refetch()}>
            Try again
          </button>
        </p>
      )}
      {intents.data !== undefined && <MeaningFields intents={intents.data} {...{ current, busy, onSave, onCancel }} />}
    </>
  );
}

function MeaningFields({ intents, current, busy, onSave, onCancel }: MeaningFormProps & { intents: IntentChoice[] }) {
  const fieldId = useId();
  const field = useRef<HTMLSelectElement>(null);
  const [chosen, setChosen] = useState(intents.some(({ name }) => name === current) ? current : NONE);

  useEffect(() => field.current?.focus(), []);

  function save(event: FormEvent): void {
    event.preventDefault();
    onSave(chosen === NONE ? null : chosen);
  }

  return (
    <form
      className="mt-1 grid gap-1.5"
      onSubmit={save}
      onKeyDown={(event) => {
        if (event.key === "Escape") {
          event.stopPropagation();
          onCancel();
        }
      }}
    >
      <label htmlFor={fieldId}>What does this message mean?</label>
      <select id={fieldId} ref={field} value={chosen} onChange={(event) => setChosen(event.target.value)} className="field py-1.5">
        <option value={NONE}>None of these: nothing that we handle</option>
        {intents.map(({ name, title }) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </select>
      <span className="flex gap-2">
        <button type="submit" className="button-primary min-h-8" disabled={busy}>
          Save
        </button>
        <button type="button" className="button-quiet min-h-8" disabled={busy} onClick={onCancel}>
          Cancel
        </button>
      </span>
    </form>
  );
}
