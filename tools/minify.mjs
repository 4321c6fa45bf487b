// Joins and minifies src/portalgen/browser/*.js into the script that portals load. `make script`
// runs it; a test compares what it gives with what is committed. Names and lines that only people
// need are a third of the script, and every client would load them.

import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

const { minify } = createRequire(new URL("../tests/browser/package.json", import.meta.url))("terser");

const SOURCES = new URL("../src/portalgen/browser/", import.meta.url);
export const MINIFIED = new URL("../src/portalgen/browser/portal.min.js", import.meta.url);

/** WORDS comes before the script, made by each build. */
const OPTIONS = {
  ecma: 2020,
  toplevel: true,
  compress: { passes: 3, unsafe_arrows: true },
  mangle: { reserved: ["WORDS"] },
  format: { comments: false },
};

/** The sources in the order of their names, as one minified text. */
export async function minified() {
  const names = readdirSync(SOURCES).filter((name) => /^\d.*\.js$/.test(name)).sort();
  const texts = names.map((name) => readFileSync(new URL(name, SOURCES), "utf8"));
  const { code } = await minify(texts.join("\n"), OPTIONS);
  return `${code}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeFileSync(fileURLToPath(MINIFIED), await minified());
}
