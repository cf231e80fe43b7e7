// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { transcript, useFakeConsole } from "../fakeConsole";
import { DARA, MARIA } from "../fakeSample";
import { renderConsole } from "../renderConsole";

const fake = useFakeConsole();

describe("a conversation", () => {
  it("shows why the bot escalated it, with links to the articles and the ticket", async () => {
    renderConsole(fake.server, "/console/conversations/c-refund", MARIA);
    const why = await screen.findByRole("region", { name: "Why the bot escalated" });
    await within(why).findByText("The bot was not sure");
    expect(within(why).getByRole("meter", { name: "Confidence in Get a refund" }).getAttribute("aria-valuetext")).toBe("71 %");
    expect(within(why).getByRole("meter", { name: "Answer probability" }).getAttribute("aria-valuetext")).toBe("46 %");
    expect(within(why).getByText(/answers by itself from 74 %/)).toBeTruthy();
    expect(within(why).getByRole("link", { name: /^Returns and refunds/ }).getAttribute("href")).toBe("/help/returns-and-refunds");
    expect(within(screen.getByRole("region", { name: "Ticket" })).getByText("TT-REQ-1042")).toBeTruthy();
  });

  it("is claimed, answered and resolved, each seen as it happens", async () => {
    const { user } = renderConsole(fake.server, "/console/conversations/c-refund", MARIA);
    await user.click(await screen.findByRole("button", { name: "Claim" }));
    await user.type(await screen.findByRole("textbox", { name: "Reply" }), "First line{Shift>}{Enter}{/Shift}second line{Enter}");
    await waitFor(() => expect(within(transcript()).getByText(/First line/).textContent).toBe("First line\nsecond line"));
    await waitFor(() => expect(fake.world.page("c-refund", 0, 200).items.at(-1)?.text).toBe("First line\nsecond line"));
    expect(screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Reply" }).value).toBe("");

    fake.world.append("c-refund", "customer", "Aoife Brennan", "Thank you!");
    await within(transcript()).findByText("Thank you!");

    await user.click(screen.getByRole("button", { name: "Resolve" }));
    expect(fake.world.detail("c-refund")?.state).toBe("assigned");
    await user.click(screen.getByRole("button", { name: /^Resolve/ }));
    await waitFor(() => expect(fake.world.detail("c-refund")?.state).toBe("resolved"));
    await screen.findByText(/Resolved. If the customer writes again, Pip answers/);
  });

  it("says who was faster", async () => {
    const { user } = renderConsole(fake.server, "/console/conversations/c-refund", MARIA);
    const claim = await screen.findByRole("button", { name: "Claim" });
    // The other agent's claim is stored, but its news has not reached this browser yet.
    const original = fake.world.claim;
    fake.world.claim = (id) => original(id, DARA) && original(id, MARIA);
    await user.click(claim);
    await screen.findByText("Dara Kelly was faster and has this conversation.");
  });

  it("shows strangers' words as words, and links to web addresses only", async () => {
    fake.world.append("c-refund", "customer", "<b>Eve</b>", "<img src=x onerror=alert(1)> **not bold** [1]");
    fake.world.append("c-refund", "bot", "Pip", "See [1] and [2].", {
      citations: [
        { position: 1, title: "Bad", url: "javascript:alert(1)" },
        { position: 2, title: "Good", url: "https://shop.example/help/good" },
      ],
    });
    renderConsole(fake.server, "/console/conversations/c-refund", MARIA);
    await screen.findByText("<img src=x onerror=alert(1)> **not bold** [1]");
    expect(transcript().querySelector("img, script, b")).toBeNull();
    const addresses = [...transcript().querySelectorAll("a")].map((link) => link.href);
    expect(addresses).toContain("https://shop.example/help/good");
    expect(addresses.filter((address) => !/^https?:/.test(address))).toEqual([]);
  });

  it("that does not exist is said not to", async () => {
    renderConsole(fake.server, "/console/conversations/nowhere", MARIA);
    await screen.findByText("There is no conversation with this address.");
  });

  it("keeps an unsent reply while another one is open", async () => {
    const { user } = renderConsole(fake.server, "/console/conversations/c-tent?view=mine", MARIA);
    await user.type(await screen.findByRole("textbox", { name: "Reply" }), "Half a sent");
    await user.click(screen.getByRole("tab", { name: /Waiting/ }));
    await user.click(await screen.findByRole("link", { name: /Aoife Brennan/ }));
    await waitFor(() => expect(screen.queryByRole("textbox", { name: "Reply" })).toBeNull());
    await user.click(screen.getByRole("tab", { name: /Mine/ }));
    await user.click(await screen.findByRole("link", { name: /Siobhán/ }));
    expect((await screen.findByRole<HTMLTextAreaElement>("textbox", { name: "Reply" })).value).toBe("Half a sent");
  });
});

it("an address that is none of ours shows a not-found page", async () => {
  renderConsole(fake.server, "/console/nowhere", MARIA);
  await screen.findByRole("heading", { name: "Page not found" });
});
