// Opening a page is quiet: once the passphrase is typed nothing but pictures is loaded, and nothing
// that can be read moves.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import * as chromium from "../chromium.js";
import { serve } from "../host.js";
import { buildSamples, openSessions, passphrases, useSession } from "../sample-clients.js";
import { makeTemporary, submit, visit, waitUntilShown } from "../support.js";

const PICTURE = /\/files\/[0-9a-f]{32}\.bin$|^(?:blob|data):/;
const PORTAL = "salon-martin";
const SHIFT = 0.05; // CLS: below 0.1 is good (web.dev); half of it leaves room for other fonts
const MOMENT = 500; // milliseconds, for what comes late

const temporary = makeTemporary();
const passphrase = passphrases()[PORTAL];
let browser, host, session;

before(async () => {
  host = await serve(await buildSamples(join(temporary.root, "samples")));
  browser = await chromium.launch();
  session = await openSessions(browser, host.url, [PORTAL], () => passphrase);
});

after(async () => {
  host?.close();
  await browser?.close();
  temporary.remove();
});

it("loads nothing but pictures once the passphrase is typed", async () => {
  const page = await browser.newPage();
  const asked = [];
  await page.goto(`${host.url}${PORTAL}/`, { waitUntil: "networkidle0" });
  page.on("request", (request) => asked.push(request.url()));
  await submit(page, passphrase);
  await waitUntilShown(page);
  await page.waitForNetworkIdle({ idleTime: MOMENT });
  assert.deepEqual(asked.filter((address) => !PICTURE.test(address)), []);
  await page.close();
});

/** Adds up how far things move while a page opens and its reader walks down. */
async function shiftOf(page, address) {
  await page.evaluateOnNewDocument(() => {
    globalThis.shifts = [];
    const note = ({ value, sources }) => shifts.push({ value, moved: sources.map(nameOf) });
    const nameOf = ({ node }) => node?.parentElement?.outerHTML.slice(0, 120);
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({
      type: "layout-shift",
      buffered: true,
    });
  });
  await visit(page, address);
  await page.evaluate(async () => {
    for (let top = 0; top < document.documentElement.scrollHeight; top += innerHeight / 2) {
      scrollTo(0, top);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });
  await sleep(MOMENT);
  return page.evaluate(() => shifts);
}

describe("nothing moves while it is read", () => {
  const screens = { phone: { width: 390, height: 844 }, laptop: { width: 1280, height: 800 } };
  for (const [name, screen] of Object.entries(screens)) {
    for (const path of ["", "deliverables/", "journal/"]) {
      it(`on a ${name}: ${path || "the first page"}`, async () => {
        const page = await browser.newPage();
        await useSession(page, session);
        await page.setViewport(screen);
        const shifts = await shiftOf(page, `${host.url}${PORTAL}/${path}`);
        const total = shifts.reduce((sum, { value }) => sum + value, 0);
        assert.ok(total < SHIFT, JSON.stringify(shifts, null, 1));
        await page.close();
      });
    }
  }
});
