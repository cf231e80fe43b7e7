import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useConsole } from "../session/consoleContext";
import { ApiError } from "../wire/consoleApi";
import type { StoreTicket, StoreTicketChange } from "../wire/tickets";

export interface ChangeNotice {
  tone: "info" | "warn" | "danger";
  text: string;
}

/** `stale`: refused, because somebody else had changed the ticket. */
export type ChangeOutcome = "saved" | "stale" | "failed";

const STALE = "Somebody changed this ticket in between, so nothing of yours was saved. It is shown as it stands now: look at it and save again.";

/** Changes one ticket, as long as it still stands as the agent saw it. */
export function useTicketChanges(ticket: StoreTicket | undefined) {
  const { api } = useConsole();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [notice, setNotice] = useState<ChangeNotice | null>(null);

  async function readAgain(): Promise<void> {
    await Promise.all([queries.invalidateQueries({ queryKey: ["ticket", ticket?.number] }), queries.invalidateQueries({ queryKey: ["tickets"] })]);
  }

  return {
    busy,
    notice,
    setNotice,
    readAgain,
    /** @param version of the ticket that the change was decided on. */
    async change(changes: StoreTicketChange, version: number): Promise<ChangeOutcome> {
      if (ticket === undefined || busy) {
        return "failed";
      }
      setBusy(true);
      setNotice(null);
      try {
        await api.changeTicket(ticket.number, changes, version);
        await readAgain();
        setNotice({ tone: "info", text: "Saved." });
        return "saved";
      } catch (error) {
        if (error instanceof ApiError && error.status === 409) {
          await readAgain();
          setNotice({ tone: "warn", text: STALE });
          return "stale";
        }
        setNotice({ tone: "danger", text: `Nothing was saved. ${error instanceof Error ? error.message : ""}` });
        return "failed";
      } finally {
        setBusy(false);
      }
    },
  };
}
