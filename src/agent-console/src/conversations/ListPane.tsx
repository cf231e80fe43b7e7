import { Keyboard, Search } from "lucide-react";
import { Tabs } from "radix-ui";
import { useEffect, useRef, useState } from "react";
import { conversationsIn, countIn } from "../live/selectors";
import { useLive } from "../live/useLive";
import { useConsole } from "../session/consoleContext";
import { VIEWS, type View } from "../wire/conversation";
import { ConversationRow } from "./ConversationRow";
import { moveFocus } from "./moveFocus";
import { NotificationButton } from "./NotificationButton";
import { matches } from "./search";
import { useShortcuts } from "./useShortcuts";

const TITLES: Readonly<Record<View, string>> = { waiting: "Waiting", mine: "Mine", all: "All" };
const NOTHING: Readonly<Record<View, string>> = {
  waiting: "Nobody is waiting.",
  mine: "You have no open conversations. Claim one that waits.",
  all: "No conversations yet.",
};

/** How often the All view is read again while it is looked at. */
const ALL_REFRESH_MS = 20_000;

interface ListPaneProps {
  view: View;
  openId: string | null;
  shortcutsEnabled: boolean;
  addressOf: (id: string) => string;
  onView: (view: View) => void;
  onShortcuts: () => void;
}

export function ListPane({ view, openId, shortcutsEnabled, addressOf, onView, onShortcuts }: ListPaneProps) {
  const { me, live } = useConsole();
  const state = useLive();
  const [query, setQuery] = useState("");
  const [loadingMore, setLoadingMore] = useState<"no" | "yes" | "failed">("no");
  const list = useRef<HTMLUListElement>(null);
  const searchBox = useRef<HTMLInputElement>(null);
  const rows = conversationsIn(state, view, me.id).filter((conversation) => matches(conversation, query));
  const { loaded, nextCursor } = state.lists[view];

  useEffect(() => {
    if (view !== "all") {
      return;
    }
    // A failed reading leaves the list as it was; the next one follows.
    const refresh = (): void => void live.refresh("all").catch(() => undefined);
    refresh();
    const timer = setInterval(refresh, ALL_REFRESH_MS);
    return () => clearInterval(timer);
  }, [live, view]);

  const move = (step: 1 | -1, onlyFromList: boolean): boolean =>
    moveFocus(list.current, step, (link) => link.dataset["conversation"] === openId, onlyFromList);

  useShortcuts(
    {
      j: () => move(1, false),
      k: () => move(-1, false),
      ArrowDown: () => move(1, true),
      ArrowUp: () => move(-1, true),
      "/": () => searchBox.current?.focus(),
    },
    shortcutsEnabled,
  );

  return (
    <Tabs.Root value={view} onValueChange={(next) => onView(VIEWS.find((one) => one === next) ?? "waiting")} className="flex h-full flex-col">
      <div className="border-b border-line px-2 pt-1.5">
        <div className="flex items-center gap-1">
          <Tabs.List aria-label="Views" className="flex flex-1">
            {VIEWS.map((one) => (
              <Tabs.Trigger
                key={one}
                value={one}
                className="inline-flex min-h-9 items-center gap-1.5 border-b-2 border-transparent px-2.5 font-medium text-muted hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink"
              >
                {TITLES[one]}
                {one !== "all" && <span className="rounded-full bg-sunken px-1.5 text-xs tabular-nums">{countIn(state, one, me.id)}</span>}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
          <NotificationButton />
          <button
            type="button"
            aria-label="Keyboard shortcuts"
            title="Keyboard shortcuts (?)"
            className="hidden size-8 items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-ink md:inline-flex"
            onClick={onShortcuts}
          >
            <Keyboard aria-hidden="true" className="size-4" />
          </button>
        </div>
        <div className="relative my-2">
          <Search aria-hidden="true" className="pointer-events-none absolute top-2.5 left-2.5 size-4 text-muted" />
          <input
            ref={searchBox}
            type="search"
            aria-label="Search this list"
            placeholder="Search this list"
            className="field pl-8"
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === "Escape") {
                setQuery("");
                event.currentTarget.blur();
              }
            }}
          />
        </div>
      </div>
      {VIEWS.map((one) => (
        <Tabs.Content key={one} value={one} tabIndex={-1} className="min-h-0 flex-1 overflow-y-auto">
          {!loaded && <p className="p-4 text-muted">Loading…</p>}
          {loaded && rows.length === 0 && (
            <p className="p-6 text-center text-muted">{query === "" ? NOTHING[view] : "Nothing in this list matches."}</p>
          )}
          <ul ref={list} role="list" aria-label="Conversations">
            {rows.map((conversation) => (
              <ConversationRow
                key={conversation.id}
                conversation={conversation}
                address={addressOf(conversation.id)}
                open={conversation.id === openId}
              />
            ))}
          </ul>
          {nextCursor !== null && (
            <div className="p-3 text-center">
              <button
                type="button"
                className="button-quiet"
                disabled={loadingMore === "yes"}
                onClick={() => {
                  setLoadingMore("yes");
                  live.loadMore(view).then(
                    () => setLoadingMore("no"),
                    () => setLoadingMore("failed"),
                  );
                }}
              >
                {loadingMore === "failed" ? "Failed. Show more again" : "Show more"}
              </button>
            </div>
          )}
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}
