import { describe, expect, it } from "vitest";
import { INITIAL_STATE, reduce, type LiveAction, type LiveState } from "../../src/live/liveState";
import { conversationsIn, countIn, newlyWaiting } from "../../src/live/selectors";
import type { ConversationSummary, View } from "../../src/wire/conversation";
import { entry, page, summary } from "../samples";

const after = (...actions: LiveAction[]): LiveState => actions.reduce(reduce, INITIAL_STATE);
const changed = (one: ConversationSummary): LiveAction => ({ type: "conversationChanged", summary: one });
const listed = (view: View, items: ConversationSummary[], nextCursor: string | null = null, first = true): LiveAction => ({
  type: "listLoaded",
  view,
  first,
  page: { items, nextCursor, counts: { waiting: 0, mine: 0 } },
});

describe("conversations", () => {
  it("ignore a change that is older than what is known, whether it comes live or in a list", () => {
    const known = after(changed(summary("c", { version: 5, subject: "new" })));
    expect(reduce(known, changed(summary("c", { version: 4, subject: "old" })))).toBe(known);
    expect(reduce(known, listed("all", [summary("c", { version: 4, subject: "old" })])).conversations["c"]?.subject).toBe("new");
  });

  it("keep the newer summary when a detail arrives late", () => {
    const known = after(changed(summary("c", { version: 5, subject: "new" })));
    const detail = { ...summary("c", { version: 4, subject: "old" }), startedAt: "", locale: "en", evidence: null, tickets: [], corrections: [], draft: null };
    const state = reduce(known, { type: "detailLoaded", detail });
    expect(state.conversations["c"]?.subject).toBe("new");
    expect(state.details["c"]?.version).toBe(4);
  });

  it("leave a view as soon as they change their state", () => {
    const waiting = summary("c", { state: "waiting", waitingSince: "2026-11-20T10:00:00Z" });
    let state = after(listed("waiting", [waiting]));
    expect(countIn(state, "waiting", "me")).toBe(1);
    state = reduce(state, changed({ ...waiting, version: 2, state: "assigned", assignee: { id: "me", name: "Me" } }));
    expect(countIn(state, "waiting", "me")).toBe(0);
    expect(conversationsIn(state, "mine", "me").map((one) => one.id)).toEqual(["c"]);
    expect(conversationsIn(state, "mine", "somebody else")).toEqual([]);
  });

  it("stand with the longest wait first, otherwise with the latest activity first", () => {
    const state = after(
      changed(summary("short", { state: "waiting", waitingSince: "2026-11-20T10:00:00.5Z", lastAt: "2026-11-20T10:00:01Z" })),
      changed(summary("long", { state: "waiting", waitingSince: "2026-11-20T10:00:00Z", lastAt: "2026-11-20T10:00:02Z" })),
    );
    expect(conversationsIn(state, "waiting", "me").map((one) => one.id)).toEqual(["long", "short"]);
    const later = reduce(state, changed(summary("short", { version: 2, lastAt: "2026-11-20T10:00:03Z" })));
    expect(conversationsIn(later, "all", "me").map((one) => one.id)).toEqual(["short", "long"]);
  });

  it("of the All view end where paging ended, so that no gap hides above an old one known by chance", () => {
    const old = summary("old", { lastAt: "2026-11-01T10:00:00Z", state: "waiting" });
    const first = after(listed("all", [summary("new")], "more"), listed("waiting", [old]));
    expect(conversationsIn(first, "all", "me").map((one) => one.id)).toEqual(["new"]);
    const paged = reduce(first, listed("all", [old], null, false));
    expect(conversationsIn(paged, "all", "me").map((one) => one.id)).toEqual(["new", "old"]);
  });

  it("of the All view stay paged in over a reconnect, unless the first page no longer joins on to them", () => {
    const old = summary("old", { lastAt: "2026-11-01T10:00:00Z" });
    const deep = after(listed("all", [summary("new")], "more"), listed("all", [old], "even more", false));
    expect(reduce(deep, listed("all", [summary("new")], "more")).lists.all).toMatchObject({ floor: old.lastAt, nextCursor: "even more" });
    expect(reduce(deep, listed("all", [summary("newer")], "more")).lists.all.nextCursor).toBe("more");
  });

  it("are new among the waiting once, and not before the list is known", () => {
    const waiting = summary("c", { state: "waiting" });
    const unknown = after();
    const loaded = reduce(unknown, listed("waiting", [waiting]));
    expect(newlyWaiting(unknown, loaded)).toEqual([]);
    const another = reduce(loaded, changed(summary("d", { state: "waiting" })));
    expect(newlyWaiting(loaded, another).map((one) => one.id)).toEqual(["d"]);
    expect(newlyWaiting(another, reduce(another, changed(summary("d", { state: "waiting", version: 2 }))))).toEqual([]);
  });
});

describe("outgoing replies", () => {
  const sending: LiveAction = {
    type: "outgoing",
    id: "c",
    message: { clientId: "k", text: "Hi", at: "", state: "sending", problem: null, draft: null },
  };

  it("go when the log holds them, whichever way it says so", () => {
    const stored = entry(1, { author: "agent", clientId: "k" });
    expect(after(sending, { type: "activityAppended", id: "c", entry: stored }).outgoing["c"]).toEqual([]);
    expect(after(sending, { type: "pageLoaded", id: "c", page: { items: [stored], lastSequence: 1, more: false } }).outgoing["c"]).toEqual([]);
  });

  it("do not come back when the answer to the call is later than the log", () => {
    const state = after({ type: "activityAppended", id: "c", entry: entry(1, { clientId: "k" }) }, sending);
    expect(state.outgoing["c"]).toEqual([]);
  });

  it("stay until then", () => {
    expect(after(sending, { type: "pageLoaded", id: "c", page: page([1, 2], 2) }).outgoing["c"]).toHaveLength(1);
  });
});

it("a lost connection stops every transcript from moving its resume position", () => {
  const state = after(
    { type: "pageLoaded", id: "c", page: page([1], 1) },
    { type: "connection", connection: "lost", retryAt: 0 },
    { type: "activityAppended", id: "c", entry: entry(5) },
  );
  expect(state.transcripts["c"]?.resumeAt).toBe(1);
});

it("the customer's typing ends with the customer's message", () => {
  const typing = after({ type: "customerTyping", id: "c", at: 1 });
  expect(reduce(typing, { type: "activityAppended", id: "c", entry: entry(1, { author: "bot" }) }).customerTypingAt["c"]).toBe(1);
  expect(reduce(typing, { type: "activityAppended", id: "c", entry: entry(1) }).customerTypingAt["c"]).toBeUndefined();
});
