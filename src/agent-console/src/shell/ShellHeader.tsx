import { LogOut } from "lucide-react";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { useLive } from "../live/useLive";
import { countIn } from "../live/selectors";
import { useConsole } from "../session/consoleContext";
import { mayReadReports, mayRunLearning, type Me } from "../wire/session";
import { BrandMark } from "./BrandMark";
import { ConnectionDot } from "./ConnectionDot";

const MANAGERS_PAGES: readonly { href: string; title: string; isFor: (me: Me) => boolean }[] = [
  { href: "/reports", title: "Reports", isFor: mayReadReports },
  { href: "/workflows", title: "Workflows", isFor: mayReadReports },
  { href: "/backlog", title: "Backlog", isFor: mayReadReports },
  { href: "/learning", title: "Learning", isFor: mayRunLearning },
];

export function ShellHeader() {
  const { me, signOut } = useConsole();
  const waiting = countIn(useLive(), "waiting", me.id);
  const [location] = useLocation();
  const [problem, setProblem] = useState(false);

  return (
    <header className="flex min-h-12 items-center gap-1 bg-header px-2 text-header-ink sm:gap-3 sm:px-3">
      <div className="flex shrink-0 items-center gap-2">
        <BrandMark className="size-8 shrink-0 rounded-md" />
        <span className="hidden truncate font-semibold md:inline">{me.company.name}</span>
      </div>
      <nav aria-label="Console" className="flex min-w-0 items-center gap-1 overflow-x-auto py-1">
        <NavLink href="/" current={location === "/" || location.startsWith("/conversations/")}>
          Conversations
          {waiting > 0 && (
            <span className="ml-1.5 rounded-full bg-warn-soft px-1.5 text-xs font-semibold text-warn" aria-label={`${waiting} waiting`}>
              {waiting}
            </span>
          )}
        </NavLink>
        <NavLink href="/tickets" current={location === "/tickets" || location.startsWith("/tickets/")}>
          Tickets
        </NavLink>
        {MANAGERS_PAGES.filter((page) => page.isFor(me)).map(({ href, title }) => (
          <NavLink key={href} href={href} current={location === href}>
            {title}
          </NavLink>
        ))}
      </nav>
      <div className="ml-auto flex shrink-0 items-center gap-1 sm:gap-3">
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
  const link = useRef<HTMLAnchorElement>(null);
  // On a phone the links do not fit: the one of the page that is open comes into sight.
  useEffect(() => {
    if (current) {
      link.current?.scrollIntoView?.({ block: "nearest", inline: "nearest" });
    }
  }, [current]);
  return (
    <Link
      ref={link}
      href={href}
      aria-current={current ? "page" : undefined}
      className={`inline-flex min-h-8 shrink-0 items-center rounded-md px-2 font-medium outline-offset-[-2px] sm:px-2.5 ${
        current ? "bg-header-raised" : "text-header-muted hover:text-header-ink"
      }`}
    >
      {children}
    </Link>
  );
}
