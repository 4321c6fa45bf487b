// Every page of the sample clients, in every language, has nothing that axe-core objects to, and
// needs no more than 320 pixels. In English and French on a telephone in light colours and on a
// laptop in dark ones; in the other languages, whose pages differ in their words alone, one client
// and the dashboard on a telephone.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import * as chromium from "../chromium.js";
import { stopClock } from "../clock.js";
import { serve } from "../host.js";
import {
  TODAY,
  buildSamples,
  forEach,
  languages,
  openSessions,
  pagesIn,
  passphrases,
  portalsIn,
  useSession,
} from "../sample-clients.js";
import { makeTemporary, violations, visit } from "../support.js";

const LANGUAGES = await languages();
const TABS = 2;
const FIRST = "fr";
const FULLY = ["en", FIRST];
const PHONE = { width: 320, height: 640, scheme: "light" };
const LAPTOP = { width: 1280, height: 800, scheme: "dark" };

const temporary = makeTemporary();
let browser, first, session;

before(async () => {
  first = await buildSamples(join(temporary.root, FIRST), { language: FIRST });
  browser = await chromium.launch();
  const host = await serve(first);
  const known = passphrases();
  const passphraseOf = (portal) => known[portal] ?? known.studio;
  session = await openSessions(browser, host.url, portalsIn(first), passphraseOf);
  host.close();
});

after(async () => {
  await browser?.close();
  temporary.remove();
});

const outputIn = (language) =>
  language === FIRST
    ? first
    : buildSamples(join(temporary.root, language), { language, like: first });

/** What is wrong with a page on a screen, as one line each. */
async function flawsOf(page, { width, height, scheme }) {
  await chromium.setColours(page, scheme);
  await page.setViewport({ width, height });
  const widest = await page.evaluate(() => document.scrollingElement.scrollWidth);
  const tooWide = widest > width ? [`${widest} pixels wide`] : [];
  return [...tooWide, ...(await violations(page))].map((flaw) => `${width} ${scheme}: ${flaw}`);
}

/** What is wrong with the pages of an output, on these screens. */
async function flawsIn(output, portals, screens) {
  const host = await serve(output);
  const flaws = [];
  try {
    const pages = pagesIn(output).filter(({ portal }) => portals.includes(portal));
    await forEach(pages, TABS, async ({ path }) => {
      const page = await browser.newPage();
      await stopClock(page, `${TODAY}T09:00`);
      await useSession(page, session);
      await visit(page, host.url + path);
      for (const screen of screens) {
        for (const flaw of await flawsOf(page, screen)) flaws.push(`${path} ${flaw}`);
      }
      await page.close();
    });
  } finally {
    host.close();
  }
  return flaws;
}

describe("every page of the sample clients is accessible", () => {
  for (const language of LANGUAGES) {
    it(`in ${language}`, async () => {
      const isFull = FULLY.includes(language);
      const output = await outputIn(language);
      const portals = isFull ? portalsIn(output) : ["salon-martin", "studio"];
      assert.deepEqual(await flawsIn(output, portals, isFull ? [PHONE, LAPTOP] : [PHONE]), []);
    });
  }
});

it("the lock page and the front page are accessible", async () => {
  const host = await serve(first);
  const page = await browser.newPage();
  for (const path of ["", "salon-martin/"]) {
    await page.goto(host.url + path);
    if (path) await page.waitForSelector("#lock-passphrase:focus");
    for (const screen of [PHONE, LAPTOP]) {
      assert.deepEqual(await flawsOf(page, screen), [], path);
    }
  }
  await page.close();
  host.close();
});
