// The site of these tests with files attached to a deliverable, and the reader who gets them.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { noise, pdf, png } from "./samples.js";
import {
  build,
  launch,
  makeTemporary,
  openTab,
  serve,
  unlock,
  waitUntilShown,
} from "./support.js";

export const DELIVERABLES = "salon/deliverables/";
export const PICTURE = "files/maquette.png";
export const FAR = "files/loin.png";
export const PDF = "files/cahier.pdf";
export const ZIP = "files/sources.zip";
export const LARGE = "files/film d’été.mp4";
export const LARGE_BYTES = 20_000_000;

/** What the salon's deliverable holds, by path; all but FAR are listed, and have buttons. */
export const FILES = {
  [PDF]: pdf(),
  [PICTURE]: png(240, 160),
  [FAR]: png(160, 120),
  [ZIP]: noise(200_000, 7), // four records
  "files/page.html": Buffer.from("<script>document.title = 'run'</script>"),
  "files/plan.svg": Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'><script>0</script></svg>"),
  "files/vide.txt": Buffer.alloc(0),
  [LARGE]: noise(LARGE_BYTES, 9),
};

/** What a page has no use for any more is not loaded to its end. */
export const BROKEN_OFF = /\.bin (?:net::ERR_ABORTED|NS_)/;

const TEXT = `Voir le [cahier](${PDF}), ou le [film](<${LARGE}>).

![La maquette, de face](${PICTURE})

${"Une ligne de plus.\n\n".repeat(150)}
![Tout en bas](${FAR})
`;

function attach(content) {
  mkdirSync(join(content, "salon/files"));
  for (const [path, bytes] of Object.entries(FILES)) {
    writeFileSync(join(content, "salon", path), bytes);
  }
  const listed = Object.keys(FILES).filter((path) => path !== FAR);
  const files = `files:\n${listed.map((path) => `  - ${path}\n`).join("")}`;
  const path = join(content, "salon/deliverables/01-vitrine.md");
  writeFileSync(path, `${readFileSync(path, "utf8").replace("covers:", `${files}covers:`)}\n${TEXT}`);
  // The other portal has the same picture at the same path.
  mkdirSync(join(content, "pottery/files"));
  writeFileSync(join(content, "pottery", PICTURE), FILES[PICTURE]);
  const shop = join(content, "pottery/deliverables/01-shop.md");
  writeFileSync(shop, `${readFileSync(shop, "utf8")}\n![The shop](${PICTURE})\n`);
}

export const VIEW = "[data-view]";
export const DOWNLOAD = ":not([data-view])";

/** The button of a file in the list, of one kind or of any. */
export const button = (path, kind = "") => `.file-row button[data-file="${path}"]${kind}`;

/** Clicks as a reader does from the keyboard: nothing has to be in sight. */
export async function press(page, selector) {
  await page.focus(selector);
  await page.keyboard.press("Enter");
}

export const waitUntilLoaded = (page, path) =>
  page.waitForFunction(
    (name) => document.querySelector(`img[data-file="${name}"]`)?.naturalWidth > 0,
    {},
    path,
  );

export const digestOf = (bytes) => createHash("sha256").update(bytes).digest("hex");

/**
 * Builds the site, serves it at `url` from the folder `output`, and starts a browser whose reader
 * has opened the salon. `temporary` is a folder for whatever else a test writes.
 */
export async function openSite() {
  const temporary = makeTemporary();
  const downloads = join(temporary.root, "downloads");
  mkdirSync(downloads);
  const output = await build(temporary.root, { prepare: attach });
  const browser = await launch({ downloads });
  const host = await serve(output);
  const first = await browser.newPage();
  await unlock(first, `${host.url}salon/`);
  const session = await first.evaluate(() => Object.entries(sessionStorage));
  await first.close();

  /** The deliverables, in a tab of the reader. */
  async function visit(t, { url = host.url, expected, prepare = () => {} } = {}) {
    const page = await openTab(t, browser, { expected });
    await page.evaluateOnNewDocument((entries) => {
      if (origin === "null") return; // about:blank, before the first page
      for (const [name, value] of entries) sessionStorage.setItem(name, value);
    }, session);
    await prepare(page);
    await page.goto(url + DELIVERABLES);
    await waitUntilShown(page);
    return page;
  }

  const saved = () => readdirSync(downloads);

  /** The one file that was saved, once it is whole. */
  async function waitForDownload(size) {
    for (const deadline = Date.now() + 30_000; Date.now() < deadline; await sleep(50)) {
      const [name, ...others] = saved();
      if (!name || others.length || /\.(?:crdownload|part)$/.test(name)) continue;
      const bytes = readFileSync(join(downloads, name));
      if (bytes.length === size) return { name, bytes };
    }
    return assert.fail(`found in place of one file of ${size} bytes: ${saved()}`);
  }

  const forgetDownloads = () => {
    for (const name of saved()) rmSync(join(downloads, name));
  };

  async function close() {
    host.close();
    await browser.close();
    temporary.remove();
  }

  const { url } = host;
  const actions = { visit, saved, waitForDownload, forgetDownloads, close };
  return { temporary: temporary.root, output, browser, url, ...actions };
}
