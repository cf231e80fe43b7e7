/**
 * Builds dist/widget.js, the loader under its eternal name, under dist/widget/ what may be cached for ever:
 * panel.<hash>.js, and what the panel fetches when it is needed, answers.<hash>.js and files.<hash>.js. All are classic
 * scripts. The build fails when one of them has outgrown its budget.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = `${root}dist/`;

/** Bytes after gzip -9. */
const budgets = { loader: 2_000, panel: 15_000, answers: 4_000, files: 4_000 };

/** light-dark() and adoptedStyleSheets are what decides: mid-2024 and newer. */
const browsers = ['chrome123', 'firefox121', 'safari17.5'];

/** Private design tokens by short names; the public ones, --supportbot-*, are the page's to set. */
const tokens = new Map(
  (await Promise.all(['loader', 'panel/ui'].map((folder) => readFile(`${root}src/${folder}/tokens.css`, 'utf8'))))
    .flatMap((css) => [...css.matchAll(/^ {2}(--[a-z-]+):/gm)])
    .map(([, name], index) => [name, `--x${index.toString(36)}`]),
);

const shortened = (code) => code.replace(/--[a-z][a-z-]+/g, (name) => tokens.get(name) ?? name);

async function bundle(entry, define, external = () => false) {
  const result = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    oxc: { jsx: { runtime: 'classic', pragma: 'h', pragmaFrag: 'Fragment' } },
    define,
    build: {
      write: false,
      target: browsers,
      cssTarget: browsers,
      minify: 'terser',
      // ASCII, since a page that is not UTF-8 reads scripts in its own encoding.
      terserOptions: {
        ecma: 2020,
        format: { ascii_only: true },
        compress: { passes: 3, unsafe_arrows: true, keep_fargs: false },
      },
      // What is shared comes from the global that the panel has left.
      rolldownOptions: { external, output: { globals: () => 'SupportBotPanel' } },
      lib: { entry: `${root}src/${entry}`, formats: ['iife'], name: 'SupportBotBundle', fileName: () => 'out.js' },
    },
  });
  const [output] = Array.isArray(result) ? result : [result];
  return shortened(output.output[0].code);
}

function assertSize(name, code) {
  const size = gzipSync(code, { level: 9 }).length;
  console.log(`${name}: ${size} bytes gzip (at most ${budgets[name]})`);
  if (size > budgets[name]) {
    throw new Error(`The ${name} is ${size - budgets[name]} bytes over its budget.`);
  }
}

const nameOf = (name, code) => `${name}.${createHash('sha256').update(code).digest('hex').slice(0, 10)}.js`;

const isShared = (id) => id.endsWith('/panel/shared');
const answers = await bundle('answers/index.tsx', {}, isShared);
const files = await bundle('files/index.tsx', {}, isShared);
const panel = await bundle('panel/index.ts', {
  __ANSWERS_FILE__: JSON.stringify(nameOf('answers', answers)),
  __FILES_FILE__: JSON.stringify(nameOf('files', files)),
});
const panelFile = nameOf('panel', panel);
const loader = await bundle('loader/loader.ts', { __PANEL_FILE__: JSON.stringify(panelFile) });
const hashed = { panel, answers, files };
assertSize('loader', loader);
Object.entries(hashed).forEach(([name, code]) => assertSize(name, code));

await rm(dist, { recursive: true, force: true });
await mkdir(`${dist}widget`, { recursive: true });
await writeFile(`${dist}widget.js`, loader);
for (const [name, code] of Object.entries(hashed)) {
  await writeFile(`${dist}widget/${nameOf(name, code)}`, code);
}
