import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { VIEWS } from "../src/wire/conversation";
import { mayReadReports, mayRunLearning, type Me } from "../src/wire/session";
import { createFakeDesk } from "./fakeDesk";
import { createFakeLearning, INTENTS } from "./fakeLearning";
import { fakeDrill, fakeResponseTimes } from "./fakeReports";
import { createFakeHub, negotiation } from "./fakeSignalR";
import type { FakeWorld } from "./fakeWorld";

export const FAKE_PASSWORD = "a long enough password";

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** As strict as the real service: whatever would break it there breaks here. */
const CONTENT_SECURITY_POLICY = "default-src 'self'; style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

interface FakeOptions {
  people: Me[];
  /** 0 for any free one. */
  port?: number;
  /** The built console to serve under `/console/`; none by default. */
  siteFolder?: string;
}

/** A stateful stand-in for the service's console side: its REST interface, its hub and, if wanted, its static files. */
export async function startFakeConsoleServer(world: FakeWorld, { people, port = 0, siteFolder }: FakeOptions) {
  const sessions = new Map<string, Me>();
  const learning = createFakeLearning(world);
  const desk = createFakeDesk();
  let refusing = false;
  let requests = 0;
  let typings = 0;

  const hub = createFakeHub((client, target, args) => {
    const me = people.find((one) => one.id === client.userId);
    const [id, second, third] = args;
    if (me === undefined || typeof id !== "string") {
      throw new Error("Bad invocation");
    }
    switch (target) {
      case "Watch": {
        const conversation = world.detail(id);
        if (conversation === null) {
          throw new Error("No such conversation");
        }
        client.watched.add(id);
        return { conversation, page: world.page(id, Number(second), 200) };
      }
      case "Unwatch":
        return void client.watched.delete(id);
      case "Claim":
        return world.claim(id, me);
      case "Reply":
        return world.reply(id, me, String(second), String(third));
      case "SendDraft":
        return world.sendDraft(id, me, String(second), typeof third === "string" ? third : null);
      case "Resolve":
        return world.resolve(id, me);
      case "Typing":
        typings++;
        return null;
      default:
        throw new Error(`No method ${target}`);
    }
  });

  world.onEvent((event) => {
    for (const client of hub.clients()) {
      if (event.type === "changed") {
        client.send("ConversationChanged", event.summary);
      } else if (!client.watched.has(event.id)) {
        continue;
      } else if (event.type === "appended") {
        client.send("ActivityAppended", event.id, event.entry);
      } else {
        client.send("CustomerTyping", event.id);
      }
    }
  });

  const whoAsks = (request: IncomingMessage): Me | undefined => sessions.get(/console=([^;]+)/.exec(request.headers.cookie ?? "")?.[1] ?? "");

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://fake");
    requests++;
    if (url.pathname.startsWith("/console")) {
      return sendFile(response, siteFolder, url.pathname.slice("/console/".length));
    }
    if (refusing) {
      return send(response, 503, refusal("Unavailable"));
    }
    const me = whoAsks(request);
    if (url.pathname === "/api/console/session") {
      return session(request, response, me);
    }
    if (me === undefined) {
      return send(response, 401, refusal("NotSignedIn"));
    }
    if (url.pathname === "/hubs/agent/negotiate") {
      return send(response, 200, negotiation(crypto.randomUUID()));
    }
    const query = (name: string): string | null => url.searchParams.get(name);
    const told = await desk.answer({
      method: request.method,
      path: url.pathname.split("/").slice(2).map(decodeURIComponent),
      query,
      me,
      body: () => readBody(request),
    });
    if (told !== null) {
      return send(response, told.status, typeof told.body === "string" ? refusal(told.body) : told.body);
    }
    const [, area, ...path] = url.pathname.split("/").slice(1).map(decodeURIComponent);
    if (area === "console" && path[0] === "intents") {
      return send(response, 200, [...INTENTS]);
    }
    if (area === "console" && path[0] === "learning") {
      return learn(request, response, me, path, query);
    }
    if (area === "console" && path[0] === "conversations" && path[4] === "intent") {
      const given = request.method === "PUT" ? (JSON.parse(await readBody(request)) as { intent?: string }) : null;
      const problem = learning.correct(me, path[1] ?? "", Number(path[3]), given === null ? null : { intent: given.intent ?? null });
      return problem === null ? send(response, 204, null) : send(response, problem === "UnknownIntent" ? 400 : 404, refusal(problem));
    }
    if (area === "console" && path[0] === "conversations") {
      return conversations(response, me, path, query);
    }
    if (area === "reports") {
      if (!mayReadReports(me)) {
        return send(response, 403, refusal("Forbidden"));
      }
      const days = Number(query("days"));
      const metric = path[1];
      return send(response, 200, metric === undefined ? fakeResponseTimes(days) : fakeDrill(metric, days, Number(query("page") ?? 1), query("bucket")));
    }
    return send(response, 404, refusal("NotFound"));
  }

  async function session(request: IncomingMessage, response: ServerResponse, me: Me | undefined): Promise<void> {
    if (request.method === "POST") {
      const given = JSON.parse(await readBody(request)) as { email: string; password: string };
      const found = people.find((one) => one.email === given.email && given.password === FAKE_PASSWORD);
      if (found === undefined) {
        return send(response, 401, refusal("WrongPassword"));
      }
      const token = crypto.randomUUID();
      sessions.set(token, found);
      response.setHeader("set-cookie", `console=${token}; Path=/; HttpOnly; SameSite=Strict`);
      return send(response, 200, found);
    }
    if (request.method === "DELETE") {
      sessions.forEach((owner, token) => owner === me && sessions.delete(token));
      return send(response, 204, null);
    }
    return me === undefined ? send(response, 401, refusal("NotSignedIn")) : send(response, 200, me);
  }

  async function learn(request: IncomingMessage, response: ServerResponse, me: Me, path: string[], query: (name: string) => string | null): Promise<void> {
    if (!mayRunLearning(me)) {
      return send(response, 403, refusal("NotAllowed"));
    }
    switch (`${request.method} ${path[1] ?? ""}`) {
      case "GET ":
        return send(response, 200, learning.overview());
      case "GET labels":
        return send(response, 200, learning.labels(query("source"), query("cursor"), Number(query("limit") ?? 50)));
      case "PUT labels": {
        const { used } = JSON.parse(await readBody(request)) as { used: boolean };
        return learning.use(Number(path[2]), used) ? send(response, 204, null) : send(response, 404, refusal("LabelNotFound"));
      }
      case "POST training":
        return learning.train(me) ? send(response, 202, null) : send(response, 409, refusal("AlreadyTraining"));
      case "PUT in-force":
        learning.putInForce((JSON.parse(await readBody(request)) as { number: number }).number);
        return send(response, 204, null);
      default:
        return send(response, 404, refusal("NotFound"));
    }
  }

  function conversations(response: ServerResponse, me: Me, path: string[], query: (name: string) => string | null): void {
    const [, id, activities] = path;
    if (id === undefined) {
      const view = VIEWS.find((one) => one === query("view")) ?? "all";
      return send(response, 200, world.list(view, me, query("cursor"), Number(query("limit") ?? 50)));
    }
    const detail = world.detail(id);
    if (detail === null) {
      return send(response, 404, refusal("NotFound"));
    }
    return send(response, 200, activities === undefined ? detail : world.page(id, Number(query("after")), Number(query("limit") ?? 200)));
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => send(response, 500, refusal(String(error))));
  });
  server.on("upgrade", (request, socket, head) => {
    const me = whoAsks(request);
    if (me === undefined || refusing) {
      socket.end("HTTP/1.1 401 Unauthorized\r\n\r\n");
    } else {
      hub.upgrade(request, socket, head, me.id);
    }
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));

  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Signs a person in without the form: the value of their Cookie header. */
    cookieFor(me: Me): string {
      const token = crypto.randomUUID();
      sessions.set(token, me);
      return `console=${token}`;
    },
    learning,
    tickets: desk.tickets,
    endSessions: () => sessions.clear(),
    dropConnections: () => hub.drop(),
    /** While refusing, every API request gets 503 and no hub connection is accepted. */
    refuse(on: boolean): void {
      refusing = on;
    },
    requestCount: () => requests,
    typingCount: () => typings,
    async close(): Promise<void> {
      hub.drop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type FakeConsoleServer = Awaited<ReturnType<typeof startFakeConsoleServer>>;

function refusal(code: string): object {
  return { error: { code, message: `The fake service says ${code}.` } };
}

function send(response: ServerResponse, status: number, body: object | null): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(body === null ? undefined : JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Files with an extension as they are, every other address the single page. */
async function sendFile(response: ServerResponse, folder: string | undefined, path: string): Promise<void> {
  const file = extname(path) === "" ? "index.html" : normalize(path);
  if (folder === undefined || file.startsWith("..")) {
    return send(response, 404, refusal("NotFound"));
  }
  try {
    const content = await readFile(join(folder, file));
    response.writeHead(200, {
      "content-type": CONTENT_TYPES[extname(file)] ?? "application/octet-stream",
      "content-security-policy": CONTENT_SECURITY_POLICY,
    });
    response.end(content);
  } catch {
    send(response, 404, refusal("NotFound"));
  }
}
