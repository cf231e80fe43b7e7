import { useState } from "react";
import type { Draft } from "../wire/conversation";
import { keepDraft, readDraft } from "./drafts";

/** What the agent does with the answer that the bot prepared. */
export type DraftChoice = "offered" | "edited" | "discarded";

/** Kept with the unsent replies of this tab, for as long as it is the same draft. */
export function useDraftChoice(conversationId: string, draft: Draft | null): [DraftChoice, (choice: DraftChoice) => void] {
  const key = `${conversationId}.prepared`;
  const [kept, setKept] = useState(() => readDraft(key));
  const choice = (["edited", "discarded"] as const).find((one) => draft !== null && kept === `${one}\n${draft.text}`) ?? "offered";
  return [
    choice,
    (next) => {
      const value = draft === null || next === "offered" ? "" : `${next}\n${draft.text}`;
      setKept(value);
      keepDraft(key, value);
    },
  ];
}
