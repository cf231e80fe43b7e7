// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { useFakeConsole } from "../fakeConsole";
import { MARIA } from "../fakeSample";
import { renderConsole } from "../renderConsole";

const fake = useFakeConsole();

const listed = async (): Promise<HTMLElement[]> => within(await screen.findByRole("list", { name: "Tickets" })).findAllByRole("link");
const messages = (): HTMLElement => screen.getByRole("region", { name: "Messages" });

describe("the list of tickets", () => {
  it("shows those that are open, and narrows by phase and queue in the address", async () => {
    const { user } = renderConsole(fake.server, "/console/tickets", MARIA);
    expect((await listed()).map((row) => row.getAttribute("data-ticket"))).toEqual(["T-00003", "T-00002"]);
    await user.selectOptions(screen.getByRole("combobox", { name: "Queue" }), "Returns and refunds");
    await waitFor(async () => expect(await listed()).toHaveLength(1));
    expect(location.search).toBe("?queue=Returns+and+refunds");
    await user.selectOptions(screen.getByRole("combobox", { name: "Queue" }), "Every queue");
    await user.selectOptions(screen.getByRole("combobox", { name: "Phase" }), "Every phase");
    await waitFor(async () => expect(await listed()).toHaveLength(3));
    expect(location.search).toBe("?phase=all");
  });

  it("is walked with the keys, and its ticket written to with them", async () => {
    const { user } = renderConsole(fake.server, "/console/tickets", MARIA);
    await listed();
    await user.keyboard("{ArrowDown}{ArrowDown}");
    expect(document.activeElement?.getAttribute("data-ticket")).toBe("T-00002");
    await user.keyboard("k{Enter}");
    await screen.findByRole("heading", { name: "Tent pole snapped on the first night" });
    await user.keyboard("n");
    expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "Note" }));
    await user.keyboard("{Escape}r");
    expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "Reply" }));
    await user.keyboard("{Escape}?");
    await within(await screen.findByRole("dialog", { name: "Keyboard shortcuts" })).findByText("Write a note for agents");
  });
});

