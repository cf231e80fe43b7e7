import { useLocation, useSearch } from "wouter";
import { PHASES, type TicketPhase } from "../wire/tickets";

/** What the list is narrowed to; null for everything. */
export interface TicketFilter {
  phase: TicketPhase | null;
  /** A queue's title. */
  queue: string | null;
}

const EVERY_PHASE = "all";

/** The filter is part of the address, so that a reload or a link shows the same list. Without one, tickets that are open are shown. */
export function useTicketAddress() {
  const parameters = new URLSearchParams(useSearch());
  const [, navigate] = useLocation();
  const asked = parameters.get("phase");
  const filter: TicketFilter = {
    phase: asked === EVERY_PHASE ? null : (PHASES.find((one) => one === asked) ?? "open"),
    queue: parameters.get("queue"),
  };
  return {
    filter,
    addressOf: (number: string | null) => addressOf(number, filter),
    setFilter: (number: string | null, next: TicketFilter) => navigate(addressOf(number, next), { replace: true }),
  };
}

function addressOf(number: string | null, { phase, queue }: TicketFilter): string {
  const search = new URLSearchParams();
  if (phase !== "open") {
    search.set("phase", phase ?? EVERY_PHASE);
  }
  if (queue !== null) {
    search.set("queue", queue);
  }
  const path = number === null ? "/tickets" : `/tickets/${encodeURIComponent(number)}`;
  return search.size === 0 ? path : `${path}?${search}`;
}
