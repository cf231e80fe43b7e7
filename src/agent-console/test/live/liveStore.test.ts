import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createLiveStore, type LiveStore } from "../../src/live/liveStore";
import { retryDelay } from "../../src/live/hubLink";
import { transcriptOf } from "../../src/live/liveState";
import { countIn } from "../../src/live/selectors";
import { createConsoleApi } from "../../src/wire/consoleApi";
import type { Me } from "../../src/wire/session";
import { eventually } from "../eventually";
import { DARA, MARIA, REFUND_EVIDENCE } from "../fakeSample";
import { createFakeWorld, type FakeWorld } from "../fakeWorld";
import { startFakeConsoleServer, type FakeConsoleServer } from "../FakeConsoleServer";

let world: FakeWorld;
let server: FakeConsoleServer;
let stores: LiveStore[];

beforeEach(async () => {
  world = createFakeWorld();
  world.open({ id: "c", customerName: "Aoife Brennan", subject: "Refund" });
  world.append("c", "customer", "Aoife Brennan", "line 1");
  server = await startFakeConsoleServer(world, { people: [MARIA, DARA] });
  stores = [];
});

afterEach(async () => {
  stores.forEach((store) => store.stop());
  await server.close();
});

function connect(me: Me, onSignedOut: () => void = () => undefined): LiveStore {
  const cookie = server.cookieFor(me);
  const send: typeof fetch = (path, init) => fetch(`${server.origin}${String(path)}`, { ...init, headers: { ...init?.headers, cookie } });
  const store = createLiveStore(createConsoleApi(send, onSignedOut), onSignedOut, `${server.origin}/hubs/agent`, { headers: { cookie } });
  stores.push(store);
  store.start();
  return store;
}

const live = (store: LiveStore): Promise<void> => eventually(() => expect(store.getState().connection).toBe("live"));
const texts = (store: LiveStore): string[] => transcriptOf(store.getState(), "c").entries.map((entry) => entry.text);
const escalate = (id = "c"): void => world.escalate(id, REFUND_EVIDENCE, "returns", "high");

