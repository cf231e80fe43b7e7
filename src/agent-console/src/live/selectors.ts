import type { ConversationSummary, View } from "../wire/conversation";
import type { LiveState } from "./liveState";

/** The rows of a view, in its order: those who wait longest first, otherwise the latest activity first. */
export function conversationsIn(state: LiveState, view: View, meId: string): ConversationSummary[] {
  const { floor, nextCursor } = state.lists.all;
  const rows = Object.values(state.conversations).filter((conversation) =>
    view === "all" ? nextCursor === null || floor === null || conversation.lastAt >= floor : belongs(conversation, view, meId),
  );
  return view === "waiting"
    ? rows.sort((a, b) => compare(a.waitingSince ?? a.lastAt, b.waitingSince ?? b.lastAt) || compare(a.id, b.id))
    : rows.sort((a, b) => compare(b.lastAt, a.lastAt) || compare(a.id, b.id));
}

/** How many conversations a view holds; exact as soon as all its pages are here. */
export function countIn(state: LiveState, view: "waiting" | "mine", meId: string): number {
  const known = Object.values(state.conversations).filter((conversation) => belongs(conversation, view, meId)).length;
  const list = state.lists[view];
  return list.loaded && list.nextCursor === null ? known : Math.max(known, list.counted);
}

/** Those who began to wait between two states. Nobody is new before the first list has come. */
export function newlyWaiting(before: LiveState, after: LiveState): ConversationSummary[] {
  if (!before.lists.waiting.loaded || before.conversations === after.conversations) {
    return [];
  }
  return Object.values(after.conversations).filter(
    (conversation) => conversation.state === "waiting" && before.conversations[conversation.id]?.state !== "waiting",
  );
}

function belongs(conversation: ConversationSummary, view: "waiting" | "mine", meId: string): boolean {
  return view === "waiting"
    ? conversation.state === "waiting"
    : conversation.state === "assigned" && conversation.assignee?.id === meId;
}

/** ISO 8601 in UTC of one precision sorts as text, but the service may leave out a zero fraction. */
function compare(a: string, b: string): number {
  const difference = Date.parse(a) - Date.parse(b);
  return Number.isNaN(difference) ? (a < b ? -1 : a > b ? 1 : 0) : difference;
}
