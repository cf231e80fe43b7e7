/**
 * Builds dist/widget.js, the loader under its eternal name, and dist/widget/panel.<hash>.js, which may be cached for
 * ever. Both are classic scripts. The build fails when one of them has outgrown its budget.
 */
import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = `${root}dist/`;

/** Bytes after gzip -9. */
const budgets = { loader: 2_000, panel: 15_000 };

/** light-dark() and adoptedStyleSheets are what decides: mid-2024 and newer. */
const browsers = ['chrome123', 'firefox121', 'safari17.5'];

async function bundle(entry, define) {
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
      lib: { entry: `${root}src/${entry}`, formats: ['iife'], name: 'SupportBotBundle', fileName: () => 'out.js' },
    },
  });
  const [output] = Array.isArray(result) ? result : [result];
  return output.output[0].code;
}

function assertSize(name, code) {
  const size = gzipSync(code, { level: 9 }).length;
  console.log(`${name}: ${size} bytes gzip (at most ${budgets[name]})`);
  if (size > budgets[name]) {
    throw new Error(`The ${name} is ${size - budgets[name]} bytes over its budget.`);
  }
}

const panel = await bundle('panel/index.ts', {});
const hash = createHash('sha256').update(panel).digest('hex').slice(0, 10);
const panelFile = `panel.${hash}.js`;
const loader = await bundle('loader/loader.ts', { __PANEL_FILE__: JSON.stringify(panelFile) });
assertSize('loader', loader);
assertSize('panel', panel);

await rm(dist, { recursive: true, force: true });
await mkdir(`${dist}widget`, { recursive: true });
await writeFile(`${dist}widget.js`, loader);
await writeFile(`${dist}widget/${panelFile}`, panel);
