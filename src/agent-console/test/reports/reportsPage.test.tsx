// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { useFakeConsole } from "../fakeConsole";
import { fakeResponseTimes } from "../fakeReports";
import { DARA, MARIA } from "../fakeSample";
import { renderConsole } from "../renderConsole";

// jsdom has no canvas to draw on; the table behind each chart holds the same figures.
vi.mock("../../src/reports/SeriesChart", () => ({ default: () => <p>chart</p> }));

const fake = useFakeConsole();

const cell = (region: HTMLElement, name: string): string | null => within(region).getByRole("definition", { name }).textContent;

it("an agent is told that reports are not theirs", async () => {
  renderConsole(fake.server, "/console/reports", MARIA);
  await screen.findByRole("heading", { name: "Reports are for managers" });
  expect(screen.queryByRole("link", { name: "Reports" })).toBeNull();
});

it("each metric is a region with its figures, on the chosen clock and period", async () => {
  const { user } = renderConsole(fake.server, "/console/reports", DARA);
  const human = await screen.findByRole("region", { name: "Time to human" });
  expect([cell(human, "p50"), cell(human, "p90"), cell(human, "p95")]).toEqual(["1 min 35 s", "4 min 17 s", "6 min 11 s"]);
  expect(within(human).getByText("p50 and p90 meet the target of 3 min in business hours")).toBeTruthy();

  await user.click(screen.getByRole("radio", { name: "Business hours" }));
  expect(cell(human, "p50")).toBe("1 min 7 s");

  await user.click(screen.getByRole("radio", { name: "30 days" }));
  const month = fakeResponseTimes(30).metrics.find((metric) => metric.metric === "time_to_human");
  await waitFor(() => expect(cell(screen.getByRole("region", { name: "Time to human" }), "count")).toBe(String(month?.count)));
  expect(location.search).toBe("?days=30&clock=business");
});

it("too few values hide the tail and mark the median", async () => {
  renderConsole(fake.server, "/console/reports", DARA);
  const resolution = await screen.findByRole("region", { name: "Resolution" });
  expect([cell(resolution, "p50"), cell(resolution, "p90"), cell(resolution, "p95")]).toEqual(["2 h 37 min(few)", "too few", "too few"]);
  expect(Number(cell(resolution, "count"))).toBeGreaterThan(0);
});

it("a figure leads to the conversations behind it, page by page", async () => {
  const { user } = renderConsole(fake.server, "/console/reports", DARA);
  const bot = await screen.findByRole("region", { name: "Bot first response" });
  await user.click(within(bot).getByRole("button", { name: /show the conversations/ }));
  const dialog = await screen.findByRole("dialog", { name: "Bot first response" });
  await within(dialog).findByText(`${cell(bot, "count")} values`);
  expect(within(dialog).getAllByRole("link", { name: /Refund/ })[0]?.getAttribute("href")).toBe("/console/conversations/c-refund?view=all");

  await user.click(within(dialog).getByRole("button", { name: "Next" }));
  await within(dialog).findByText(/Page 2 of/);
  await user.click(within(dialog).getByRole("button", { name: "Close" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

it("a bucket of the table behind a chart leads to its own conversations", async () => {
  const { user } = renderConsole(fake.server, "/console/reports", DARA);
  const next = await screen.findByRole("region", { name: "Next response" });
  await user.click(within(next).getByRole("button", { name: "Table" }));
  const table = within(next).getByRole("table", { name: "Next response over time" });
  const buckets = within(table).getAllByRole("button");
  expect(buckets).toHaveLength(7);
  const count = buckets[0]?.textContent ?? "";
  await user.click(within(table).getAllByRole("button")[0] as HTMLElement);
  await within(await screen.findByRole("dialog")).findByText(`${count} values`);
  expect(new URLSearchParams(location.search).get("bucket")).toBe(fakeResponseTimes(7).metrics[0]?.series[0]?.start);
});
