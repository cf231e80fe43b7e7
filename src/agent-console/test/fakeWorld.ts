import type {
  Author,
  ClaimResult,
  ConversationDetail,
  ConversationPage,
  ConversationSummary,
  Evidence,
  ReplyResult,
  ResolveResult,
  TranscriptEntry,
  TranscriptPage,
  View,
} from "../src/wire/conversation";
import type { Me } from "../src/wire/session";

export type FakeEvent =
  | { type: "changed"; summary: ConversationSummary }
  | { type: "appended"; id: string; entry: TranscriptEntry }
  | { type: "typing"; id: string };

interface Thread {
  detail: ConversationDetail;
  /** By sequence - 1; null is a stored activity that transcripts do not show. */
  log: (TranscriptEntry | null)[];
}

export interface Opening {
  id: string;
  customerName: string;
  subject: string;
  startedAt?: string;
}

/** The conversations of a fake company, changed as the real service changes them: every change is stored, versioned and told. */
export function createFakeWorld(clock: () => number = Date.now) {
  const threads = new Map<string, Thread>();
  const listeners = new Set<(event: FakeEvent) => void>();
  const iso = (): string => new Date(clock()).toISOString();
  let version = 0;

  const tell = (event: FakeEvent): void => listeners.forEach((listener) => listener(event));

  function thread(id: string): Thread {
    const found = threads.get(id);
    if (found === undefined) {
      throw new Error(`The fake world has no conversation ${id}.`);
    }
    return found;
  }

  function change(id: string, changes: Partial<ConversationDetail>): void {
    const changed = thread(id);
    changed.detail = { ...changed.detail, ...changes, version: ++version };
    tell({ type: "changed", summary: toSummary(changed.detail) });
  }

  function append(id: string, author: Author, name: string, text: string, extra: Partial<TranscriptEntry> = {}): TranscriptEntry {
    const { log } = thread(id);
    const sequence = log.length + 1;
    const entry = { sequence, id: `${id}-${sequence}`, author, name, text, at: iso(), clientId: null, citations: [], attachments: [], evidence: null, replyToId: null, ...extra };
    log.push(entry);
    tell({ type: "appended", id, entry });
    change(id, author === "system" ? { lastSequence: sequence } : { lastSequence: sequence, lastText: text, lastAt: entry.at });
    return entry;
  }

  return {
    open({ id, customerName, subject, startedAt = iso() }: Opening): void {
      const detail: ConversationDetail = {
        id,
        customerName,
        channel: "directline",
        site: "demo",
        subject,
        lastText: "",
        lastAt: startedAt,
        lastSequence: 0,
        state: "bot",
        queue: null,
        priority: null,
        reasonCode: null,
        waitingSince: null,
        assignee: null,
        intent: null,
        ticketNumber: null,
        version: ++version,
        startedAt,
        locale: "en-IE",
        evidence: null,
        tickets: [],
        corrections: [],
        draft: null,
      };
      threads.set(id, { detail, log: [] });
    },
    change,
    append,
    /** Stores an activity that no transcript shows, as a typing or an event activity. */
    appendHidden(id: string): void {
      thread(id).log.push(null);
    },
    escalate(id: string, evidence: Evidence, queue: string, priority: string): void {
      const intent = evidence.intent?.name ?? null;
      change(id, { state: "waiting", evidence, queue, priority, intent, reasonCode: evidence.reasonCode, waitingSince: iso() });
    },
    typing: (id: string): void => tell({ type: "typing", id }),

    list(view: View, me: Me, cursor: string | null, limit: number): ConversationPage {
      const all = [...threads.values()].map((one) => toSummary(one.detail));
      const waiting = all.filter((one) => one.state === "waiting").sort((a, b) => (a.waitingSince ?? "").localeCompare(b.waitingSince ?? ""));
      const mine = all.filter((one) => one.state === "assigned" && one.assignee?.id === me.id).sort(latestFirst);
      const rows = { waiting, mine, all: all.sort(latestFirst) }[view];
      const start = Number(cursor ?? 0);
      return {
        items: rows.slice(start, start + limit),
        nextCursor: start + limit < rows.length ? String(start + limit) : null,
        counts: { waiting: waiting.length, mine: mine.length },
      };
    },
    detail: (id: string): ConversationDetail | null => threads.get(id)?.detail ?? null,
    page(id: string, after: number, limit: number): TranscriptPage {
      const { log } = thread(id);
      const shown = log.slice(after).filter((entry) => entry !== null);
      return { items: shown.slice(0, limit), lastSequence: log.length, more: shown.length > limit };
    },

    claim(id: string, me: Me): ClaimResult {
      const detail = threads.get(id)?.detail;
      if (detail === undefined) {
        return { outcome: "not_found", by: null };
      }
      if (detail.state === "assigned") {
        return { outcome: "taken", by: detail.assignee?.name ?? null };
      }
      if (detail.state !== "waiting") {
        return { outcome: "closed", by: null };
      }
      change(id, { state: "assigned", assignee: { id: me.id, name: me.name }, waitingSince: null });
      append(id, "system", "SupportBot", `${me.name} joined the conversation`);
      return { outcome: "claimed", by: me.name };
    },
    /** Sends the bot's draft, as it is without a text of the agent's own. */
    sendDraft(id: string, me: Me, clientId: string, text: string | null): ReplyResult {
      const found = threads.get(id);
      const draft = found?.detail.draft ?? null;
      const again = found?.log.find((entry) => entry?.clientId === clientId);
      if (found === undefined || draft === null || (draft.sentBy !== null && again === undefined)) {
        return { outcome: found === undefined ? "not_found" : "no_draft", sequence: null };
      }
      if (again === undefined) {
        change(id, { draft: { ...draft, sentBy: me.name, sentAt: iso(), edited: text !== null && text !== draft.text } });
      }
      const words = text ?? draft.text;
      const stored = again ?? append(id, "agent", me.name, words, { clientId, at: found.detail.draft?.sentAt ?? iso(), citations: draft.citations });
      return { outcome: "sent", sequence: stored.sequence };
    },
    reply(id: string, me: Me, clientId: string, text: string): ReplyResult {
      const found = threads.get(id);
      const problem =
        found === undefined ? "not_found" : found.detail.state !== "assigned" ? "closed" : found.detail.assignee?.id !== me.id ? "not_yours" : null;
      if (found === undefined || problem !== null) {
        return { outcome: problem ?? "not_found", sequence: null };
      }
      if (text.trim() === "" || text.length > 4000) {
        return { outcome: text.trim() === "" ? "empty" : "too_long", sequence: null };
      }
      const stored = found.log.find((entry) => entry?.clientId === clientId) ?? append(id, "agent", me.name, text, { clientId });
      return { outcome: "sent", sequence: stored.sequence };
    },
    resolve(id: string, me: Me): ResolveResult {
      const detail = threads.get(id)?.detail;
      if (detail === undefined) {
        return { outcome: "not_found" };
      }
      if (detail.state !== "assigned" || detail.assignee?.id !== me.id) {
        return { outcome: detail.state === "resolved" ? "closed" : "not_yours" };
      }
      change(id, { state: "resolved" });
      append(id, "system", "SupportBot", `${me.name} closed the conversation`);
      return { outcome: "resolved" };
    },
    onEvent(listener: (event: FakeEvent) => void): void {
      listeners.add(listener);
    },
  };
}

export type FakeWorld = ReturnType<typeof createFakeWorld>;

function toSummary(detail: ConversationDetail): ConversationSummary {
  const { startedAt: _startedAt, locale: _locale, evidence: _evidence, tickets: _tickets, corrections: _corrections, draft: _draft, ...summary } = detail;
  return summary;
}

function latestFirst(a: ConversationSummary, b: ConversationSummary): number {
  return b.lastAt.localeCompare(a.lastAt);
}
