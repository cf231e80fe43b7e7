import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { forgetDrafts } from "../conversations/drafts";
import { createConsoleApi } from "../wire/consoleApi";
import type { Me } from "../wire/session";
import { ConsoleShell } from "../shell/ConsoleShell";
import { Notice } from "../shell/Notice";
import type { ServiceAddress } from "./consoleContext";
import { SignIn } from "./SignIn";

const SESSION_KEY = ["session"];

/** Shows the console to those who are signed in, and the sign-in form to everybody else, at whatever address. */
export function SessionGate({ service }: { service: ServiceAddress }) {
  const queries = useQueryClient();
  const { api, signedOut } = useMemo(() => {
    const forget = (): void => {
      forgetDrafts();
      queries.removeQueries({ predicate: (query) => query.queryKey[0] !== SESSION_KEY[0] });
      queries.setQueryData<Me | null>(SESSION_KEY, null);
    };
    return { api: createConsoleApi(service.send, forget), signedOut: forget };
  }, [queries, service.send]);
  // Asked again when the tab gets the focus: the other tab may have signed out, or somebody else in.
  const session = useQuery({ queryKey: SESSION_KEY, queryFn: api.session });

  if (session.data === undefined) {
    return (
      <main className="grid h-full place-items-center p-6">
        {session.isError ? (
          <Notice tone="danger">
            <p>The service cannot be reached.</p>
            <button type="button" className="button-quiet mt-3" onClick={() => void session.refetch()}>
              Try again
            </button>
          </Notice>
        ) : (
          <p role="status" className="text-muted">
            Opening the console…
          </p>
        )}
      </main>
    );
  }
  if (session.data === null) {
    return <SignIn api={api} onSignedIn={(me) => queries.setQueryData<Me | null>(SESSION_KEY, me)} />;
  }
  return <ConsoleShell key={session.data.id} me={session.data} api={api} service={service} onSignedOut={signedOut} />;
}
