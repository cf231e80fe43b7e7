import type { ConversationSummary, TranscriptEntry, TranscriptPage } from "../src/wire/conversation";

export function summary(id: string, changes: Partial<ConversationSummary> = {}): ConversationSummary {
  return {
    id,
    customerName: "Aoife Brennan",
    channel: "directline",
    site: "demo",
    subject: "Refund",
    lastText: "Hello",
    lastAt: "2026-11-20T10:00:00Z",
    lastSequence: 1,
    state: "bot",
    queue: null,
    priority: null,
    reasonCode: null,
    waitingSince: null,
    assignee: null,
    intent: null,
    ticketNumber: null,
    version: 1,
    ...changes,
  };
}

export function entry(sequence: number, changes: Partial<TranscriptEntry> = {}): TranscriptEntry {
  return {
    sequence,
    id: `a-${sequence}`,
    author: "customer",
    name: "Aoife Brennan",
    text: `line ${sequence}`,
    at: "2026-11-20T10:00:00Z",
    clientId: null,
    citations: [],
    attachments: [],
    evidence: null,
    replyToId: null,
    ...changes,
  };
}

export function page(sequences: number[], lastSequence: number, more = false): TranscriptPage {
  return { items: sequences.map((sequence) => entry(sequence)), lastSequence, more };
}
