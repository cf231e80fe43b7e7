import { cleanup, configure, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";
import "./browserGaps";
import { startFakeConsoleServer, type FakeConsoleServer } from "./FakeConsoleServer";
import { createSampleWorld, DARA, MARIA } from "./fakeSample";
import type { FakeWorld } from "./fakeWorld";

// Every test talks to a real socket; a busy machine may take its time over it.
configure({ asyncUtilTimeout: 8000 });

interface FakeConsole {
  world: FakeWorld;
  server: FakeConsoleServer;
}

/** Gives every test of a file the sample company and a fake service of its own. Read its parts within tests only. */
export function useFakeConsole(): FakeConsole {
  const current: Partial<FakeConsole> = {};

  beforeEach(async () => {
    localStorage.clear();
    sessionStorage.clear();
    current.world = createSampleWorld();
    current.server = await startFakeConsoleServer(current.world, { people: [MARIA, DARA] });
  });

  afterEach(async () => {
    cleanup();
    vi.unstubAllGlobals();
    await current.server?.close();
  });

  return current as FakeConsole;
}

export const rows = (): HTMLElement[] => within(screen.getByRole("list", { name: "Conversations" })).getAllByRole("link");
export const transcript = (): HTMLElement => screen.getByRole("log", { name: "Transcript" });