describe("a ticket", () => {
  it("shows what it is about, tells notes from what the customer gets, and leads to its conversation", async () => {
    renderConsole(fake.server, "/console/tickets/T-00003", MARIA);
    const about = await screen.findByRole("region", { name: "What it is about" });
    expect(within(about).getByText(/She wants a new pole/)).toBeTruthy();
    expect(within(about).getByText("siobhan@example.com")).toBeTruthy();
    expect(within(about).getAllByRole("listitem").map((tag) => tag.textContent)).toEqual(["damaged", "tent"]);
    const [question, note] = within(messages()).getAllByRole("listitem");
    expect(within(question as HTMLElement).getByText("customer")).toBeTruthy();
    expect(within(note as HTMLElement).getByText("note, for agents only")).toBeTruthy();
    expect(screen.getByRole("link", { name: "Conversation" }).getAttribute("href")).toBe("/console/conversations/c-tent?view=all");
  });

  it("takes a reply and a note, each as what it is", async () => {
    const { user } = renderConsole(fake.server, "/console/tickets/T-00002", MARIA);
    await user.type(await screen.findByRole("textbox", { name: "Reply" }), "It is on its way.{Control>}{Enter}{/Control}");
    await within(messages()).findByText("It is on its way.");
    await user.click(screen.getByRole("radio", { name: "Note, for agents only" }));
    await user.type(screen.getByRole("textbox", { name: "Note" }), "Label was missing.");
    await user.click(screen.getByRole("button", { name: "Add note" }));
    await within(messages()).findByText("Label was missing.");
    expect(fake.server.tickets.find("T-00002")?.messages.map(({ text, public: isPublic, author }) => [text, isPublic, author])).toEqual([
      ["It is on its way.", true, "Maria Byrne"],
      ["Label was missing.", false, "Maria Byrne"],
    ]);
  });

  it("keeps an unsent note as a note", async () => {
    const first = renderConsole(fake.server, "/console/tickets/T-00002", MARIA);
    await first.user.click(await screen.findByRole("radio", { name: "Note, for agents only" }));
    await first.user.type(screen.getByRole("textbox", { name: "Note" }), "Do not tell");
    first.unmount();
    renderConsole(fake.server, "/console/tickets/T-00002", MARIA);
    expect((await screen.findByRole<HTMLTextAreaElement>("textbox", { name: "Note" })).value).toBe("Do not tell");
  });

  it("is free for the next words at once, and gives back what could not be sent", async () => {
    const { user } = renderConsole(fake.server, "/console/tickets/T-00002", MARIA);
    await user.click(await screen.findByRole("radio", { name: "Note, for agents only" }));
    const field = screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Note" });
    await user.type(field, "First{Control>}{Enter}{/Control}Second");
    await within(messages()).findByText("First");
    expect(field.value).toBe("Second");
    fake.server.refuse(true);
    await user.keyboard("{Control>}{Enter}{/Control}");
    await screen.findByText("Not sent. The fake service says Unavailable.");
    expect(screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Note" }).value).toBe("Second");
    expect(fake.server.tickets.find("T-00002")?.messages.map(({ text }) => text)).toEqual(["First"]);
  });

  it("changes when it is saved, all at once", async () => {
    const { user } = renderConsole(fake.server, "/console/tickets/T-00002", MARIA);
    await user.selectOptions(await screen.findByRole("combobox", { name: "Priority" }), "Urgent");
    const stands = screen.getByRole("form", { name: "How it stands" });
    await user.selectOptions(within(stands).getByRole("combobox", { name: "Queue" }), "Payments");
    await user.clear(within(stands).getByRole("textbox", { name: "Assignee" }));
    expect(fake.server.tickets.find("T-00002")?.ticket.version).toBe(0);
    await user.click(within(stands).getByRole("button", { name: "Save" }));
    await screen.findByText("Saved.");
    expect(fake.server.tickets.find("T-00002")?.ticket).toMatchObject({ queue: "Payments", priority: "urgent", assignee: "", phase: "open", version: 1 });
  });

  it("says plainly that somebody else changed it, and saves on what it shows then", async () => {
    const { user } = renderConsole(fake.server, "/console/tickets/T-00002", MARIA);
    const stands = await screen.findByRole("form", { name: "How it stands" });
    await user.selectOptions(within(stands).getByRole("combobox", { name: "Phase" }), "Solved");
    fake.server.tickets.change("T-00002", { priority: "high" });
    await user.click(within(stands).getByRole("button", { name: "Save" }));
    await screen.findByText(/Somebody changed this ticket in between, so nothing of yours was saved/);
    expect(fake.server.tickets.find("T-00002")?.ticket.phase).toBe("open");
    expect(within(stands).getByRole<HTMLSelectElement>("combobox", { name: "Priority" }).value).toBe("high");
    expect(within(stands).getByRole<HTMLSelectElement>("combobox", { name: "Phase" }).value).toBe("solved");
    await user.click(within(stands).getByRole("button", { name: "Save" }));
    await screen.findByText("Saved.");
    expect(fake.server.tickets.find("T-00002")?.ticket).toMatchObject({ phase: "solved", priority: "high" });
  });

  it("is taken with one key and solved with two presses of another", async () => {
    const { user } = renderConsole(fake.server, "/console/tickets/T-00003", MARIA);
    await screen.findByRole("form", { name: "How it stands" });
    await user.keyboard("a");
    await waitFor(() => expect(fake.server.tickets.find("T-00003")?.ticket.assignee).toBe("Maria Byrne"));
    await screen.findByText("Saved.");
    await user.keyboard("e");
    expect(fake.server.tickets.find("T-00003")?.ticket.phase).toBe("open");
    await user.keyboard("e");
    await waitFor(() => expect(fake.server.tickets.find("T-00003")?.ticket.phase).toBe("solved"));
  });

  it("that does not exist is said not to", async () => {
    renderConsole(fake.server, "/console/tickets/T-09999", MARIA);
    await screen.findByText("There is no ticket of this number in our store.");
  });
});
