import type { IHttpConnectionOptions } from "@microsoft/signalr";
import { createContext, useContext } from "react";
import type { LiveStore } from "../live/liveStore";
import type { ConsoleApi } from "../wire/consoleApi";
import type { Me } from "../wire/session";
import type { ZonedTimes } from "../words/time";

/** How the console reaches its service. */
export interface ServiceAddress {
  send: typeof fetch;
  hubUrl: string;
  hubOptions: IHttpConnectionOptions;
}

/** What every part of the signed-in console may use. */
export interface ConsoleEnvironment {
  me: Me;
  api: ConsoleApi;
  live: LiveStore;
  times: ZonedTimes;
  signOut(): Promise<void>;
}

export const ConsoleContext = createContext<ConsoleEnvironment | null>(null);

export function useConsole(): ConsoleEnvironment {
  const environment = useContext(ConsoleContext);
  if (environment === null) {
    throw new Error("useConsole is for the signed-in console only.");
  }
  return environment;
}
