// @vitest-environment jsdom
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { EvidenceView } from "../src/conversations/EvidenceView";
import { queueTitle, stateInWords } from "../src/conversations/facts";
import { INITIAL_STATE, reduce, transcriptOf } from "../src/live/liveState";
import { conversationsIn, countIn } from "../src/live/selectors";
import { figure, targetInWords } from "../src/reports/figures";
import { pointInForce } from "../src/learning/ConfidenceCard";
import type { IntentChoice, LabelPage, Learning } from "../src/wire/learning";
import type { ConversationDetail, ConversationPage, ConversationSummary, TranscriptEntry, TranscriptPage } from "../src/wire/conversation";
import type { ResponseTimes } from "../src/wire/reports";
import { mayReadReports, type Me } from "../src/wire/session";
import type { BacklogPage, StoreTicketDetail, StoreTicketPage } from "../src/wire/tickets";
import type { WorkflowReport } from "../src/wire/workflows";
import { assigneeOf, PHASE_TITLES } from "../src/tickets/ticketWords";
import { zonedTimes } from "../src/words/time";
import { layOut } from "../src/workflows/layout";
import { fallenOutOf, KINDS, medianInWords } from "../src/workflows/stepWords";

/** What the service really writes: its own tests compare it with the same files. */
const golden = <T,>(name: string): T => JSON.parse(readFileSync(resolve("../../tests/wire", `${name}.json`), "utf8")) as T;

interface HubEvent<A extends readonly unknown[]> {
  target: string;
  arguments: A;
}

const me = golden<Me>("session");
const id = "7Qm2Vd0cXk4";

afterEach(cleanup);

