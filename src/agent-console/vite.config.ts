import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { bundleBudget } from "./bundleBudget.ts";

/** Where `npm run dev` finds the service, or the fake one of `npm run fake`. */
const service = process.env["SUPPORTBOT_ORIGIN"] ?? "http://localhost:5080";

export default defineConfig({
  base: "/console/",
  plugins: [react(), tailwindcss(), bundleBudget()],
  build: {
    // A data: URL would need a wider content security policy than `default-src 'self'`.
    assetsInlineLimit: 0,
  },
  server: {
    proxy: {
      "/api": service,
      "/help": service,
      "/hubs": { target: service, ws: true },
    },
  },
  test: {
    include: ["test/**/*.test.{ts,tsx}"],
    restoreMocks: true,
    testTimeout: 30_000,
    maxWorkers: 2,
  },
});
