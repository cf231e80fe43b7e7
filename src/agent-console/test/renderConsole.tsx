import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { App } from "../src/App";
import type { Me } from "../src/wire/session";
import type { FakeConsoleServer } from "./FakeConsoleServer";

/** Renders the whole console at an address, as a browser that keeps its one cookie and talks to the fake service. */
export function renderConsole(server: FakeConsoleServer, path: string, signedInAs: Me | null) {
  history.replaceState(null, "", path);
  const headers: Record<string, string> = signedInAs === null ? {} : { cookie: server.cookieFor(signedInAs) };
  const send: typeof fetch = async (address, init) => {
    const response = await fetch(`${server.origin}${String(address)}`, { ...init, headers: { ...init?.headers, ...headers } });
    const cookie = response.headers.get("set-cookie")?.split(";")[0];
    if (cookie !== undefined) {
      headers["cookie"] = cookie;
    }
    return response;
  };
  const rendered = render(<App service={{ send, hubUrl: `${server.origin}/hubs/agent`, hubOptions: { headers } }} />);
  return { ...rendered, user: userEvent.setup() };
}