describe("a live store", () => {
  it("has after an outage everything that happened in it, nothing missing and nothing twice", async () => {
    const store = connect(MARIA);
    store.watch("c");
    await live(store);
    await eventually(() => expect(texts(store)).toEqual(["line 1"]));

    server.refuse(true);
    server.dropConnections();
    await eventually(() => expect(store.getState().connection).toBe("lost"));
    expect(store.getState().retryAt).not.toBeNull();
    world.append("c", "customer", "Aoife Brennan", "line 2");
    world.appendHidden("c");
    escalate();
    world.append("c", "bot", "Pip", "line 3");
    server.refuse(false);
    store.retryNow();

    await live(store);
    world.append("c", "customer", "Aoife Brennan", "line 4");
    await eventually(() => expect(texts(store)).toEqual(["line 1", "line 2", "line 3", "line 4"]));
    expect(store.getState().details["c"]?.evidence).toEqual(REFUND_EVIDENCE);
    expect(transcriptOf(store.getState(), "c").resumeAt).toBe(5);
  });

  it("keeps trying while the service is away, and comes back by itself", async () => {
    server.refuse(true);
    const store = connect(MARIA);
    const before = server.requestCount();
    await eventually(() => expect(server.requestCount() - before).toBeGreaterThanOrEqual(5));
    server.refuse(false);
    await eventually(() => expect(store.getState().connection).toBe("live"));
  });

  it("reads a long transcript page by page", async () => {
    for (let line = 2; line <= 450; line++) {
      world.append("c", "customer", "Aoife Brennan", `line ${line}`);
    }
    const store = connect(MARIA);
    store.watch("c");
    await eventually(() => expect(texts(store)).toHaveLength(450));
    expect(new Set(texts(store)).size).toBe(450);
    expect(transcriptOf(store.getState(), "c")).toMatchObject({ following: true, resumeAt: 450 });
  });

  it("corrects a waiting conversation that was resolved while it was away", async () => {
    escalate();
    const store = connect(MARIA);
    await live(store);
    expect(countIn(store.getState(), "waiting", MARIA.id)).toBe(1);

    server.refuse(true);
    server.dropConnections();
    await eventually(() => expect(store.getState().connection).toBe("lost"));
    world.claim("c", DARA);
    world.resolve("c", DARA);
    for (let index = 0; index < 60; index++) {
      world.open({ id: `later-${index}`, customerName: "Guest", subject: "Hello", startedAt: "2099-01-01T00:00:00Z" });
    }
    server.refuse(false);
    store.retryNow();

    await live(store);
    expect(countIn(store.getState(), "waiting", MARIA.id)).toBe(0);
    expect(store.getState().conversations["c"]?.state).toBe("resolved");
  });

  it("says who was faster when two claim at once", async () => {
    escalate();
    const [maria, dara] = [connect(MARIA), connect(DARA)];
    await Promise.all([live(maria), live(dara)]);
    const outcomes = await Promise.all([maria.claim("c"), dara.claim("c")]);
    expect(outcomes.map((one) => one.outcome).sort()).toEqual(["claimed", "taken"]);
    const winner = outcomes[0].outcome === "claimed" ? MARIA : DARA;
    expect(outcomes.find((one) => one.outcome === "taken")?.by).toBe(winner.name);
    await eventually(() => {
      expect(countIn(maria.getState(), "waiting", MARIA.id)).toBe(0);
      expect(dara.getState().conversations["c"]?.assignee?.id).toBe(winner.id);
    });
  });

  it("stores a reply once, however often the same one is sent", async () => {
    escalate();
    const store = connect(MARIA);
    store.watch("c");
    await live(store);
    await store.claim("c");
    await store.reply("c", "Hello", "client-1");
    await store.reply("c", "Hello", "client-1");
    await eventually(() => expect(texts(store).filter((text) => text === "Hello")).toHaveLength(1));
    expect(store.getState().outgoing["c"]).toEqual([]);
  });

  it("keeps a reply that could not be sent, and sends it on the next try", async () => {
    escalate();
    const store = connect(MARIA);
    store.watch("c");
    await live(store);
    await store.claim("c");
    server.refuse(true);
    server.dropConnections();
    await eventually(() => expect(store.getState().connection).toBe("lost"));
    await store.reply("c", "Hello", "client-1");
    expect(store.getState().outgoing["c"]).toMatchObject([{ clientId: "client-1", state: "failed" }]);

    server.refuse(false);
    store.retryNow();
    await live(store);
    await store.reply("c", "Hello", "client-1");
    await eventually(() => expect(texts(store)).toContain("Hello"));
    expect(store.getState().outgoing["c"]).toEqual([]);
  });

  it("refuses in words to reply to what is somebody else's", async () => {
    escalate();
    world.claim("c", DARA);
    const store = connect(MARIA);
    await live(store);
    await store.reply("c", "Hello", "client-1");
    expect(store.getState().outgoing["c"]).toMatchObject([{ state: "failed", problem: "This conversation is no longer yours." }]);
  });

  it("no longer hears of a conversation that it stopped watching, and catches up when it watches again", async () => {
    const store = connect(MARIA);
    const unwatch = store.watch("c");
    await eventually(() => expect(texts(store)).toEqual(["line 1"]));
    unwatch();
    await store.claim("c");
    world.append("c", "customer", "Aoife Brennan", "line 2");
    await store.claim("c");
    expect(texts(store)).toEqual(["line 1"]);
    store.watch("c");
    await eventually(() => expect(texts(store)).toEqual(["line 1", "line 2"]));
  });

  it("tells a conversation that does not exist from one that cannot be read", async () => {
    const store = connect(MARIA);
    await live(store);
    store.watch("nowhere");
    await eventually(() => expect(store.getState().missing["nowhere"]).toBe(true));
    expect(store.getState().connection).toBe("live");
  });

  it("reports the end of the session when a reconnect is refused for it", async () => {
    const onSignedOut = vi.fn();
    const store = connect(MARIA, onSignedOut);
    await live(store);
    server.endSessions();
    server.dropConnections();
    await eventually(() => expect(onSignedOut).toHaveBeenCalled());
  });
});

it("the delay between attempts grows to half a minute and no further, and is never nothing", () => {
  const longest = [0, 1, 2, 3, 20, 2000].map((attempt) => retryDelay(attempt, 1));
  expect(longest).toEqual([500, 1000, 2000, 4000, 30_000, 30_000]);
  expect(retryDelay(0, 0)).toBe(250);
});
