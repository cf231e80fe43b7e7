import { LogOut } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { useLive } from "../live/useLive";
import { countIn } from "../live/selectors";
import { useConsole } from "../session/consoleContext";
import { mayReadReports, mayRunLearning } from "../wire/session";
import { BrandMark } from "./BrandMark";
import { ConnectionDot } from "./ConnectionDot";

export function ShellHeader() {
  const { me, signOut } = useConsole();
  const waiting = countIn(useLive(), "waiting", me.id);
  const [location] = useLocation();
  const [problem, setProblem] = useState(false);

  return (
    <header className="flex min-h-12 items-center gap-1 bg-header px-2 text-header-ink sm:gap-3 sm:px-3">
      <div className="flex min-w-0 items-center gap-2">
        <BrandMark className="size-8 shrink-0 rounded-md" />
        <span className="hidden truncate font-semibold md:inline">{me.company.name}</span>
      </div>
      <nav aria-label="Console" className="flex items-center gap-1">
        <NavLink href="/" current={location === "/" || location.startsWith("/conversations/")}>
          Conversations
          {waiting > 0 && (
            <span className="ml-1.5 rounded-full bg-warn-soft px-1.5 text-xs font-semibold text-warn" aria-label={`${waiting} waiting`}>
              {waiting}
            </span>
          )}
        </NavLink>
        {mayReadReports(me) && (
          <NavLink href="/reports" current={location === "/reports"}>
            Reports
          </NavLink>
        )}
        {mayRunLearning(me) && (
          <NavLink href="/learning" current={location === "/learning"}>
            Learning
          </NavLink>
        )}
      </nav>
      <div className="ml-auto flex items-center gap-1 sm:gap-3">
        <ConnectionDot />
        <span className="hidden text-right leading-tight lg:block">
          <span className="block font-medium">{me.name}</span>
          <span className="block text-xs text-header-muted">{me.roles.join(", ")}</span>
        </span>
        <button
          type="button"
          className="inline-flex min-h-8 items-center gap-1.5 rounded-md px-2 hover:bg-header-raised"
          onClick={() => {
            setProblem(false);
            signOut().catch(() => setProblem(true));
          }}
        >
          <LogOut aria-hidden="true" className="size-4" />
          <span className="sr-only sm:not-sr-only">Sign out</span>
        </button>
        <span role="alert" className="text-xs">
          {problem ? "Not signed out: the service cannot be reached." : ""}
        </span>
      </div>
    </header>
  );
}

function NavLink({ href, current, children }: { href: string; current: boolean; children: ReactNode }) {
  return (
    <Link
      href={href}
      aria-current={current ? "page" : undefined}
      className={`inline-flex min-h-8 items-center rounded-md px-2 font-medium sm:px-2.5 ${
        current ? "bg-header-raised" : "text-header-muted hover:text-header-ink"
      }`}
    >
      {children}
    </Link>
  );
}
