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

const LearningPage = lazy(() => import("../learning/LearningPage"));
const ReportsPage = lazy(() => import("../reports/ReportsPage"));

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
  const [atLearning] = useRoute("/learning");
  const [atReports] = useRoute("/reports");
  if (atHome || atConversation) {
    return <ConversationsPage openId={conversation?.id ?? null} />;
  }
  if (atLearning) {
    return (
      <Suspense fallback={<p className="p-6 text-muted">Loading what the bot learns…</p>}>
        <LearningPage />
      </Suspense>
    );
  }
  if (atReports) {
    return (
      <Suspense fallback={<p className="p-6 text-muted">Loading the reports…</p>}>
        <ReportsPage />
      </Suspense>
    );
  }
  return <NotFound />;
}
