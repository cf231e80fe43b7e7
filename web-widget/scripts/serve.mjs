/** `npm run dev`: the built widget on the demo page, with the tests' fake Direct Line server behind it. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const load = async (file) => (await runnerImport(`${root}test/${file}`, { root, configFile: false })).module;
const { startFakeDirectLine } = await load('FakeDirectLine.ts');
const { greeting, shopScript } = await load('shopScript.ts');

const roots = [`${root}dist`, `${root}../src/SupportBot/wwwroot`];
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

function files(path, response) {
  const name = path === '/' ? '/index.html' : path;
  const file = roots
    .map((folder) => folder + name)
    .find((candidate) => existsSync(candidate) && statSync(candidate).isFile());
  if (file === undefined || name.includes('..')) {
    return false;
  }
  response
    .writeHead(200, { 'Content-Type': types[extname(file)] ?? 'application/octet-stream' })
    .end(readFileSync(file));
  return true;
}

const fake = await startFakeDirectLine({ port: Number(process.env.PORT ?? 5173), greeting, script: shopScript, files });
console.log(`Demo page with a fake bot: ${fake.origin}/`);
