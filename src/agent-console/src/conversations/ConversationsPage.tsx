import { useEffect, useRef, useState } from "react";
import { useLocation, useSearch } from "wouter";
import { useConsole } from "../session/consoleContext";
import { useDocumentTitle } from "../shell/useDocumentTitle";
import { useStoredChoice } from "../shell/useStoredChoice";
import { VIEWS, type View } from "../wire/conversation";
import { ConversationPane } from "./ConversationPane";
import { DetailsPane } from "./DetailsPane";
import { isFocusHidden, isFocusLost } from "./focus";
import { ListPane } from "./ListPane";
import { ShortcutsDialog, type ShortcutList } from "./ShortcutsDialog";
import { useShortcuts } from "./useShortcuts";

const SHORTCUTS: ShortcutList = [
  [["J", "↓"], "Next conversation"],
  [["K", "↑"], "Previous conversation"],
  [["Enter"], "Open the conversation"],
  [["C"], "Claim it"],
  [["R"], "Write a reply"],
  [["E"], "Resolve it (press twice)"],
  [["A"], "Send the prepared answer (press twice)"],
  [["D"], "Edit the prepared answer"],
  [["X"], "Discard the prepared answer"],
  [["/"], "Search the list"],
  [["?"], "Show these shortcuts"],
];

/**
 * Three panes: list, conversation, why. A phone shows one of them, a small laptop the list and one more.
 * The view is part of the address, so that a reload or a link shows the same list.
 */
export function ConversationsPage({ openId }: { openId: string | null }) {
  const { live } = useConsole();
  const search = useSearch();
  const [, navigate] = useLocation();
  const [detailsFor, setDetailsFor] = useState<string | null>(null);
  const [shortcutsShown, setShortcutsShown] = useState(false);
  const [shortcutsEnabled, setShortcutsEnabled] = useStoredChoice("supportbot-console.shortcuts", true);
  const listRef = useRef<HTMLDivElement>(null);
  const detailsButton = useRef<HTMLButtonElement>(null);
  const detailsRef = useRef<HTMLDivElement>(null);
  const previousOpen = useRef(openId);

  const asked = new URLSearchParams(search).get("view");
  const view: View = VIEWS.find((one) => one === asked) ?? "waiting";
  const detailsShown = openId !== null && detailsFor === openId;

  useEffect(() => (openId === null ? undefined : live.watch(openId)), [live, openId]);

  useDocumentTitle("Conversations");

  // A phone that comes back to the list shall come back to the row it left from, or to the list if that row is gone.
  useEffect(() => {
    const left = previousOpen.current;
    previousOpen.current = openId;
    if (openId !== null || left === null || !isFocusLost()) {
      return;
    }
    const row = listRef.current?.querySelector<HTMLElement>(`[data-conversation="${CSS.escape(left)}"]`);
    const tab = listRef.current?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]');
    (row ?? tab)?.focus();
  }, [openId]);

  // Where one pane replaces another, the focus goes along.
  useEffect(() => {
    if (openId !== null && isFocusHidden()) {
      const target = detailsShown ? detailsRef.current?.querySelector("button") : detailsButton.current;
      target?.focus();
    }
  }, [detailsShown, openId]);

  useShortcuts({ "?": () => setShortcutsShown(true) }, shortcutsEnabled);

  const address = (id: string | null, inView: View): string =>
    `${id === null ? "/" : `/conversations/${encodeURIComponent(id)}`}${inView === "waiting" ? "" : `?view=${inView}`}`;

  return (
    <div className="grid h-full min-h-0 grid-cols-1 md:grid-cols-[20rem_minmax(0,1fr)] xl:grid-cols-[21rem_minmax(0,1fr)_22rem]">
      <h1 className="sr-only">Conversations</h1>
      <div ref={listRef} className={`min-h-0 border-line md:border-r ${openId === null ? "" : "hidden md:block"}`}>
        <ListPane
          view={view}
          openId={openId}
          shortcutsEnabled={shortcutsEnabled}
          addressOf={(id) => address(id, view)}
          onView={(next) => navigate(address(openId, next), { replace: true })}
          onShortcuts={() => setShortcutsShown(true)}
        />
      </div>
      <div className={`min-h-0 ${openId === null ? "hidden md:block" : detailsShown ? "hidden xl:block" : ""}`}>
        {openId === null ? (
          <p className="grid h-full place-items-center p-6 text-center text-muted">Choose a conversation to read it here.</p>
        ) : (
          <ConversationPane
            key={openId}
            id={openId}
            listAddress={address(null, view)}
            shortcutsEnabled={shortcutsEnabled}
            detailsButton={detailsButton}
            onDetails={() => setDetailsFor(openId)}
          />
        )}
      </div>
      <div ref={detailsRef} className={`min-h-0 border-line bg-surface xl:border-l ${detailsShown ? "" : "hidden xl:block"}`}>
        {openId !== null && <DetailsPane id={openId} onBack={() => setDetailsFor(null)} />}
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
