// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { transcript, useFakeConsole } from "../fakeConsole";
import { DARA, MARIA, REFUND_EVIDENCE } from "../fakeSample";
import { renderConsole } from "../renderConsole";

const fake = useFakeConsole();

/** The customer asks and the bot answers; the console shows the conversation. */
async function open(text = "What is my parcel up to?") {
  const asked = fake.world.append("c-refund", "customer", "Aoife Brennan", text);
  fake.world.append("c-refund", "bot", "Pip", "I am not sure.", { evidence: REFUND_EVIDENCE, replyToId: asked.id });
  const { user } = renderConsole(fake.server, "/console/conversations/c-refund", MARIA);
  const message = (await within(await screen.findByRole("log", { name: "Transcript" })).findByText(text)).closest("article") as HTMLElement;
  return { user, message, sequence: asked.sequence };
}

describe("what a message means", () => {
  it("is shown as the bot read it, and corrected with the keyboard alone", async () => {
    const { user, message } = await open();
    expect(within(message).getByRole("status").textContent).toBe("Read as Get a refund, 71 %");

    within(message).getByRole("button", { name: "Correct" }).focus();
    await user.keyboard("{Enter}");
    const list = await within(message).findByRole<HTMLSelectElement>("combobox", { name: "What does this message mean?" });
    expect(document.activeElement).toBe(list);
    expect(list.value).toBe("get_refund");
    await user.selectOptions(list, "Where is my refund");
    await user.tab();
    await user.keyboard("{Enter}");
    await waitFor(() => expect(within(message).getByRole("status").textContent).toBe("Where is my refund, says you"));
    await waitFor(() => expect(document.activeElement).toBe(within(message).getByRole("button", { name: "Change" })));

    await user.click(within(message).getByRole("button", { name: "Take back" }));
    await waitFor(() => expect(within(message).getByRole("status").textContent).toBe("Read as Get a refund, 71 %"));
  });

  it("can be none of the intents", async () => {
    const { user, message } = await open();
    await user.click(within(message).getByRole("button", { name: "Correct" }));
    await user.selectOptions(await within(message).findByRole("combobox"), "None of these: nothing that we handle");
    await user.click(within(message).getByRole("button", { name: "Save" }));
    await waitFor(() => expect(within(message).getByRole("status").textContent).toBe("None of the intents, says you"));
  });

  it("is seen at once when another agent corrects it", async () => {
    const { message, sequence } = await open();
    fake.server.learning.correct(DARA, "c-refund", sequence, { intent: "place_order" });
    await waitFor(() => expect(within(message).getByRole("status").textContent).toBe("Place an order, says Dara Kelly"));
  });

  it("can be said of what the bot has not read", async () => {
    fake.world.append("c-tent", "customer", "Siobhán Ní Dhálaigh", "Here it is.");
    renderConsole(fake.server, "/console/conversations/c-tent", MARIA);
    const message = (await within(await screen.findByRole("log", { name: "Transcript" })).findByText("Here it is.")).closest("article") as HTMLElement;
    expect(within(message).getByRole("status").textContent).toBe("Pip has not read this");
    expect(within(message).getByRole("button", { name: "Say what it means" })).toBeTruthy();
  });

  it("stays as it was when saving fails, with the reason, and Escape closes the form", async () => {
    const { user, message } = await open();
    await user.click(within(message).getByRole("button", { name: "Correct" }));
    await within(message).findByRole("combobox");
    fake.server.refuse(true);
    await user.click(within(message).getByRole("button", { name: "Save" }));
    expect((await within(message).findByRole("alert")).textContent).toContain("Unavailable");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(within(message).queryByRole("combobox")).toBeNull());
    expect(within(message).getByRole("status").textContent).toBe("Read as Get a refund, 71 %");
  });

  it("is asked of customers' messages only", async () => {
    await open();
    const asked = within(transcript()).getAllByRole("button", { name: /^(Correct|Say what it means)$/ });
    expect(asked).toHaveLength(fake.world.page("c-refund", 0, 200).items.filter(({ author }) => author === "customer").length);
  });
});
