import type { ReplyResult, TranscriptEntry } from "../wire/conversation";

/** A reply between the composer and the log. It keeps its `clientId` through every retry, so it is stored once. */
export interface Outgoing {
  clientId: string;
  text: string;
  /** ISO 8601. */
  at: string;
  /** `accepted`: stored by the service; its transcript entry is about to arrive. */
  state: "sending" | "accepted" | "failed";
  /** Why it failed, in a sentence; null otherwise. */
  problem: string | null;
  /** Whether it is the bot's draft that the agent approves, as it is or changed; null for the agent's own words. */
  draft: "asItIs" | "edited" | null;
}

/** Drops what the log already holds. */
export function settleOutgoing(outgoing: readonly Outgoing[], entries: readonly TranscriptEntry[]): readonly Outgoing[] {
  const stored = new Set(entries.map((entry) => entry.clientId));
  const left = outgoing.filter((message) => !stored.has(message.clientId));
  return left.length === outgoing.length ? outgoing : left;
}

/** Null when the service took the reply. */
export function replyProblem(outcome: ReplyResult["outcome"]): string | null {
  switch (outcome) {
    case "sent":
      return null;
    case "not_yours":
      return "This conversation is no longer yours.";
    case "closed":
      return "This conversation was resolved.";
    case "empty":
      return "There is nothing to send.";
    case "too_long":
      return "The reply is too long.";
    case "no_draft":
      return "The prepared answer has been sent already.";
    case "not_found":
      return "This conversation no longer exists.";
  }
}

/** 128 random bits. (`crypto.randomUUID` exists on https and localhost only.) */
export function newClientId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