describe("what the service writes", () => {
  it("signs a person in who sees queues by their titles, and the reports", () => {
    expect(me).toMatchObject({ name: "Maeve", company: { name: "Tarn & Trail", bot: "Pip", timeZone: "Europe/Dublin" } });
    expect(queueTitle("orders", me)).toBe("Orders and delivery");
    expect(mayReadReports(me)).toBe(true);
  });

  it("fills the lists by state and owner", () => {
    const page = golden<ConversationPage>("conversations");
    const state = reduce(INITIAL_STATE, { type: "listLoaded", view: "waiting", page, first: true });
    expect(conversationsIn(state, "waiting", me.id).map((one) => one.id)).toEqual([id]);
    expect(conversationsIn(state, "mine", me.id).map((one) => stateInWords(one, me))).toEqual(["Yours"]);
    expect(state.lists.waiting.nextCursor).toBe(page.nextCursor);
    expect(countIn(state, "waiting", me.id)).toBe(1);
  });

  it("explains an escalation and names its tickets", () => {
    const state = reduce(INITIAL_STATE, { type: "detailLoaded", detail: golden<ConversationDetail>("conversation") });
    const detail = state.details[id];
    expect(detail?.tickets.map((ticket) => [ticket.number, ticket.fields, ticket.system, ticket.url, ticket.assignee, ticket.warning])).toEqual([
      ["T-00001", { order_number: "TT-123456" }, "desk", "https://desk.example/tickets/1", "Orla", "The field 'Colour' is unknown there and was left out."],
      [null, {}, "desk", null, null, null],
    ]);
    expect(detail?.tickets[0]?.messages.map((message) => [message.public, message.fromAgent, message.author, message.text])).toEqual([
      [false, true, "Orla", "Ask the warehouse first."],
      [true, false, "Aoife Byrne", "Any news?"],
    ]);
    expect(detail?.draft).toMatchObject({ text: "Within **60 days**. [1]", sentBy: "Maeve", edited: true });
    expect(detail?.draft?.citations.map(({ position, title }) => [position, title])).toEqual([[1, "Refund policy"]]);
    expect(detail).toMatchObject({ locale: "en", version: 9 });
    expect(detail?.corrections.map(({ sequence, intent, by }) => [sequence, intent?.title ?? null, by])).toEqual([
      [2, "Returning an item", "Maeve"],
      [4, null, "Maeve"],
    ]);
    expect(detail?.evidence).not.toBeNull();
    if (detail?.evidence) {
      render(<EvidenceView evidence={detail.evidence} />);
    }
    expect(screen.getByText("The bot was not sure")).toBeTruthy();
    expect(screen.getByRole("meter", { name: "Confidence in Refund policy" }).getAttribute("aria-valuetext")).toBe("61 %");
    expect(screen.getByRole("meter", { name: "Confidence in Returning an item" }).getAttribute("aria-valuetext")).toBe("25 %");
    expect(screen.getByRole("meter", { name: "Answer probability" }).getAttribute("aria-valuetext")).toBe("44 %");
    expect(screen.getByText(/Not enough: it answers by itself from/).textContent).toContain("50 %");
    expect(screen.getByRole("link", { name: /^Refund policy/ }).getAttribute("href")).toBe("/help/refund-policy");
    expect(screen.getByText("7.25")).toBeTruthy();
  });

  it("reads as a transcript that resumes after what is stored and not shown", () => {
    const page = golden<TranscriptPage>("transcript");
    const transcript = transcriptOf(reduce(INITIAL_STATE, { type: "pageLoaded", id, page }), id);
    expect(transcript.entries.map(({ author, name, text }) => [author, name, text])).toEqual([
      ["customer", "Aoife Byrne", "How long do I have?"],
      ["bot", "Pip", "Within **60 days**. [1]"],
      ["system", "", "Maeve joined the conversation."],
      ["agent", "Maeve", "Hello, Maeve here."],
    ]);
    expect(transcript.entries[1]?.citations).toEqual([{ position: 1, title: "Refund policy", url: "https://help.example/help/refund-policy" }]);
    expect(transcript.entries.map(({ replyToId }) => replyToId)).toEqual([null, transcript.entries[0]?.id, null, null]);
    expect(transcript).toMatchObject({ resumeAt: 8, following: true });
    expect(zonedTimes(me.company.timeZone).time(transcript.entries[0]?.at ?? "")).toBe("10:00");
  });

  it("tells live of a reply, which settles the one that was sent, and of a change", () => {
    const appended = golden<HubEvent<[string, TranscriptEntry]>>("hub-activity-appended");
    const changed = golden<HubEvent<[ConversationSummary]>>("hub-conversation-changed");
    expect([appended.target, changed.target]).toEqual(["ActivityAppended", "ConversationChanged"]);

    const [conversationId, entry] = appended.arguments;
    const message = { clientId: "0123456789abcdef", text: entry.text, at: entry.at, state: "accepted", problem: null, draft: null } as const;
    const sent = reduce(INITIAL_STATE, { type: "outgoing", id: conversationId, message });
    expect(sent.outgoing[id]).toHaveLength(1);
    expect(reduce(sent, { type: "activityAppended", id: conversationId, entry }).outgoing[id]).toEqual([]);

    const [summary] = changed.arguments;
    const state = reduce(INITIAL_STATE, { type: "conversationChanged", summary });
    expect(conversationsIn(state, "waiting", me.id)).toEqual([summary]);
  });

  it("lists tickets of its own store, and what is in one", () => {
    const page = golden<StoreTicketPage>("store-tickets");
    expect(page.items.map((ticket) => [ticket.number, PHASE_TITLES[ticket.phase], assigneeOf(ticket), ticket.version])).toEqual([
      ["T-00007", "Open", "Maeve", 3],
      ["T-00006", "Waiting for the customer", null, 0],
    ]);
    expect(page.nextCursor).toBe("639000000000000000_6");
    const detail = golden<StoreTicketDetail>("store-ticket");
    expect(detail).toMatchObject({ ticket: page.items[0], requesterEmail: "aoife@example.com", tags: ["damaged"], fields: { Order: "TT-123456" }, conversationId: id });
    expect(detail.messages.map((message) => [message.public, message.fromAgent, message.text])).toEqual([
      [true, false, "Any news?"],
      [false, true, "Ask the warehouse first."],
    ]);
  });

  it("lists what has not arrived yet, and which systems are down", () => {
    const { items, nextCursor, systems, routeMistakes } = golden<BacklogPage>("backlog");
    expect(items.map(({ kind, subject, state, attempts, reason, nextTryAt }) => [kind, subject, state, attempts, reason, nextTryAt === null])).toEqual([
      ["ticket", "How long do I have?", "waiting", 3, "desk answered with 503.", false],
      ["mail", null, "failed", 8, null, true],
    ]);
    expect(systems.map(({ name, waiting, failed, downSince }) => [name, waiting, failed, downSince === null])).toEqual([
      ["desk", 1, 0, false],
      ["embedded", 0, 2, true],
    ]);
    expect([nextCursor, routeMistakes]).toEqual([5, ["Tickets:Routes:gear: 'desk' has no queue 'Gear'; use one of: Orders"]]);
  });

  it("maps a process with where customers fall out", () => {
    const [tracking] = golden<WorkflowReport>("workflows").workflows;
    expect(tracking).toMatchObject({ intent: "track_order", runs: 12 });
    expect(tracking?.nodes.map((node) => [node.id, KINDS[node.kind], medianInWords(node), fallenOutOf(node)])).toContainEqual(["order_number", "asks", "25 s", 3]);
    expect(tracking && layOut(tracking).nodes).toHaveLength(7);
    expect(tracking && layOut(tracking).edges).toHaveLength(7);
  });

  it("reports figures with their targets, and nothing where nothing was measured", () => {
    const report = golden<ResponseTimes>("response-times");
    expect(report).toMatchObject({ days: 7, timeZone: "Europe/Dublin" });
    const [bot, resolution] = report.metrics;
    expect(bot && figure("p50", bot.wall.p50, bot.count)).toEqual({ seconds: 0.25, words: "0.3 s", few: true });
    expect(bot && targetInWords(bot)).toEqual({ met: true, words: "p50 meets the target of 1 min in business hours" });
    expect(bot?.series.map(({ count, p90, businessP50 }) => [count, p90, businessP50])).toEqual([
      [0, null, null],
      [2, 1.5, 0],
    ]);
    expect(resolution && figure("p95", resolution.wall.p95, resolution.count).words).toBe("none");
    expect(resolution && targetInWords(resolution)).toBeNull();
  });

  it("lists intents and labels, and says how the versions do and what the threshold rests on", () => {
    expect(golden<IntentChoice[]>("intents").map(({ title }) => title)).toEqual(["Refund policy", "Returning an item"]);
    const { items, nextCursor } = golden<LabelPage>("labels");
    expect(items.map(({ kind, source, use, right, intent }) => [kind, source, use, right, intent?.name ?? null])).toEqual([
      ["intent", "agent", "learnt", null, "returns"],
      ["intent", "agent", "measured", null, null],
      ["answer", "thumb", "left_out", true, null],
      ["answer", "outcome", "unusable", false, null],
    ]);
    expect([nextCursor, items[3]?.objection]).toEqual(["4", "There is no such article any more."]);

    const learning = golden<Learning>("learning");
    expect(learning.labels).toEqual({ agents: 12, thumbs: 5, outcomes: 3, new: 7, needed: 20 });
    expect(learning.training).toMatchObject({ running: true, step: "Learning the intents", percent: 30, requestedBy: "Orla" });
    expect(learning.versions.map(({ number, state, madeAt, before, after }) => [number, state, madeAt === null, before?.intentsRight ?? null, after?.intentsRight ?? null])).toEqual([
      [2, "not_taken", false, 9, 8],
      [1, "in_force", false, 5, 9],
      [0, "kept", true, null, null],
    ]);
    expect(pointInForce(learning.confidence.curve, learning.confidence.threshold)).toEqual({ threshold: 0.6125, answered: 0.7, wrong: 0.03 });
  });
});
