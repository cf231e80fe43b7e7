import type { Me } from "../src/wire/session";
import type { StoreMessage, StoreTicket, StoreTicketChange, StoreTicketDetail, StoreTicketPage } from "../src/wire/tickets";

/** What the fake service answers. */
export interface FakeAnswer {
  status: number;
  /** An error's code for a refusal. */
  body: object | string | null;
}

const NOTHING: FakeAnswer = { status: 204, body: null };

/** Our own ticket store of a fake company: every change is versioned, and a stale one refused. */
export function createFakeTickets(now: number) {
  const tickets = new Map<string, StoreTicketDetail>();
  const iso = (secondsAgo: number): string => new Date(now - secondsAgo * 1000).toISOString();
  let clock = now;
  let messageId = 0;

  function add(number: string, ticket: Partial<StoreTicket>, detail: Partial<StoreTicketDetail> = {}): void {
    const all: StoreTicket = {
      number,
      subject: "",
      phase: "open",
      queue: "General",
      priority: "normal",
      assignee: null,
      requester: "",
      createdAt: iso(7200),
      changedAt: iso(3600),
      version: 0,
      ...ticket,
    };
    tickets.set(number, { ticket: all, requesterEmail: null, body: "", tags: [], fields: {}, conversationId: "c-refund", messages: [], ...detail });
  }

  add(
    "T-00003",
    { subject: "Tent pole snapped on the first night", queue: "Gear advice", priority: "high", requester: "Siobhán Ní Dhálaigh", changedAt: iso(400) },
    {
      requesterEmail: "siobhan@example.com",
      body: "The pole of her Inagh 2 snapped on the very first night. She wants a new pole.\n\nOrder TT-204733",
      tags: ["damaged", "tent"],
      fields: { "Order number": "TT-204733" },
      conversationId: "c-tent",
      messages: [
        { id: ++messageId, public: true, fromAgent: false, author: "Siobhán Ní Dhálaigh", text: "Any news about my pole?", at: iso(900) },
        { id: ++messageId, public: false, fromAgent: true, author: "Dara Kelly", text: "Two poles left in Galway.", at: iso(400) },
      ],
    },
  );
  add("T-00002", { subject: "Refund for order TT-204518", queue: "Returns and refunds", requester: "Aoife Brennan", assignee: "Dara Kelly" }, { body: "Returned without a label." });
  add("T-00001", { subject: "Change of address", phase: "solved", requester: "Lukas Weber", changedAt: iso(90_000) }, { body: "Moved to Cork." });

  /** As any write does: the ticket moves to the front and its version grows. */
  function touch(detail: StoreTicketDetail, changes: Partial<StoreTicket>): void {
    clock += 1000;
    detail.ticket = { ...detail.ticket, ...changes, version: detail.ticket.version + 1, changedAt: new Date(clock).toISOString() };
  }

  function write(detail: StoreTicketDetail, author: string, given: { text: string; public: boolean }): FakeAnswer {
    if (given.text.trim() === "") {
      return { status: 400, body: "BadArgument" };
    }
    touch(detail, {});
    const message: StoreMessage = { id: ++messageId, public: given.public, fromAgent: true, author, text: given.text, at: detail.ticket.changedAt };
    detail.messages = [...detail.messages, message];
    return NOTHING;
  }

  return {
    list(phase: string | null, queue: string | null, cursor: string | null, limit: number): StoreTicketPage {
      const all = [...tickets.values()]
        .map(({ ticket }) => ticket)
        .filter((ticket) => (phase === null || ticket.phase === phase) && (queue === null || ticket.queue === queue))
        .sort((a, b) => b.changedAt.localeCompare(a.changedAt));
      const start = Number(cursor ?? 0);
      return { items: all.slice(start, start + limit), nextCursor: start + limit < all.length ? `${start + limit}` : null };
    },
    find: (number: string): StoreTicketDetail | null => tickets.get(number) ?? null,
    /** Changes a ticket as somebody else would. */
    change(number: string, changes: Partial<StoreTicket>): void {
      const found = tickets.get(number);
      if (found !== undefined) {
        touch(found, changes);
      }
    },
    answer(method: string | undefined, number: string, part: string | undefined, body: unknown, me: Me): FakeAnswer {
      const found = tickets.get(number);
      if (found === undefined) {
        return { status: 404, body: "TicketNotFound" };
      }
      if (method === "POST" && part === "messages") {
        return write(found, me.name, body as { text: string; public: boolean });
      }
      if (method === "PATCH") {
        const { version, ...changes } = body as StoreTicketChange & { version: number };
        if (version !== found.ticket.version) {
          return { status: 409, body: "TicketChanged" };
        }
        touch(found, changes);
        return NOTHING;
      }
      return { status: 200, body: found };
    },
  };
}
