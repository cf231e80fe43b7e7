// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { useFakeConsole } from "../fakeConsole";
import { DARA, MARIA } from "../fakeSample";
import { renderConsole } from "../renderConsole";

const fake = useFakeConsole();

const map = (title: string): Promise<HTMLElement> => screen.findByRole("group", { name: `Map of ${title}` });

it("an agent is told that workflows are not theirs", async () => {
  renderConsole(fake.server, "/console/workflows", MARIA);
  await screen.findByRole("heading", { name: "Workflows are for managers" });
  expect(screen.queryByRole("link", { name: "Workflows" })).toBeNull();
});

it("every step is a button with its figures, drop-outs in words", async () => {
  renderConsole(fake.server, "/console/workflows", DARA);
  const steps = within(await map("Report a damaged item")).getAllByRole("button");
  expect(steps).toHaveLength(9);
  expect(steps[1]?.getAttribute("aria-label")).toBe(
    "Order number, asks, 43 times · median 31 s, 6 fell out (14 %), 4 given up, or asked for a person, 2 no longer wanted it, asked again 5 times",
  );
  expect(within(steps[1] as HTMLElement).getByText("6 fell out (14 %)")).toBeTruthy();
});

it("steps are walked and chosen with the keyboard", async () => {
  const { user } = renderConsole(fake.server, "/console/workflows", DARA);
  const steps = within(await map("Report a damaged item")).getAllByRole("button");
  steps[0]?.focus();
  await user.keyboard("{ArrowDown}{ArrowDown}{Enter}");
  expect(document.activeElement).toBe(steps[2]);
  expect(steps[2]?.getAttribute("aria-pressed")).toBe("true");
  const chosen = screen.getByRole("region", { name: "Step Order" });
  expect(within(chosen).getByText("2 a system did not answer")).toBeTruthy();
});

it("another process and another period are part of the address", async () => {
  const { user } = renderConsole(fake.server, "/console/workflows", DARA);
  await user.click(await screen.findByRole("link", { name: /Delivery options/ }));
  await map("Delivery options");
  expect(location.search).toBe("?days=7&intent=delivery_options");
  await user.click(screen.getByRole("radio", { name: "Today" }));
  await waitFor(() => expect(screen.queryByRole("link", { name: /Report a damaged item/ })).toBeNull());
  expect(location.search).toBe("?days=1&intent=delivery_options");
});

it("the figures are in tables too", async () => {
  const { user } = renderConsole(fake.server, "/console/workflows", DARA);
  await map("Report a damaged item");
  await user.click(screen.getByRole("radio", { name: "Table" }));
  const steps = screen.getByRole("table", { name: "Steps" });
  const asked = within(steps).getByRole("row", { name: /^Order number/ });
  expect([...asked.children].slice(1).map((cell) => cell.textContent)).toEqual([
    "43",
    "37",
    "5",
    "0",
    "31 s",
    "6",
    "4 given up, or asked for a person, 2 no longer wanted it",
  ]);
  expect(within(screen.getByRole("table", { name: "Ways" })).getByRole("row", { name: "Photo Ticket 30" })).toBeTruthy();
});
