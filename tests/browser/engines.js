// The browsers that these tests know. BROWSER names the one that they run in.
//
// Each is a module of its own, and all have the same functions:
//   launch({ downloads })      starts one that speaks English, saves files in the folder
//                              `downloads`, and finds no other computer than this one
//   noteLog(page, note)        calls note(text) for what the browser itself says against a page
//   setColours(page, scheme)   what the reader prefers: "light" or "dark"
//   setLanguages(page, list)   what the reader prefers, as in "fr-CA,en"; from the next page on
//   forbidScripts(page)        from the next page on
//   setMedium(page, medium)    "print" or "screen", for the page as it is now
//   reset(browser)             takes back what these have set; once the tab is closed
// Where the engines differ, a test asks one of these facts:
//   eachFileAlone              each page from the disk asks for the passphrase anew

import * as chromium from "./chromium.js";
import * as firefox from "./firefox.js";

const ENGINES = { chromium, firefox };

function choose(name) {
  if (Object.hasOwn(ENGINES, name)) return ENGINES[name];
  throw new Error(`BROWSER=${name} is not one of: ${Object.keys(ENGINES).join(", ")}`);
}

export const engine = choose(process.env.BROWSER ?? "chromium");
