import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import { useRoute } from "wouter";
import { ConversationsPage } from "../conversations/ConversationsPage";
import { WaitingAlerts } from "../conversations/WaitingAlerts";
import { createLiveStore } from "../live/liveStore";
import { ConsoleContext, type ServiceAddress } from "../session/consoleContext";
import type { ConsoleApi } from "../wire/consoleApi";
import type { Me } from "../wire/session";
import { zonedTimes } from "../words/time";
import { CrashScreen } from "./CrashScreen";
import { ConnectionBanner } from "./ConnectionBanner";
import { NotFound } from "./NotFound";
import { ShellHeader } from "./ShellHeader";

const BacklogPage = lazy(() => import("../backlog/BacklogPage"));
const LearningPage = lazy(() => import("../learning/LearningPage"));
const ReportsPage = lazy(() => import("../reports/ReportsPage"));
const TicketsPage = lazy(() => import("../tickets/TicketsPage"));
const WorkflowsPage = lazy(() => import("../workflows/WorkflowsPage"));

interface ConsoleShellProps {
  me: Me;
  api: ConsoleApi;
  service: ServiceAddress;
  onSignedOut: () => void;
}

/** Everything behind the sign-in: one live store for as long as one person is signed in. */
export function ConsoleShell({ me, api, service, onSignedOut }: ConsoleShellProps) {
  const [live] = useState(() => createLiveStore(api, onSignedOut, service.hubUrl, service.hubOptions));
  const environment = useMemo(
    () => ({
      me,
      api,
      live,
      times: zonedTimes(me.company.timeZone),
      async signOut() {
        await api.signOut();
        onSignedOut();
      },
    }),
    [me, api, live, onSignedOut],
  );

  useEffect(() => {
    live.start();
    window.addEventListener("online", live.retryNow);
    return () => {
      window.removeEventListener("online", live.retryNow);
      live.stop();
    };
  }, [live]);

  return (
    <ConsoleContext value={environment}>
      <a
        href="#main"
        className="absolute top-2 left-2 z-20 -translate-y-20 rounded-md bg-raised px-3 py-2 font-medium text-accent shadow-raised focus:translate-y-0"
      >
        Skip to content
      </a>
      <div className="flex h-full flex-col">
        <ShellHeader />
        <ConnectionBanner />
        <WaitingAlerts />
        <main id="main" tabIndex={-1} className="min-h-0 flex-1 outline-none">
          <CrashScreen>
            <CurrentPage />
          </CrashScreen>
        </main>
      </div>
    </ConsoleContext>
  );
}

function CurrentPage() {
  const [atHome] = useRoute("/");
  const [atConversation, conversation] = useRoute("/conversations/:id");
  if (atHome || atConversation) {
    return <ConversationsPage openId={conversation?.id ?? null} />;
  }
  return (
    <Suspense fallback={<p className="p-6 text-muted">Loading the page…</p>}>
      <LaterPage />
    </Suspense>
  );
}

/** The pages that are fetched when they are opened. */
function LaterPage() {
  const [atTickets] = useRoute("/tickets");
  const [atTicket, ticket] = useRoute("/tickets/:number");
  const [atReports] = useRoute("/reports");
  const [atWorkflows] = useRoute("/workflows");
  const [atBacklog] = useRoute("/backlog");
  const [atLearning] = useRoute("/learning");
  if (atTickets || atTicket) {
    return <TicketsPage openNumber={ticket?.number ?? null} />;
  }
  if (atReports) {
    return <ReportsPage />;
  }
  if (atWorkflows) {
    return <WorkflowsPage />;
  }
  if (atBacklog) {
    return <BacklogPage />;
  }
  if (atLearning) {
    return <LearningPage />;
  }
  return <NotFound />;
}
