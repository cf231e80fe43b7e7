import { ApiError, type ConsoleApi } from "../wire/consoleApi";
import type { ConversationPage, View, WatchResult } from "../wire/conversation";
import type { HubLink } from "./hubLink";
import { transcriptOf, type LiveAction, type LiveState } from "./liveState";

/** Pages of `waiting` and `mine` that are fetched without being asked for, so that their counts are exact. */
const EAGER_PAGES = 10;

interface ReadingContext {
  api: ConsoleApi;
  link: HubLink;
  dispatch: (action: LiveAction) => void;
  getState: () => LiveState;
  /** Whether the connection on which a reading began is still the present one. */
  isCurrent: (begun: number) => boolean;
  isWatched: (id: string) => boolean;
}

/** What the live store reads by itself: lists, details and transcripts, each into the state. */
export function createReadings({ api, link, dispatch, getState, isCurrent, isWatched }: ReadingContext) {
  /** The ids of the conversations that the list named. */
  async function readList(view: View, begun: number): Promise<string[]> {
    const named: string[] = [];
    let cursor: string | null = null;
    for (let pages = 0; pages < (view === "all" ? 1 : EAGER_PAGES); pages++) {
      const page: ConversationPage = await api.conversations(view, cursor);
      if (!isCurrent(begun)) {
        break;
      }
      dispatch({ type: "listLoaded", view, page, first: pages === 0 });
      named.push(...page.items.map((item) => item.id));
      cursor = page.nextCursor;
      if (cursor === null) {
        break;
      }
    }
    return named;
  }

  /** Never rejects: a lost connection follows again by itself, any other failure is in the transcript's state. */
  async function follow(id: string, begun: number): Promise<void> {
    try {
      await readWatched(id, () => isCurrent(begun) && isWatched(id));
    } catch {
      if (isCurrent(begun) && link.isConnected()) {
        dispatch({ type: "watchFailed", id });
      }
    }
  }

  async function readWatched(id: string, isWanted: () => boolean): Promise<void> {
    let result: WatchResult | null;
    try {
      result = await link.invoke<WatchResult | null>("Watch", id, transcriptOf(getState(), id).resumeAt);
      if (result === null) {
        throw new Error("The hub does not know the conversation.");
      }
    } catch (error) {
      // The hub refuses an unknown conversation like any other failure; the REST interface says which it is.
      await readDetail(id);
      if (getState().missing[id]) {
        return;
      }
      throw error;
    }
    if (!isWanted()) {
      return;
    }
    dispatch({ type: "detailLoaded", detail: result.conversation });
    dispatch({ type: "pageLoaded", id, page: result.page });
    while (!transcriptOf(getState(), id).following) {
      const page = await api.activities(id, transcriptOf(getState(), id).resumeAt);
      if (!isWanted()) {
        return;
      }
      dispatch({ type: "pageLoaded", id, page });
    }
  }

  async function readDetail(id: string): Promise<void> {
    try {
      dispatch({ type: "detailLoaded", detail: await api.conversation(id) });
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 404) {
        throw error;
      }
      dispatch({ type: "conversationMissing", id });
    }
  }

  return { readList, readDetail, follow };
}
