import { mayReadReports, type Me } from "../src/wire/session";
import { createFakeBacklog } from "./fakeBacklog";
import { createFakeTickets, type FakeAnswer } from "./fakeTickets";
import { fakeWorkflows } from "./fakeWorkflows";

interface FakeQuestion {
  method: string | undefined;
  /** The address below `/api`, in parts. */
  path: readonly string[];
  query: (name: string) => string | null;
  me: Me;
  body: () => Promise<string>;
}

/** The service's side of tickets, backlog and processes. */
export function createFakeDesk(now = Date.now()) {
  const tickets = createFakeTickets(now);
  const backlog = createFakeBacklog(now);

  async function aboutTickets({ method, path, query, me, body }: FakeQuestion): Promise<FakeAnswer> {
    const [, number, part] = path;
    if (number === undefined) {
      return { status: 200, body: tickets.list(query("phase"), query("queue"), query("cursor"), Number(query("limit") ?? 50)) };
    }
    return tickets.answer(method, number, part, method === "GET" ? null : JSON.parse(await body()), me);
  }

  function aboutBacklog({ method, path, query }: FakeQuestion): FakeAnswer {
    if (method === "POST") {
      return backlog.retry(Number(path[2])) ? { status: 204, body: null } : { status: 404, body: "NotInBacklog" };
    }
    return { status: 200, body: backlog.page(query("view") === "failed" ? "failed" : "waiting", Number(query("after") ?? 0)) };
  }

  return {
    tickets,
    backlog,
    /** Null when the question is not about any of it. */
    async answer(question: FakeQuestion): Promise<FakeAnswer | null> {
      const { path, query, me } = question;
      if (path[0] === "tickets") {
        return aboutTickets(question);
      }
      const isBacklog = path[0] === "console" && path[1] === "backlog";
      const isWorkflows = path[0] === "reports" && path[1] === "workflows";
      if (!isBacklog && !isWorkflows) {
        return null;
      }
      if (!mayReadReports(me)) {
        return { status: 403, body: "NotAllowed" };
      }
      return isBacklog ? aboutBacklog(question) : { status: 200, body: fakeWorkflows(Number(query("days"))) };
    },
  };
}
