// Joins and minifies the two folders of src/portalgen/browser/ into the scripts that portals load:
// what opens a page, and what works on it afterwards. `make script` runs it; a test compares what it
// gives with what is committed. Names and lines that only people need are a third of a script, and
// every client would load them.

import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

const { minify } = createRequire(new URL("../tests/browser/package.json", import.meta.url))("terser");

const BROWSER = new URL("../src/portalgen/browser/", import.meta.url);
export const BUNDLES = ["lock", "page"];

/** SHELL comes before the script, made by each build. */
const OPTIONS = {
  ecma: 2020,
  toplevel: true,
  compress: { passes: 3, unsafe_arrows: true },
  mangle: { reserved: ["SHELL"] },
  format: { comments: false },
};

/** Where the minified text of a folder is committed. */
export const fileOf = (bundle) => new URL(`${bundle}.min.js`, BROWSER);

/** The sources of a folder in the order of their names, as one minified text; no name gets out. */
export async function minified(bundle) {
  const folder = new URL(`${bundle}/`, BROWSER);
  const names = readdirSync(folder).filter((name) => name.endsWith(".js")).sort();
  const texts = names.map((name) => readFileSync(new URL(name, folder), "utf8"));
  const { code } = await minify(`(() => {\n${texts.join("\n")}\n})();`, OPTIONS);
  return `${code}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const bundle of BUNDLES) writeFileSync(fileURLToPath(fileOf(bundle)), await minified(bundle));
}
