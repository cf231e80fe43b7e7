// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { rows, transcript, useFakeConsole } from "../fakeConsole";
import { MARIA } from "../fakeSample";
import { renderConsole } from "../renderConsole";

const fake = useFakeConsole();

describe("the composer", () => {
  it("tells the customer of typing at most every three seconds, and sends nothing by the Enter of an input method", async () => {
    const { user } = renderConsole(fake.server, "/console/conversations/c-tent", MARIA);
    const reply = await screen.findByRole("textbox", { name: "Reply" });
    await user.type(reply, "Twenty characters of");
    fireEvent.keyDown(reply, { key: "Enter", isComposing: true });
    await user.type(reply, " text{Enter}");
    await waitFor(() => expect(fake.world.page("c-tent", 0, 200).items.at(-1)?.text).toBe("Twenty characters of text"));
    expect(fake.server.typingCount()).toBe(1);
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
