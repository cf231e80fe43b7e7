const PREFIX = "supportbot-console.draft.";

/** An unsent reply of this tab, so that going to another conversation or reloading loses nothing. */
export function readDraft(conversationId: string): string {
  try {
    return sessionStorage.getItem(PREFIX + conversationId) ?? "";
  } catch {
    return "";
  }
}

export function keepDraft(conversationId: string, text: string): void {
  try {
    if (text === "") {
      sessionStorage.removeItem(PREFIX + conversationId);
    } else {
      sessionStorage.setItem(PREFIX + conversationId, text);
    }
  } catch {
    // Storage is blocked: the draft lives only in the composer.
  }
}

/** Whoever signs in next on this machine shall not read them. */
export function forgetDrafts(): void {
  try {
    Object.keys(sessionStorage)
      .filter((key) => key.startsWith(PREFIX))
      .forEach((key) => sessionStorage.removeItem(key));
  } catch {
    // Storage is blocked: there is nothing to forget.
  }
}
