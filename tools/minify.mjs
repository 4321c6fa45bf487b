// Joins and minifies the folders of src/portalgen/browser/ into the scripts that portals load: what
// opens a page, and what works on it afterwards; an archive has one of its own for that. `make script`
// runs it; a test compares what it gives with what is committed. Names and lines that only people
// need are a third of a script, and every client would load them.

import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

const { minify } = createRequire(new URL("../tests/browser/package.json", import.meta.url))("terser");

const BROWSER = new URL("../src/portalgen/browser/", import.meta.url);

/** The folders of each bundle; a file takes the place of one with the same name in a folder before. */
const FOLDERS = { lock: ["lock"], page: ["page"], archive: ["page", "archive"] };

export const BUNDLES = Object.keys(FOLDERS);

/** SHELL comes before the script, made by each build. */
const OPTIONS = {
  ecma: 2020,
  toplevel: true,
  compress: { passes: 3, unsafe_arrows: true },
  mangle: { reserved: ["SHELL"] },
  format: { comments: false },
};

/** Where the minified text of a bundle is committed. */
export const fileOf = (bundle) => new URL(`${bundle}.min.js`, BROWSER);

/** The sources of a bundle by their names. */
function readSources(bundle) {
  const found = {};
  for (const folder of FOLDERS[bundle].map((name) => new URL(`${name}/`, BROWSER))) {
    const names = readdirSync(folder).filter((name) => name.endsWith(".js"));
    for (const name of names) found[name] = readFileSync(new URL(name, folder), "utf8");
  }
  return found;
}

/** The sources of a bundle in the order of their names, as one minified text; no name gets out. */
export async function minified(bundle) {
  const sources = readSources(bundle);
  const texts = Object.keys(sources).sort().map((name) => sources[name]);
  const { code } = await minify(`(() => {\n${texts.join("\n")}\n})();`, OPTIONS);
  return `${code}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const bundle of BUNDLES) writeFileSync(fileURLToPath(fileOf(bundle)), await minified(bundle));
}
