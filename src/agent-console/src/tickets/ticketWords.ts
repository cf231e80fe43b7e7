import type { StoreTicket, TicketPhase } from "../wire/tickets";

export const PHASE_TITLES: Readonly<Record<TicketPhase, string>> = {
  open: "Open",
  waiting: "Waiting for the customer",
  solved: "Solved",
  closed: "Closed",
};

/** How a phase looks in a badge. */
export const PHASE_TONES: Readonly<Record<TicketPhase, string>> = {
  open: "bg-accent-soft text-accent",
  waiting: "bg-warn-soft text-warn",
  solved: "bg-ok-soft text-ok",
  closed: "bg-sunken text-muted",
};

/** Null when nobody has it: the store keeps an assignee that was taken away as an empty name. */
export function assigneeOf(ticket: StoreTicket): string | null {
  return ticket.assignee === null || ticket.assignee === "" ? null : ticket.assignee;
}

export function isUrgent(priority: string): boolean {
  return priority === "high" || priority === "urgent";
}
