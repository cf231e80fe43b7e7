// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { useFakeConsole } from "../fakeConsole";
import { DARA, MARIA } from "../fakeSample";
import { renderConsole } from "../renderConsole";

const fake = useFakeConsole();

it("an agent is told that the backlog is not theirs", async () => {
  renderConsole(fake.server, "/console/backlog", MARIA);
  await screen.findByRole("heading", { name: "The backlog is for managers" });
  expect(screen.queryByRole("link", { name: "Backlog" })).toBeNull();
});

it("says which system is down since when, what waits for it, and which routes lead nowhere", async () => {
  renderConsole(fake.server, "/console/backlog", DARA);
  const zendesk = await screen.findByRole("article", { name: "zendesk" });
  expect(within(zendesk).getByText(/^Down since/).textContent).toContain("for 9 min");
  expect(within(zendesk).getByText("zendesk answered with 503 Service Unavailable.")).toBeTruthy();
  expect(zendesk.textContent).toContain("1 on its way · 0 given up");
  const own = screen.getByRole("article", { name: "embedded" });
  expect(within(own).getByText("Up")).toBeTruthy();
  expect(own.textContent).toContain("1 given up");
  const mistake = screen.getByText(/^Tickets:Routes:gear: 'zendesk' has no queue 'Gear'/);
  expect(mistake.closest("[role=alert]")?.textContent).toContain("Some routes lead nowhere");
});

it("lists what waits with its reason, attempts and next try, and leads to the conversation", async () => {
  renderConsole(fake.server, "/console/backlog", DARA);
  const table = await screen.findByRole("table", { name: "On its way" });
  const [, refund, gone] = within(table).getAllByRole("row");
  expect(within(refund as HTMLElement).getByRole("link").getAttribute("href")).toBe("/console/conversations/c-refund?view=all");
  expect([...(refund?.children ?? [])].slice(1, 5).map((cell) => cell.textContent)).toEqual([
    "Ticket",
    "zendesk",
    "zendesk answered with 503 Service Unavailable.",
    "4",
  ]);
  expect(refund?.lastElementChild?.textContent).toMatch(/^in 1:\d\d$/);
  expect(gone?.textContent).toContain("A conversation that was deleted");
  expect(gone?.lastElementChild?.textContent).toBe("under way");
});

it("tries again what was given up", async () => {
  const { user } = renderConsole(fake.server, "/console/backlog", DARA);
  await user.click(await screen.findByRole("radio", { name: "Given up" }));
  const table = await screen.findByRole("table", { name: "Given up" });
  await user.click(within(table).getByRole("button", { name: /^Try again/ }));
  await screen.findByText("“Tent pole snapped on the first night” is being tried again.");
  await screen.findByText("Nothing was given up.");
  await user.click(screen.getByRole("radio", { name: "On its way" }));
  await waitFor(() => expect(within(screen.getByRole("table", { name: "On its way" })).getAllByRole("row")).toHaveLength(4));
});
