// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { rows, useFakeConsole } from "../fakeConsole";
import { FAKE_PASSWORD } from "../FakeConsoleServer";
import { MARIA } from "../fakeSample";
import { renderConsole } from "../renderConsole";

const fake = useFakeConsole();

describe("signing in", () => {
  it("refuses a wrong password in words and opens the console for the right one", async () => {
    const { user } = renderConsole(fake.server, "/console/", null);
    await user.type(await screen.findByLabelText("Email"), MARIA.email);
    await user.type(screen.getByLabelText("Password"), "wrong");
    await user.click(screen.getByRole("button", { name: "Sign in" }));
    await within(screen.getByRole("alert")).findByText("That email and password do not match.");

    await user.clear(screen.getByLabelText("Password"));
    await user.type(screen.getByLabelText("Password"), FAKE_PASSWORD);
    await user.click(screen.getByRole("button", { name: "Sign in" }));
    await waitFor(() => expect(rows()).toHaveLength(3));
    await screen.findByText("Live");
    expect(screen.getByRole("tab", { name: /Waiting/ }).textContent).toContain("3");
    expect(screen.getByRole("tab", { name: /Mine/ }).textContent).toContain("1");
  });

  it("comes back when the session ends", async () => {
    renderConsole(fake.server, "/console/", MARIA);
    await waitFor(() => expect(rows()).toHaveLength(3));
    fake.server.endSessions();
    fake.server.dropConnections();
    await screen.findByRole("button", { name: "Sign in" });
  });

  it("is asked for again after signing out", async () => {
    const { user } = renderConsole(fake.server, "/console/", MARIA);
    await user.click(await screen.findByRole("button", { name: "Sign out" }));
    await screen.findByRole("button", { name: "Sign in" });
  });
});
