import { useEffect, useState } from "react";
import { useConsole } from "../session/consoleContext";
import type { ClaimResult, ResolveResult } from "../wire/conversation";

/** How long the second press of Resolve is waited for. */
const CONFIRM_MS = 5000;

export interface Outcome {
  tone: "info" | "warn" | "danger";
  text: string;
}

const NO_CONNECTION: Outcome = { tone: "danger", text: "That did not reach the service. Try again when you are connected." };

/** Claiming and resolving one conversation, with what came of it in words. */
export function useConversationActions(id: string) {
  const { live, me } = useConsole();
  const [busy, setBusy] = useState(false);
  const [confirming, setConfirming] = useState(false);
  const [notice, setNotice] = useState<Outcome | null>(null);

  useEffect(() => {
    if (!confirming) {
      return;
    }
    const timer = setTimeout(() => setConfirming(false), CONFIRM_MS);
    return () => clearTimeout(timer);
  }, [confirming]);

  function run<T>(action: Promise<T>, inWords: (result: T) => Outcome | null): void {
    setBusy(true);
    setNotice(null);
    action
      .then((result) => setNotice(inWords(result)), () => setNotice(NO_CONNECTION))
      .finally(() => setBusy(false));
  }

  return {
    busy,
    confirming,
    notice,
    claim() {
      if (!busy) {
        run(live.claim(id), (result) => claimInWords(result, me.name));
      }
    },
    resolve() {
      if (busy) {
        return;
      }
      setConfirming(!confirming);
      if (confirming) {
        run(live.resolve(id), resolveInWords);
      }
    },
  };
}

export function claimInWords({ outcome, by }: ClaimResult, myName: string): Outcome | null {
  switch (outcome) {
    case "claimed":
      return null;
    case "taken":
      return by === myName
        ? { tone: "info", text: "You already have this conversation." }
        : { tone: "warn", text: `${by ?? "Another agent"} was faster and has this conversation.` };
    case "closed":
      return { tone: "warn", text: "This conversation no longer waits for an agent." };
    case "not_found":
      return { tone: "danger", text: "This conversation no longer exists." };
  }
}

function resolveInWords({ outcome }: ResolveResult): Outcome | null {
  switch (outcome) {
    case "resolved":
      return null;
    case "not_yours":
      return { tone: "warn", text: "This conversation is no longer yours, so it was not resolved." };
    case "closed":
      return { tone: "info", text: "This conversation was already resolved." };
    case "not_found":
      return { tone: "danger", text: "This conversation no longer exists." };
  }
}
