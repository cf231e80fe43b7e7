import type { BacklogItem, BacklogPage, BacklogView, TicketSystem } from "../src/wire/tickets";

/** What has not arrived elsewhere yet at a fake company: one system is down, one message was given up, one route leads nowhere. */
export function createFakeBacklog(now: number) {
  const iso = (seconds: number): string => new Date(now + seconds * 1000).toISOString();
  let items: BacklogItem[] = [
    {
      id: 11,
      kind: "ticket",
      target: "zendesk",
      conversationId: "c-refund",
      subject: "Refund for order TT-204518",
      state: "waiting",
      attempts: 4,
      reason: "zendesk answered with 503 Service Unavailable.",
      createdAt: iso(-500),
      nextTryAt: iso(95),
    },
    { id: 12, kind: "mail", target: null, conversationId: "c-gone", subject: null, state: "waiting", attempts: 0, reason: null, createdAt: iso(-20), nextTryAt: iso(-1) },
    {
      id: 9,
      kind: "ticket",
      target: "embedded",
      conversationId: "c-tent",
      subject: "Tent pole snapped on the first night",
      state: "failed",
      attempts: 1,
      reason: "There is no queue 'Tents'; there are: Orders, Returns and refunds.",
      createdAt: iso(-86_400),
      nextTryAt: null,
    },
  ];
  const counted = (target: string, state: BacklogView): number => items.filter((item) => item.target === target && item.state === state).length;
  const system = (name: string, downSince: string | null, reason: string | null): TicketSystem => ({
    name,
    waiting: counted(name, "waiting"),
    failed: counted(name, "failed"),
    downSince,
    reason,
  });

  return {
    page(view: BacklogView, after: number): BacklogPage {
      return {
        items: items.filter((item) => item.state === view && item.id > after).sort((a, b) => a.id - b.id),
        nextCursor: null,
        systems: [system("zendesk", iso(-540), "zendesk answered with 503 Service Unavailable."), system("embedded", null, null)],
        routeMistakes: ["Tickets:Routes:gear: 'zendesk' has no queue 'Gear'; use one of: Support, Returns"],
      };
    },
    /** Whether there was such an item. */
    retry(id: number): boolean {
      const found = items.some((item) => item.id === id);
      items = items.map((item) => (item.id === id && item.state === "failed" ? { ...item, state: "waiting", attempts: 0, nextTryAt: iso(0) } : item));
      return found;
    },
  };
}
