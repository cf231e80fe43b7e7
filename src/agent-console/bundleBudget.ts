import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

/** Gzipped JavaScript and CSS, in kB of 1000 bytes, that a browser fetches before an agent can work. */
const INITIAL_BUDGET_KB = 170;

/**
 * Fails the build when the first page load grows beyond its budget. Counted are the entry, every chunk it
 * imports statically and their style sheets; chunks behind `import()` are loaded later and do not count.
 */
export function bundleBudget(): Plugin {
  return {
    name: "bundle-budget",
    apply: "build",
    generateBundle(_options, bundle) {
      const initial = new Set<string>();
      const visit = (fileName: string): void => {
        const chunk = bundle[fileName];
        if (initial.has(fileName) || chunk?.type !== "chunk") {
          return;
        }
        initial.add(fileName);
        chunk.viteMetadata?.importedCss.forEach((css) => initial.add(css));
        chunk.imports.forEach(visit);
      };
      Object.values(bundle).forEach((item) => {
        if (item.type === "chunk" && item.isEntry) {
          visit(item.fileName);
        }
      });

      let bytes = 0;
      for (const fileName of initial) {
        const item = bundle[fileName];
        if (item !== undefined) {
          bytes += gzipSync(item.type === "chunk" ? item.code : item.source, { level: 9 }).length;
        }
      }
      const kilobytes = bytes / 1000;
      if (bytes === 0) {
        this.error("The bundle budget found no entry chunk to measure.");
      }
      if (kilobytes > INITIAL_BUDGET_KB) {
        this.error(`The first load is ${kilobytes.toFixed(1)} kB gzip; the budget is ${INITIAL_BUDGET_KB} kB.`);
      }
      this.info(`first load ${kilobytes.toFixed(1)} kB gzip of ${INITIAL_BUDGET_KB} kB`);
    },
  };
}
