import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import { Router } from "wouter";
import type { ServiceAddress } from "./session/consoleContext";
import { SessionGate } from "./session/SessionGate";
import { ApiError } from "./wire/consoleApi";

/** @param service where the console's REST interface and hub are. */
export function App({ service }: { service: ServiceAddress }) {
  const [queries] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          // A refusal stays one however often it is asked for.
          queries: { retry: (failures, error) => failures < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500) },
        },
      }),
  );
  return (
    <QueryClientProvider client={queries}>
      <Router base="/console">
        <SessionGate service={service} />
      </Router>
    </QueryClientProvider>
  );
}
