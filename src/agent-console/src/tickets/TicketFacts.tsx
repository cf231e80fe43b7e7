import { useState, type FormEvent, type ReactNode } from "react";
import { useConsole } from "../session/consoleContext";
import { PHASES, PRIORITIES, type StoreTicket, type StoreTicketChange } from "../wire/tickets";
import { humanise } from "../words/humanise";
import { assigneeOf, PHASE_TITLES } from "./ticketWords";
import type { ChangeOutcome } from "./useTicketChanges";

interface TicketFactsProps {
  ticket: StoreTicket;
  busy: boolean;
  onChange: (changes: StoreTicketChange, version: number) => Promise<ChangeOutcome>;
}

/** What has been chosen and not saved yet. */
interface Edits {
  changes: StoreTicketChange;
  /** The ticket as it was chosen on; null for the one that is shown, after a refusal said that it had changed. */
  version: number | null;
}

/** Phase, queue, priority and assignee. Nothing changes before it is saved: some of it tells the customer. */
export function TicketFacts({ ticket, busy, onChange }: TicketFactsProps) {
  const { me } = useConsole();
  const [edits, setEdits] = useState<Edits | null>(null);
  const shown = { phase: ticket.phase, queue: ticket.queue, priority: ticket.priority, assignee: assigneeOf(ticket) ?? "", ...edits?.changes };
  // What the ticket has is offered even if the company no longer has it.
  const queues = [...new Set([...me.company.queues.map((queue) => queue.title), shown.queue])];
  const priorities = [...new Set<string>([...PRIORITIES, shown.priority])];

  function edit(changes: StoreTicketChange): void {
    setEdits((before) => ({ changes: { ...before?.changes, ...changes }, version: before === null ? ticket.version : before.version }));
  }

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (edits === null) {
      return;
    }
    const outcome = await onChange(edits.changes, edits.version ?? ticket.version);
    if (outcome === "saved") {
      setEdits(null);
    } else if (outcome === "stale") {
      setEdits({ changes: edits.changes, version: null });
    }
  }

  return (
    <form aria-label="How it stands" className="grid gap-3" onSubmit={(event) => void save(event)}>
      <div className="grid gap-3 sm:grid-cols-2 2xl:grid-cols-4">
        <Field label="Phase">
          <select
            className="field mt-0.5"
            value={shown.phase}
            onChange={(event) => edit({ phase: PHASES.find((one) => one === event.currentTarget.value) ?? ticket.phase })}
          >
            {PHASES.map((phase) => (
              <option key={phase} value={phase}>
                {PHASE_TITLES[phase]}
              </option>
            ))}
          </select>
        </Field>
        <Field label="Queue">
          <select className="field mt-0.5" value={shown.queue} onChange={(event) => edit({ queue: event.currentTarget.value })}>
            {queues.map((queue) => (
              <option key={queue}>{queue}</option>
            ))}
          </select>
        </Field>
        <Field label="Priority">
          <select className="field mt-0.5" value={shown.priority} onChange={(event) => edit({ priority: event.currentTarget.value })}>
            {priorities.map((priority) => (
              <option key={priority} value={priority}>
                {humanise(priority)}
              </option>
            ))}
          </select>
        </Field>
        <Field label="Assignee">
          <input
            className="field mt-0.5"
            maxLength={100}
            placeholder="Nobody"
            value={shown.assignee}
            onChange={(event) => edit({ assignee: event.currentTarget.value.trimStart() })}
          />
        </Field>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <button type="submit" className="button-primary" disabled={busy || edits === null}>
          Save
        </button>
        {edits !== null && (
          <button type="button" className="button-quiet" disabled={busy} onClick={() => setEdits(null)}>
            Undo
          </button>
        )}
        {shown.assignee !== me.name && (
          <button type="button" className="button-quiet" aria-keyshortcuts="a" disabled={busy} onClick={() => void onChange({ assignee: me.name }, ticket.version)}>
            Give it to me
          </button>
        )}
      </div>
    </form>
  );
}

function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <label className="text-xs text-muted">
      {label}
      <span className="block text-sm text-ink">{children}</span>
    </label>
  );
}
