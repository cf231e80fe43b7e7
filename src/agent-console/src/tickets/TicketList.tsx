import { useInfiniteQuery } from "@tanstack/react-query";
import { Keyboard } from "lucide-react";
import { useRef } from "react";
import { moveFocus } from "../conversations/moveFocus";
import { useShortcuts } from "../conversations/useShortcuts";
import { useConsole } from "../session/consoleContext";
import { Notice } from "../shell/Notice";
import { PHASES } from "../wire/tickets";
import { TicketRow } from "./TicketRow";
import { PHASE_TITLES } from "./ticketWords";
import type { TicketFilter } from "./useTicketAddress";

/** How often the list is read again while it is looked at. */
const REFRESH_MS = 15_000;

interface TicketListProps {
  filter: TicketFilter;
  openNumber: string | null;
  shortcutsEnabled: boolean;
  addressOf: (number: string) => string;
  onFilter: (filter: TicketFilter) => void;
  onShortcuts: () => void;
}

export function TicketList({ filter, openNumber, shortcutsEnabled, addressOf, onFilter, onShortcuts }: TicketListProps) {
  const { api, me } = useConsole();
  const list = useRef<HTMLUListElement>(null);
  const phaseBox = useRef<HTMLSelectElement>(null);
  const query = useInfiniteQuery({
    queryKey: ["tickets", filter.phase, filter.queue],
    queryFn: ({ pageParam }) => api.tickets(filter.phase, filter.queue, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: REFRESH_MS,
  });
  // A ticket that changed while pages were read may stand on two of them.
  const tickets = [...new Map(query.data?.pages.flatMap((page) => page.items).map((ticket) => [ticket.number, ticket])).values()];
  // A link may name a queue that the company no longer has.
  const queues = [...new Set([...me.company.queues.map((queue) => queue.title), ...(filter.queue === null ? [] : [filter.queue])])];

  const move = (step: 1 | -1, onlyFromList: boolean): boolean =>
    moveFocus(list.current, step, (link) => link.dataset["ticket"] === openNumber, onlyFromList);
  useShortcuts(
    {
      j: () => move(1, false),
      k: () => move(-1, false),
      ArrowDown: () => move(1, true),
      ArrowUp: () => move(-1, true),
      "/": () => phaseBox.current?.focus(),
      "?": onShortcuts,
    },
    shortcutsEnabled,
  );

  return (
    <div className="flex h-full flex-col">
      <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] items-end gap-2 border-b border-line p-2">
        <label className="text-xs text-muted">
          Phase
          <select
            ref={phaseBox}
            className="field mt-0.5 text-sm"
            value={filter.phase ?? ""}
            onChange={(event) => onFilter({ ...filter, phase: PHASES.find((one) => one === event.currentTarget.value) ?? null })}
          >
            <option value="">Every phase</option>
            {PHASES.map((phase) => (
              <option key={phase} value={phase}>
                {PHASE_TITLES[phase]}
              </option>
            ))}
          </select>
        </label>
        <label className="text-xs text-muted">
          Queue
          <select
            className="field mt-0.5 text-sm"
            value={filter.queue ?? ""}
            onChange={(event) => onFilter({ ...filter, queue: event.currentTarget.value === "" ? null : event.currentTarget.value })}
          >
            <option value="">Every queue</option>
            {queues.map((queue) => (
              <option key={queue}>{queue}</option>
            ))}
          </select>
        </label>
        <button
          type="button"
          aria-label="Keyboard shortcuts"
          title="Keyboard shortcuts (?)"
          className="hidden size-9 items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-ink md:inline-flex"
          onClick={onShortcuts}
        >
          <Keyboard aria-hidden="true" className="size-4" />
        </button>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto" aria-busy={query.isPending}>
        {query.isPending && <p className="p-4 text-muted">Loading…</p>}
        {query.isError && (
          <div role="alert" className="p-3">
            <Notice tone="danger">
              The tickets could not be read. {query.error.message}{" "}
              <button type="button" className="link font-medium" onClick={() => void query.refetch()}>
                Try again
              </button>
            </Notice>
          </div>
        )}
        {query.isSuccess && tickets.length === 0 && <p className="p-6 text-center text-muted">No tickets here.</p>}
        <ul ref={list} role="list" aria-label="Tickets">
          {tickets.map((ticket) => (
            <TicketRow key={ticket.number} ticket={ticket} address={addressOf(ticket.number)} open={ticket.number === openNumber} />
          ))}
        </ul>
        {query.hasNextPage && (
          <div className="p-3 text-center">
            <button type="button" className="button-quiet" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              Show more
            </button>
          </div>
        )}
      </div>
    </div>
  );
}
