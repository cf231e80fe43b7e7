import { useState } from "react";
import { ShortcutsDialog, type ShortcutList } from "../conversations/ShortcutsDialog";
import { useDocumentTitle } from "../shell/useDocumentTitle";
import { useStoredChoice } from "../shell/useStoredChoice";
import { TicketList } from "./TicketList";
import { TicketPane } from "./TicketPane";
import { useTicketAddress } from "./useTicketAddress";

const SHORTCUTS: ShortcutList = [
  [["J", "↓"], "Next ticket"],
  [["K", "↑"], "Previous ticket"],
  [["Enter"], "Open the ticket"],
  [["R"], "Reply to the customer"],
  [["N"], "Write a note for agents"],
  [["A"], "Give it to me"],
  [["E"], "Mark it as solved (press twice)"],
  [["/"], "Narrow the list"],
  [["?"], "Show these shortcuts"],
];

/** Our own ticket store, for those who have no other: the list, and the ticket that is open. A phone shows one of them. */
export default function TicketsPage({ openNumber }: { openNumber: string | null }) {
  const { filter, addressOf, setFilter } = useTicketAddress();
  const [shortcutsShown, setShortcutsShown] = useState(false);
  const [shortcutsEnabled, setShortcutsEnabled] = useStoredChoice("supportbot-console.shortcuts", true);
  useDocumentTitle(openNumber === null ? "Tickets" : `Ticket ${openNumber}`);

  return (
    <div className="grid h-full min-h-0 grid-cols-1 md:grid-cols-[20rem_minmax(0,1fr)] xl:grid-cols-[23rem_minmax(0,1fr)]">
      <h1 className="sr-only">Tickets</h1>
      <div className={`min-h-0 border-line md:border-r ${openNumber === null ? "" : "hidden md:block"}`}>
        <TicketList
          filter={filter}
          openNumber={openNumber}
          shortcutsEnabled={shortcutsEnabled}
          addressOf={addressOf}
          onFilter={(next) => setFilter(openNumber, next)}
          onShortcuts={() => setShortcutsShown(true)}
        />
      </div>
      <div className={`min-h-0 ${openNumber === null ? "hidden md:block" : ""}`}>
        {openNumber === null ? (
          <p className="grid h-full place-items-center p-6 text-center text-muted">Choose a ticket to read it here.</p>
        ) : (
          <TicketPane key={openNumber} number={openNumber} listAddress={addressOf(null)} shortcutsEnabled={shortcutsEnabled} />
        )}
      </div>
      {shortcutsShown && (
        <ShortcutsDialog
          shortcuts={SHORTCUTS}
          enabled={shortcutsEnabled}
          onEnabled={setShortcutsEnabled}
          onClose={() => setShortcutsShown(false)}
        />
      )}
    </div>
  );
}
