import { useSyncExternalStore } from "react";
import { useConsole } from "../session/consoleContext";
import type { LiveState } from "./liveState";

/** The present live state; the component renders again whenever it changes. */
export function useLive(): LiveState {
  const { live } = useConsole();
  return useSyncExternalStore(live.subscribe, live.getState);
}
