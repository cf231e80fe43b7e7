import type { BacklogPage, BacklogView, StoreTicketChange, StoreTicketDetail, StoreTicketPage, TicketPhase } from "./tickets";

/** The part of the REST interface that is about tickets. Every call rejects with an `ApiError`. */
export interface TicketsApi {
  /** @param phase null for every phase. @param queue a queue's title; null for every queue. */
  tickets(phase: TicketPhase | null, queue: string | null, cursor: string | null): Promise<StoreTicketPage>;
  ticket(number: string): Promise<StoreTicketDetail>;
  /** @param isPublic whether the customer gets it; otherwise it is a note for agents. */
  writeToTicket(number: string, text: string, isPublic: boolean): Promise<void>;
  /** @param version of the ticket that the change was decided on: refused with 409 when it has changed since. */
  changeTicket(number: string, change: StoreTicketChange, version: number): Promise<void>;
  backlog(view: BacklogView, after: number): Promise<BacklogPage>;
  retryBacklog(id: number): Promise<void>;
}

export function createTicketsApi(
  get: <T>(path: string) => Promise<T>,
  change: (method: string, path: string, body?: object | null) => Promise<void>,
): TicketsApi {
  const addressOf = (number: string): string => `/api/tickets/${encodeURIComponent(number)}`;
  return {
    tickets: (phase, queue, cursor) =>
      get(
        `/api/tickets?${new URLSearchParams({
          limit: "50",
          ...(phase === null ? {} : { phase }),
          ...(queue === null ? {} : { queue }),
          ...(cursor === null ? {} : { cursor }),
        })}`,
      ),
    ticket: (number) => get(addressOf(number)),
    writeToTicket: (number, text, isPublic) => change("POST", `${addressOf(number)}/messages`, { text, public: isPublic }),
    changeTicket: (number, changes, version) => change("PATCH", addressOf(number), { ...changes, version }),
    backlog: (view, after) => get(`/api/console/backlog?${new URLSearchParams({ view, after: `${after}`, limit: "50" })}`),
    retryBacklog: (id) => change("POST", `/api/console/backlog/${id}/retry`),
  };
}
