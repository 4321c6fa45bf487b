// A client with nothing and one with far too much, on a screen of 320 pixels (which is also a laptop
// at 400 %), with the keyboard alone, in forced colours, and without motion.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import * as chromium from "../chromium.js";
import { stopClock } from "../clock.js";
import { serve } from "../host.js";
import {
  TODAY,
  buildSamples,
  buildWorkspace,
  forEach,
  openSessions,
  pagesIn,
  passphrases,
  portalsIn,
  python,
  useSession,
} from "../sample-clients.js";
import {
  CLIENT_PASSPHRASE,
  STUDIO_PASSPHRASE,
  makeTemporary,
  violations,
  visit,
} from "../support.js";
import { flawsOfFocus } from "./focus.js";
import { overlaps } from "./overlaps.js";

const EXTREMES = fileURLToPath(new URL("../../extremes.py", import.meta.url));
const TABS = 2;
const PHONE = { width: 320, height: 640 };
const LONG_PAGES = { timeout: 120_000 };

const temporary = makeTemporary();
const opened = {};
let browser;

before(async () => {
  browser = await chromium.launch();
  const workspace = join(temporary.root, "extremes");
  await python(EXTREMES, workspace);
  await buildWorkspace(workspace);
  const ownPassphrase = (portal) => (portal === "studio" ? STUDIO_PASSPHRASE : CLIENT_PASSPHRASE);
  opened.extremes = await open(join(workspace, "output"), ownPassphrase);
  const known = passphrases();
  const samples = await buildSamples(join(temporary.root, "samples"));
  opened.samples = await open(samples, (portal) => known[portal] ?? known.studio);
});

after(async () => {
  for (const { host } of Object.values(opened)) host.close();
  await browser?.close();
  temporary.remove();
});

/** Serves an output and opens its portals: { host, output, session }. */
async function open(output, passphraseOf) {
  const host = await serve(output);
  const session = await openSessions(browser, host.url, portalsIn(output), passphraseOf);
  return { host, output, session };
}

/** A tab with a page of a portal that is open, on a screen of 320 pixels. */
async function openPage({ host, session }, path, features = []) {
  const page = await browser.newPage();
  page.setDefaultTimeout(60_000);
  await page.setViewport(PHONE);
  await stopClock(page, `${TODAY}T09:00`);
  await useSession(page, session);
  const devtools = await page.createCDPSession();
  await devtools.send("Emulation.setEmulatedMedia", { features });
  await visit(page, host.url + path);
  return page;
}

const widthOf = (page) => page.evaluate(() => document.scrollingElement.scrollWidth);

describe("far too much, and nothing at all", () => {
  it("no page scrolls sideways, and no text lies on another", LONG_PAGES, async () => {
    const flaws = [];
    await forEach(pagesIn(opened.extremes.output), TABS, async ({ path }) => {
      const page = await openPage(opened.extremes, path);
      const width = await widthOf(page);
      if (width > PHONE.width) flaws.push(`${path} is ${width} pixels wide`);
      for (const overlap of await overlaps(page)) flaws.push(`${path} ${overlap}`);
      await page.close();
    });
    assert.deepEqual(flaws, []);
  });

  it("axe-core objects to nothing", LONG_PAGES, async () => {
    const flaws = [];
    const pages = pagesIn(opened.extremes.output).filter(({ page }) => !/^invoice-/.test(page));
    await forEach(pages, TABS, async ({ path }) => {
      const page = await openPage(opened.extremes, path);
      const found = await violations(page, { colours: false });
      for (const flaw of found) flaws.push(`${path} ${flaw.slice(0, 400)}`);
      await page.close();
    });
    assert.deepEqual(flaws, []);
  });
});

describe("letters twice as large", () => {
  it("a telephone still shows every page without scrolling sideways", LONG_PAGES, async () => {
    const flaws = [];
    const { output } = opened.samples;
    const pages = pagesIn(output).filter(({ portal }) => portal === "salon-martin");
    await forEach(pages, TABS, async ({ path }) => {
      const page = await openPage(opened.samples, path);
      await page.setViewport({ width: 360, height: 740 });
      await page.evaluate(() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(":root { font-size: 200% }");
        document.adoptedStyleSheets.push(sheet);
      });
      const width = await widthOf(page);
      if (width > 360) flaws.push(`${path} is ${width} pixels wide`);
      for (const overlap of await overlaps(page)) flaws.push(`${path} ${overlap}`);
      await page.close();
    });
    assert.deepEqual(flaws, []);
  });
});

describe("the keyboard alone", () => {
  it("Tab reaches every control, and one sees where it is", LONG_PAGES, async () => {
    const flaws = [];
    const { output } = opened.samples;
    const pages = pagesIn(output).filter(({ portal }) => /^(salon-martin|studio)$/.test(portal));
    await forEach(pages, 1, async ({ path }) => {
      const page = await openPage(opened.samples, path);
      await page.bringToFront();
      for (const flaw of await flawsOfFocus(page)) flaws.push(`${path} ${flaw}`);
      await page.close();
    });
    assert.deepEqual(flaws, []);
  });
});

describe("what the reader's system asks for", () => {
  const wishes = {
    "forced colours": [
      { name: "forced-colors", value: "active" },
      { name: "prefers-color-scheme", value: "dark" },
    ],
    "more contrast": [{ name: "prefers-contrast", value: "more" }],
    "less motion": [{ name: "prefers-reduced-motion", value: "reduce" }],
  };
  for (const [name, features] of Object.entries(wishes)) {
    it(`${name}: every page still stands`, LONG_PAGES, async () => {
      const flaws = [];
      const { output } = opened.samples;
      const pages = pagesIn(output).filter(({ portal }) => portal === "salon-martin");
      await forEach(pages, TABS, async ({ path }) => {
        const page = await openPage(opened.samples, path, features);
        const moving = await page.evaluate(() => document.getAnimations().length);
        if (moving) flaws.push(`${path} moves`);
        if ((await widthOf(page)) > PHONE.width) flaws.push(`${path} is too wide`);
        for (const overlap of await overlaps(page)) flaws.push(`${path} ${overlap}`);
        await page.close();
      });
      assert.deepEqual(flaws, []);
    });
  }
});
