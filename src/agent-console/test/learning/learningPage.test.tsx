// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { pointInForce } from "../../src/learning/ConfidenceCard";
import { niceCeiling } from "../../src/learning/CoverageCurve";
import { useFakeConsole } from "../fakeConsole";
import { DARA, MARIA } from "../fakeSample";
import { renderConsole } from "../renderConsole";

const fake = useFakeConsole();

const region = (name: string): Promise<HTMLElement> => screen.findByRole("region", { name });

describe("what the bot learns", () => {
  it("is for managers, and agents are told so", async () => {
    renderConsole(fake.server, "/console/learning", MARIA);
    await screen.findByRole("heading", { name: "What the bot learns is for managers" });
    expect(screen.queryByRole("link", { name: "Learning" })).toBeNull();
  });

  it("is trained when a manager asks, seen from beginning to end, and gone back from", async () => {
    const { user } = renderConsole(fake.server, "/console/learning", DARA);
    const training = await region("Labels and training");
    expect(within(training).getByText(/begins by itself when 20 labels are new/)).toBeTruthy();
    await user.click(within(training).getByRole("button", { name: "Train now" }));
    await within(training).findByRole("progressbar", { name: "Progress of the training" });
    await within(training).findByText(/Version 2 does better and is in force/);
    expect(within(training).getByRole("button", { name: "Train now" }).getAttribute("aria-disabled")).toBe("false");

    const versions = await region("Versions");
    expect(within(versions).getByRole("status").textContent).toBe("In force: version 2.");
    const newest = within(versions).getByRole("heading", { name: /^Version 2/ }).closest("li") as HTMLElement;
    const bars = within(newest).getByRole("group", { name: "Of 16 held-back labels right" });
    expect(within(bars).getAllByRole("definition").map((one) => one.textContent)).toEqual(["9", "12"]);
    expect(within(newest).queryByRole("button")).toBeNull();

    await user.click(within(versions).getByRole("button", { name: "Roll back to this: The company’s files alone" }));
    await waitFor(() => expect(within(versions).getByRole("status").textContent).toBe("In force: the company’s files alone."));
    expect(within(versions).getByRole("button", { name: "Roll back to this: Version 2" })).toBeTruthy();
  });

  it("says what went wrong with what was asked for", async () => {
    const { user } = renderConsole(fake.server, "/console/learning", DARA);
    const training = await region("Labels and training");
    fake.server.learning.train(DARA);
    await user.click(within(training).getByRole("button", { name: "Train now" }));
    await screen.findByText(/The fake service says AlreadyTraining/);
  });

  it("lists labels by source and page, with their conversation, and leaves them out", async () => {
    const { user } = renderConsole(fake.server, "/console/learning", DARA);
    const labels = await region("Labels");
    const rows = (): HTMLElement[] => within(within(labels).getByRole("table", { name: "Labels" })).getAllByRole("row").slice(1);
    await waitFor(() => expect(rows()).toHaveLength(25));
    await user.click(within(labels).getByRole("button", { name: "Older labels" }));
    await waitFor(() => expect(rows()).toHaveLength(30));
    expect(within(labels).queryByRole("button", { name: "Older labels" })).toBeNull();

    await user.click(within(labels).getByRole("radio", { name: "Thumbs" }));
    await waitFor(() => expect(rows()).toHaveLength(8));
    const first = rows()[0] as HTMLElement;
    expect(within(first).getByRole("link", { name: /30 days late/ }).getAttribute("href")).toBe("/console/conversations/c-refund?view=all");
    expect(first.textContent).toContain("answered it");
    await user.click(within(first).getByRole("button", { name: /^Leave out/ }));
    await waitFor(() => expect(rows()[0]?.textContent).toContain("Left out"));
    await user.click(within(rows()[0] as HTMLElement).getByRole("button", { name: /^Take in/ }));
    await waitFor(() => expect(rows()[0]?.textContent).toContain("Learnt from"));
  });

  it("draws what each threshold costs, also as a table", async () => {
    const { user } = renderConsole(fake.server, "/console/learning", DARA);
    const when = await region("When to answer");
    expect(within(when).getByRole("img").getAttribute("aria-label")).toContain("at the threshold in force");
    expect(within(when).getByText(/Of 391 evaluation questions it then answers/)).toBeTruthy();
    await user.click(within(when).getByRole("button", { name: "Table" }));
    expect(within(when).getByRole("row", { name: /in force/ })).toBeTruthy();
  });

  it("says plainly that it stays cautious while there are too few questions", async () => {
    fake.server.learning.evaluateWith(40);
    renderConsole(fake.server, "/console/learning", DARA);
    const when = await region("When to answer");
    expect(when.textContent).toContain("There are 40 evaluation questions. From 150 on");
    expect(within(when).queryByRole("img")).toBeNull();
  });
});

it("the threshold in force lies on the last point that is at least as sure", () => {
  const curve = [0.9, 0.7, 0.5].map((threshold, index) => ({ threshold, answered: index / 4, wrong: 0 }));
  expect(pointInForce(curve, 0.7).answered).toBe(0.25);
  expect(pointInForce(curve, 0.6).answered).toBe(0.25);
  expect(pointInForce(curve, 0.95).answered).toBe(0);
});

it("an axis ends at a number that can be halved", () => {
  expect([0.003, 0.045, 0.06, 0.07, 0.9].map(niceCeiling)).toEqual([0.01, 0.06, 0.06, 0.1, 1]);
});
