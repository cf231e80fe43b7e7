// @vitest-environment jsdom
import { cleanup, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import "../browserGaps";
import { FAKE_PASSWORD, startFakeConsoleServer, type FakeConsoleServer } from "../FakeConsoleServer";
import { createSampleWorld, DARA, MARIA } from "../fakeSample";
import type { FakeWorld } from "../fakeWorld";
import { renderConsole } from "../renderConsole";

let world: FakeWorld;
let server: FakeConsoleServer;

beforeEach(async () => {
  localStorage.clear();
  sessionStorage.clear();
  world = createSampleWorld();
  server = await startFakeConsoleServer(world, { people: [MARIA, DARA] });
});

afterEach(async () => {
  cleanup();
  await server.close();
});

const rows = (): HTMLElement[] => within(screen.getByRole("list", { name: "Conversations" })).getAllByRole("link");
const transcript = (): HTMLElement => screen.getByRole("log", { name: "Transcript" });

describe("signing in", () => {
  it("refuses a wrong password in words and opens the console for the right one", async () => {
    const { user } = renderConsole(server, "/console/", null);
    await user.type(await screen.findByLabelText("Email"), MARIA.email);
    await user.type(screen.getByLabelText("Password"), "wrong");
    await user.click(screen.getByRole("button", { name: "Sign in" }));
    await within(screen.getByRole("alert")).findByText("That email and password do not match.");

    await user.clear(screen.getByLabelText("Password"));
    await user.type(screen.getByLabelText("Password"), FAKE_PASSWORD);
    await user.click(screen.getByRole("button", { name: "Sign in" }));
    await waitFor(() => expect(rows()).toHaveLength(3));
    expect(screen.getByRole("tab", { name: /Waiting/ }).textContent).toContain("3");
    expect(screen.getByRole("tab", { name: /Mine/ }).textContent).toContain("1");
  });

  it("comes back when the session ends", async () => {
    renderConsole(server, "/console/", MARIA);
    await waitFor(() => expect(rows()).toHaveLength(3));
    server.endSessions();
    server.dropConnections();
    await screen.findByRole("button", { name: "Sign in" });
  });

  it("is asked for again after signing out", async () => {
    const { user } = renderConsole(server, "/console/", MARIA);
    await user.click(await screen.findByRole("button", { name: "Sign out" }));
    await screen.findByRole("button", { name: "Sign in" });
  });
});

describe("a conversation", () => {
  it("shows why the bot escalated it, with links to the articles and the ticket", async () => {
    renderConsole(server, "/console/conversations/c-refund", MARIA);
    const why = await screen.findByRole("region", { name: "Why the bot escalated" });
    await within(why).findByText("The bot was not sure enough to answer");
    expect(within(why).getByRole("meter", { name: "Confidence in Get a refund" }).getAttribute("aria-valuetext")).toBe("71 %");
    expect(within(why).getByRole("meter", { name: "Answer probability" }).getAttribute("aria-valuetext")).toBe("46 %");
    expect(within(why).getByText(/answers by itself from 74 %/)).toBeTruthy();
    expect(within(why).getByRole("link", { name: /^Returns and refunds/ }).getAttribute("href")).toBe("/help/returns-and-refunds");
    expect(within(screen.getByRole("region", { name: "Ticket" })).getByText("TT-REQ-1042")).toBeTruthy();
  });

  it("is claimed, answered and resolved, each seen as it happens", async () => {
    const { user } = renderConsole(server, "/console/conversations/c-refund", MARIA);
    await user.click(await screen.findByRole("button", { name: "Claim" }));
    await user.type(await screen.findByRole("textbox", { name: "Reply" }), "First line{Shift>}{Enter}{/Shift}second line{Enter}");
    await waitFor(() => expect(within(transcript()).getByText(/First line/).textContent).toBe("First line\nsecond line"));
    await waitFor(() => expect(world.page("c-refund", 0, 200).items.at(-1)?.text).toBe("First line\nsecond line"));
    expect(screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Reply" }).value).toBe("");

    world.append("c-refund", "customer", "Aoife Brennan", "Thank you!");
    await within(transcript()).findByText("Thank you!");

    await user.click(screen.getByRole("button", { name: "Resolve" }));
    expect(world.detail("c-refund")?.state).toBe("assigned");
    await user.click(screen.getByRole("button", { name: /^Resolve/ }));
    await waitFor(() => expect(world.detail("c-refund")?.state).toBe("resolved"));
    await screen.findByText(/Resolved. If the customer writes again, Pip answers/);
  });

  it("says who was faster", async () => {
    const { user } = renderConsole(server, "/console/conversations/c-refund", MARIA);
    const claim = await screen.findByRole("button", { name: "Claim" });
    // The other agent's claim is stored, but its news has not reached this browser yet.
    const original = world.claim;
    world.claim = (id) => original(id, DARA) && original(id, MARIA);
    await user.click(claim);
    await screen.findByText("Dara Kelly was faster and has this conversation.");
  });

  it("shows strangers' words as words, and links to web addresses only", async () => {
    world.append("c-refund", "customer", "<b>Eve</b>", "<img src=x onerror=alert(1)> **not bold** [1]");
    world.append("c-refund", "bot", "Pip", "See [1] and [2].", {
      citations: [
        { position: 1, title: "Bad", url: "javascript:alert(1)" },
        { position: 2, title: "Good", url: "https://shop.example/help/good" },
      ],
    });
    renderConsole(server, "/console/conversations/c-refund", MARIA);
    await screen.findByText("<img src=x onerror=alert(1)> **not bold** [1]");
    expect(transcript().querySelector("img, script, b")).toBeNull();
    const addresses = [...transcript().querySelectorAll("a")].map((link) => link.href);
    expect(addresses).toContain("https://shop.example/help/good");
    expect(addresses.filter((address) => !/^https?:/.test(address))).toEqual([]);
  });

  it("that does not exist is said not to", async () => {
    renderConsole(server, "/console/conversations/nowhere", MARIA);
    await screen.findByText("There is no conversation with this address.");
  });

  it("keeps an unsent reply while another one is open", async () => {
    const { user } = renderConsole(server, "/console/conversations/c-tent?view=mine", MARIA);
    await user.type(await screen.findByRole("textbox", { name: "Reply" }), "Half a sent");
    await user.click(screen.getByRole("tab", { name: /Waiting/ }));
    await user.click(await screen.findByRole("link", { name: /Aoife Brennan/ }));
    await waitFor(() => expect(screen.queryByRole("textbox", { name: "Reply" })).toBeNull());
    await user.click(screen.getByRole("tab", { name: /Mine/ }));
    await user.click(await screen.findByRole("link", { name: /Siobhán/ }));
    expect((await screen.findByRole<HTMLTextAreaElement>("textbox", { name: "Reply" })).value).toBe("Half a sent");
  });
});

describe("while the connection is lost", () => {
  it("a banner says so, and goes when it is back", async () => {
    renderConsole(server, "/console/", MARIA);
    await waitFor(() => expect(rows()).toHaveLength(3));
    server.refuse(true);
    server.dropConnections();
    await screen.findByText(/The connection is lost/);
    server.refuse(false);
    await waitFor(() => expect(screen.queryByText(/The connection is lost/)).toBeNull(), { timeout: 6000 });
  }, 10_000);

  it("a reply fails in sight, and Retry sends it once", async () => {
    const { user } = renderConsole(server, "/console/conversations/c-tent", MARIA);
    const reply = await screen.findByRole("textbox", { name: "Reply" });
    server.refuse(true);
    server.dropConnections();
    await screen.findByText(/The connection is lost/);
    await user.type(reply, "Still there?{Enter}");
    const retry = await screen.findByRole("button", { name: "Retry" });
    server.refuse(false);
    await waitFor(() => expect(screen.queryByText(/The connection is lost/)).toBeNull(), { timeout: 6000 });
    await user.click(retry);
    await waitFor(() => expect(screen.queryByRole("button", { name: "Retry" })).toBeNull());
    await waitFor(() => expect(world.page("c-tent", 0, 200).items.filter((one) => one.text === "Still there?")).toHaveLength(1));
    await waitFor(() => expect(within(transcript()).getAllByText("Still there?")).toHaveLength(1));
  }, 15_000);
});

describe("by keyboard", () => {
  it("one goes through the list, opens, claims, writes and resolves", async () => {
    const { user } = renderConsole(server, "/console/", MARIA);
    await waitFor(() => expect(rows()).toHaveLength(3));
    await user.keyboard("jj");
    expect(document.activeElement).toBe(rows()[1]);
    await user.keyboard("{ArrowDown}k{ArrowUp}");
    expect(document.activeElement).toBe(rows()[0]);
    await user.keyboard("{Enter}");
    await screen.findByRole("button", { name: "Claim" });
    await user.keyboard("c");
    await screen.findByRole("textbox", { name: "Reply" });
    await user.keyboard("r");
    expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "Reply" }));
    await user.keyboard("eee{Escape}");
    expect(world.detail("c-refund")?.state).toBe("assigned");
    await user.keyboard("ee");
    await waitFor(() => expect(world.detail("c-refund")?.state).toBe("resolved"));
  });

  it("the single keys are shown by ?, and can be turned off", async () => {
    const { user } = renderConsole(server, "/console/", MARIA);
    await waitFor(() => expect(rows()).toHaveLength(3));
    await user.keyboard("?");
    const dialog = await screen.findByRole("dialog", { name: "Keyboard shortcuts" });
    await user.click(within(dialog).getByRole("checkbox", { name: "Use single-key shortcuts" }));
    await user.click(within(dialog).getByRole("button", { name: "Close" }));
    await user.keyboard("j?");
    expect(rows()).not.toContain(document.activeElement);
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("/ searches the list", async () => {
    const { user } = renderConsole(server, "/console/", MARIA);
    await waitFor(() => expect(rows()).toHaveLength(3));
    await user.keyboard("/tent CHARGED");
    expect(rows().map((row) => row.textContent)).toEqual([expect.stringContaining("Guest 4471")]);
  });
});

describe("a customer who begins to wait", () => {
  it("is announced, counted in the title and listed last", async () => {
    renderConsole(server, "/console/", MARIA);
    await waitFor(() => expect(document.title).toBe("(3) Conversations · Tarn & Trail"));
    const evidence = world.detail("c-refund")?.evidence;
    if (evidence == null) {
      throw new Error("The sample's refund conversation has evidence.");
    }
    world.escalate("c-ship", evidence, "orders", "normal");
    await waitFor(() => expect(document.title).toBe("(4) Conversations · Tarn & Trail"));
    await within(screen.getByRole("status", { name: "New waiting conversations" })).findByText("Guest 4470 is waiting: Delivery to the Aran Islands");
    expect(rows()[3]?.textContent).toContain("Guest 4470");
  });
});

it("an address that is none of ours shows a not-found page", async () => {
  renderConsole(server, "/console/nowhere", MARIA);
  await screen.findByRole("heading", { name: "Page not found" });
});
