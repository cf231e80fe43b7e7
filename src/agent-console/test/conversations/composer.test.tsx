// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { rows, transcript, useFakeConsole } from "../fakeConsole";
import { MARIA } from "../fakeSample";
import { renderConsole } from "../renderConsole";

const fake = useFakeConsole();

describe("the composer", () => {
  it("tells the customer of typing at most every three seconds", async () => {
    renderConsole(fake.server, "/console/conversations/c-tent", MARIA);
    const reply = await screen.findByRole("textbox", { name: "Reply" });
    await screen.findByText("Live");
    const clock = vi.spyOn(performance, "now");
    const typeAt = (milliseconds: number, value: string): void => {
      clock.mockReturnValue(milliseconds);
      fireEvent.change(reply, { target: { value } });
    };
    typeAt(1_000_000, "T");
    typeAt(1_001_000, "Tw");
    typeAt(1_002_999, "Two");
    typeAt(1_003_000, "Two s");
    clock.mockRestore();
    // The hub answers in order: once the reply is stored, every signal before it has been counted.
    fireEvent.keyDown(reply, { key: "Enter" });
    await waitFor(() => expect(fake.world.page("c-tent", 0, 200).items.at(-1)?.text).toBe("Two s"));
    expect(fake.server.typingCount()).toBe(2);
  });

  it("does not send by the Enter that ends a composition", async () => {
    renderConsole(fake.server, "/console/conversations/c-tent", MARIA);
    const reply = await screen.findByRole<HTMLTextAreaElement>("textbox", { name: "Reply" });
    fireEvent.change(reply, { target: { value: "にほん" } });
    fireEvent.keyDown(reply, { key: "Enter", isComposing: true });
    expect(reply.value).toBe("にほん");
    fireEvent.keyDown(reply, { key: "Enter" });
    expect(reply.value).toBe("");
  });

  it("counts down to the longest reply and does not send a longer one", async () => {
    renderConsole(fake.server, "/console/conversations/c-tent", MARIA);
    const reply = await screen.findByRole("textbox", { name: "Reply" });
    fireEvent.change(reply, { target: { value: "x".repeat(3990) } });
    await screen.findByText("10 characters left");
    fireEvent.change(reply, { target: { value: "x".repeat(4001) } });
    await screen.findByText("Too long by 1");
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Send" }).disabled).toBe(true);
  });
});

describe("while the connection is lost", () => {
  it("a banner says so, and goes when it is back", async () => {
    renderConsole(fake.server, "/console/", MARIA);
    await waitFor(() => expect(rows()).toHaveLength(3));
    fake.server.refuse(true);
    fake.server.dropConnections();
    await screen.findByText(/The connection is lost/);
    fake.server.refuse(false);
    await waitFor(() => expect(screen.queryByText(/The connection is lost/)).toBeNull());
  });

  it("a reply fails in sight, and Retry sends it once", async () => {
    const { user } = renderConsole(fake.server, "/console/conversations/c-tent", MARIA);
    const reply = await screen.findByRole("textbox", { name: "Reply" });
    fake.server.refuse(true);
    fake.server.dropConnections();
    await screen.findByText(/The connection is lost/);
    await user.type(reply, "Still there?{Enter}");
    const retry = await screen.findByRole("button", { name: "Retry" });
    fake.server.refuse(false);
    await waitFor(() => expect(screen.queryByText(/The connection is lost/)).toBeNull());
    await user.click(retry);
    await waitFor(() => expect(screen.queryByRole("button", { name: "Retry" })).toBeNull());
    await waitFor(() => expect(fake.world.page("c-tent", 0, 200).items.filter((one) => one.text === "Still there?")).toHaveLength(1));
    await waitFor(() => expect(within(transcript()).getAllByText("Still there?")).toHaveLength(1));
  });
});
