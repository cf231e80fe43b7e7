// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { rows, useFakeConsole } from "../fakeConsole";
import { MARIA, REFUND_EVIDENCE } from "../fakeSample";
import { renderConsole } from "../renderConsole";

const fake = useFakeConsole();

describe("browser notifications", () => {
  it("are asked for by the button only, and then tell of a customer who waits while the tab is not looked at", async () => {
    const shown: string[] = [];
    const requestPermission = vi.fn(() => {
      FakeNotification.permission = "granted";
      return Promise.resolve("granted");
    });
    class FakeNotification {
      static permission = "default";
      static readonly requestPermission = requestPermission;
      constructor(title: string) {
        shown.push(title);
      }
    }
    vi.stubGlobal("Notification", FakeNotification);
    vi.spyOn(document, "hasFocus").mockReturnValue(false);
    const { user } = renderConsole(fake.server, "/console/", MARIA);
    await screen.findByText("Live");
    fake.world.escalate("c-ship", REFUND_EVIDENCE, "orders", "normal");
    await screen.findByRole("link", { name: /Guest 4470/ });
    expect(requestPermission).not.toHaveBeenCalled();

    await user.click(screen.getByRole("button", { name: "Notify me when a customer waits", pressed: false }));
    await screen.findByRole("button", { name: "Notify me when a customer waits", pressed: true });
    fake.world.open({ id: "c-new", customerName: "Eimear Walsh", subject: "Gift card" });
    fake.world.escalate("c-new", REFUND_EVIDENCE, "orders", "normal");
    await waitFor(() => expect(shown).toEqual(["Eimear Walsh is waiting"]));
  });
});

describe("by keyboard", () => {
  it("one goes through the list, opens, claims, writes and resolves", async () => {
    const { user } = renderConsole(fake.server, "/console/", MARIA);
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
    expect(fake.world.detail("c-refund")?.state).toBe("assigned");
    await user.keyboard("ee");
    await waitFor(() => expect(fake.world.detail("c-refund")?.state).toBe("resolved"));
  });

  it("the single keys are shown by ?, and can be turned off", async () => {
    const { user } = renderConsole(fake.server, "/console/", MARIA);
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
    const { user } = renderConsole(fake.server, "/console/", MARIA);
    await waitFor(() => expect(rows()).toHaveLength(3));
    await user.keyboard("/tent CHARGED");
    expect(rows().map((row) => row.textContent)).toEqual([expect.stringContaining("Guest 4471")]);
  });
});

describe("a customer who begins to wait", () => {
  it("is announced, counted in the title and listed last", async () => {
    renderConsole(fake.server, "/console/", MARIA);
    await screen.findByText("Live");
    expect(document.title).toBe("(3) Conversations · Tarn & Trail");
    fake.world.escalate("c-ship", REFUND_EVIDENCE, "orders", "normal");
    await waitFor(() => expect(document.title).toBe("(4) Conversations · Tarn & Trail"));
    const announced = screen.getByRole("status", { name: "New waiting conversations" });
    await waitFor(() => expect(announced.textContent).toBe("Guest 4470 is waiting: Delivery to the Aran Islands"));
    expect(rows()[3]?.textContent).toContain("Guest 4470");
  });
});
