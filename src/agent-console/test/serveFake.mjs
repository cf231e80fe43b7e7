// Serves the built console with a fake service behind it: `npm run build && npm run fake`, then open the address it prints.
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const folder = new URL(".", import.meta.url);
const load = async (name) => (await runnerImport(fileURLToPath(new URL(name, folder)))).module;
const { startFakeConsoleServer, FAKE_PASSWORD } = await load("FakeConsoleServer.ts");
const { createSampleWorld, MARIA, DARA } = await load("fakeSample.ts");

const server = await startFakeConsoleServer(createSampleWorld(), {
  people: [MARIA, DARA],
  port: Number(process.env.PORT ?? 5080),
  siteFolder: fileURLToPath(new URL("../dist", folder)),
});
console.log(`${server.origin}/console/  sign in as ${MARIA.email} or ${DARA.email} with "${FAKE_PASSWORD}"`);
