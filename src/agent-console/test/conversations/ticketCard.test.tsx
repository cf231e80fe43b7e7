// @vitest-environment jsdom
import { screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { useFakeConsole } from "../fakeConsole";
import { MARIA } from "../fakeSample";
import { renderConsole } from "../renderConsole";

const fake = useFakeConsole();

it("a ticket elsewhere leads there, warns of what was dropped, and tells notes from messages", async () => {
  renderConsole(fake.server, "/console/conversations/c-refund", MARIA);
  const ticket = await screen.findByRole("article", { name: "Ticket TT-REQ-1042" });
  const link = within(ticket).getByRole("link", { name: /TT-REQ-1042/ });
  expect([link.getAttribute("href"), link.getAttribute("rel")]).toEqual(["https://tarnandtrail.zendesk.example/agent/tickets/1042", "noopener noreferrer"]);
  expect(within(ticket).getByText("zendesk")).toBeTruthy();
  expect(within(ticket).getAllByText("Orla Walsh")).toHaveLength(2);
  expect(within(ticket).getByText("The field 'Size' is unknown there and was left out.")).toBeTruthy();
  expect(within(ticket).getByText("2 messages in the ticket, 1 of them a note")).toBeTruthy();
  const [, note] = within(ticket).getAllByRole("listitem");
  expect(within(note as HTMLElement).getByText("note, for agents only")).toBeTruthy();
});

it("only an https address leads out, and a ticket of our own store to its page", async () => {
  const [ticket] = fake.world.detail("c-refund")?.tickets ?? [];
  if (ticket === undefined) {
    throw new Error("The sample has no ticket.");
  }
  fake.world.change("c-refund", {
    tickets: [
      { ...ticket, number: "A-1", url: "javascript:alert(1)" },
      { ...ticket, number: "A-2", url: "http://desk.example/2" },
      { ...ticket, number: "T-00002", system: "embedded", url: null },
    ],
  });
  renderConsole(fake.server, "/console/conversations/c-refund", MARIA);
  const own = await screen.findByRole("link", { name: "T-00002" });
  expect(own.getAttribute("href")).toBe("/console/tickets/T-00002");
  for (const number of ["A-1", "A-2"]) {
    expect(within(screen.getByRole("article", { name: `Ticket ${number}` })).queryByRole("link")).toBeNull();
  }
});
