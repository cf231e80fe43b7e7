// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import type { Draft } from "../../src/wire/conversation";
import { transcript, useFakeConsole } from "../fakeConsole";
import { MARIA } from "../fakeSample";
import { renderConsole } from "../renderConsole";

const fake = useFakeConsole();

const DRAFT: Draft = {
  text: "We send you a **new pole** within two days. [1]",
  citations: [{ position: 1, title: "Guarantee", url: "https://help.example/help/guarantee" }],
  sentBy: null,
  sentAt: null,
  edited: false,
};
const prepared = (): Promise<HTMLElement> => screen.findByRole("region", { name: "Answer prepared by Pip" });
const sentDraft = () => fake.world.detail("c-tent")?.draft;

describe("an answer that the bot prepared", () => {
  beforeEach(() => fake.world.change("c-tent", { draft: DRAFT }));

  it("is shown with its sources, and only to the agent who answers", async () => {
    fake.world.change("c-boots", { draft: DRAFT });
    const { user } = renderConsole(fake.server, "/console/conversations/c-tent?view=all", MARIA);
    const card = await prepared();
    expect(within(card).getByText("new pole").tagName).toBe("STRONG");
    expect(within(within(card).getByRole("list", { name: "Sources" })).getByRole("link").getAttribute("href")).toBe("https://help.example/help/guarantee");
    await user.click(await screen.findByRole("link", { name: /Lukas Weber/ }));
    await screen.findByText("Claim the conversation to reply.");
    expect(screen.queryByRole("region", { name: "Answer prepared by Pip" })).toBeNull();
  });

  it("is sent as it is with one press of its button, and marked as approved", async () => {
    const { user } = renderConsole(fake.server, "/console/conversations/c-tent", MARIA);
    await user.click(within(await prepared()).getByRole("button", { name: "Send as it is" }));
    await within(transcript()).findByText("Prepared by Pip, approved by Maria Byrne as it was");
    expect(sentDraft()).toMatchObject({ sentBy: "Maria Byrne", edited: false });
    expect(screen.queryByRole("region", { name: "Answer prepared by Pip" })).toBeNull();
    expect(screen.queryByRole("button", { name: /answer again/ })).toBeNull();
  });

  it("takes two presses of a key to be sent", async () => {
    const { user } = renderConsole(fake.server, "/console/conversations/c-tent", MARIA);
    await prepared();
    await user.keyboard("a");
    await screen.findByRole("button", { name: "Send as it is: press A again" });
    expect(sentDraft()?.sentBy).toBeNull();
    await user.keyboard("a");
    await waitFor(() => expect(sentDraft()?.sentBy).toBe("Maria Byrne"));
  });

  it("can be edited first, below what was written already", async () => {
    const { user } = renderConsole(fake.server, "/console/conversations/c-tent", MARIA);
    await prepared();
    await user.type(screen.getByRole("textbox", { name: "Reply" }), "Hello.{Escape}");
    await user.keyboard("d");
    const reply = screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Reply" });
    expect(reply.value).toBe(`Hello.\n\n${DRAFT.text}`);
    expect(document.activeElement).toBe(reply);
    await user.keyboard("{Enter}");
    await within(transcript()).findByText("Prepared by Pip, approved by Maria Byrne with changes");
    expect(sentDraft()).toMatchObject({ sentBy: "Maria Byrne", edited: true });
    expect(fake.world.page("c-tent", 0, 200).items.at(-1)?.text).toBe(`Hello.\n\n${DRAFT.text}`);
  });

  it("can be discarded, stays discarded, and be brought back", async () => {
    const first = renderConsole(fake.server, "/console/conversations/c-tent", MARIA);
    await prepared();
    await first.user.keyboard("x");
    expect(screen.queryByRole("region", { name: "Answer prepared by Pip" })).toBeNull();
    first.unmount();
    const { user } = renderConsole(fake.server, "/console/conversations/c-tent", MARIA);
    await user.click(await screen.findByRole("button", { name: "Show Pip’s answer again" }));
    await prepared();
    expect(sentDraft()?.sentBy).toBeNull();
  });

  it("is sent once however often it is tried", async () => {
    const { user } = renderConsole(fake.server, "/console/conversations/c-tent", MARIA);
    const send = within(await prepared()).getByRole("button", { name: "Send as it is" });
    fake.server.refuse(true);
    fake.server.dropConnections();
    await screen.findByText(/The connection is lost/);
    await user.click(send);
    const retry = await screen.findByRole("button", { name: "Retry" });
    fake.server.refuse(false);
    await waitFor(() => expect(screen.queryByText(/The connection is lost/)).toBeNull());
    await user.click(retry);
    await within(transcript()).findByText("Prepared by Pip, approved by Maria Byrne as it was");
    expect(fake.world.page("c-tent", 0, 200).items.filter((one) => one.text === DRAFT.text)).toHaveLength(1);
  });
});
