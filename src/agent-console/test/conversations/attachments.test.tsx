// @vitest-environment jsdom
import { cleanup, render, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { Attachments } from "../../src/conversations/Attachments";

afterEach(cleanup);

function show(name: string, contentType: string, url: string | null): HTMLElement {
  render(<Attachments files={[{ name, contentType, url }]} />);
  return within(screen.getByRole("list", { name: "Files" })).getByRole("listitem");
}

describe("files of a message", () => {
  it("shows a picture that this service holds, with a link to it", () => {
    const item = show("tent.png", "image/png", `${location.origin}/v3/directline/conversations/c/attachments/a/tent.png?k=1`);
    expect(item.querySelector("img")?.getAttribute("src")).toContain("/attachments/a/tent.png");
    expect(within(item).getByRole("link", { name: /tent\.png/ }).getAttribute("rel")).toBe("noopener noreferrer");
  });

  it("fetches nothing from elsewhere until the link is used", () => {
    const item = show("cat.png", "image/png", "https://elsewhere.example/cat.png");
    expect(item.querySelector("img")).toBeNull();
    expect(within(item).getByRole("link").getAttribute("href")).toBe("https://elsewhere.example/cat.png");
  });

  it("names a card and an address that no browser should open, without a link", () => {
    const card = show("application/vnd.microsoft.card.adaptive", "application/vnd.microsoft.card.adaptive", null);
    expect(within(card).queryByRole("link")).toBeNull();
    cleanup();
    const hostile = show("x", "image/png", "javascript:alert(1)");
    expect(within(hostile).queryByRole("link")).toBeNull();
    expect(hostile.textContent).toBe("x");
  });
});
