// The pages of portals that are open: the invoice, printing, and what holds for every page.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { countPages } from "./paper.js";
import {
  INVOICE,
  PAGES,
  STUDIO_PASSPHRASE,
  build,
  follow,
  isShown,
  launch,
  makeTemporary,
  openReadersTab,
  openSession,
  openTab,
  serve,
  setColours,
  setMedium,
  textOf,
  unlock,
  violations,
  visit,
} from "./support.js";

const temporary = makeTemporary();
let browser, output, host, session;

before(async () => {
  output = await build(temporary.root);
  browser = await launch();
  host = await serve(output);
  session = await openSession(browser, [`${host.url}salon/`, `${host.url}pottery/`]);
});

after(async () => {
  host?.close();
  await browser?.close();
  temporary.remove();
});

describe("the invoice", () => {
  it("is there once the work is approved", async (t) => {
    const page = await openReadersTab(t, browser, session);
    await visit(page, `${host.url}salon/`);
    await follow(page, 'nav a[href*="invoice"]');
    const text = (await textOf(page, "main")).replace(/\s/g, " ");
    for (const shown of ["2026-031", "1 200,00 €", "240,00 €", "1 440,00 €"]) {
      assert.ok(text.includes(shown), shown);
    }
  });

  it("prints without what belongs to the screen", async (t) => {
    const page = await openReadersTab(t, browser, session);
    await visit(page, `${host.url}salon/${INVOICE}`);
    const screen = [".top", "nav", ".foot", "[data-print]", "[data-lock]", ".skip"];
    for (const part of screen) assert.ok(await isShown(page, part), part);
    await setMedium(page, "print");
    for (const part of screen) assert.ok(!(await isShown(page, part)), part);
    const pdf = Buffer.from(await page.pdf({ preferCSSPageSize: true }));
    assert.ok(pdf.length > 1000);
    assert.equal(countPages(pdf), 1);
  });

  it("its button asks the browser to print", async (t) => {
    const page = await openReadersTab(t, browser, session);
    await visit(page, `${host.url}salon/${INVOICE}`);
    const printed = page.evaluate(
      () => new Promise((resolve) => addEventListener("beforeprint", () => resolve(true))),
    );
    await page.click("[data-print]");
    assert.ok(await printed);
  });

  it("leaves no trace before", async (t) => {
    assert.ok(!readdirSync(join(output, "pottery")).some((name) => name.startsWith("invoice")));
    const page = await openReadersTab(t, browser, session);
    for (const path of PAGES.pottery) {
      await visit(page, `${host.url}pottery/${path}`);
      assert.equal(await page.$('a[href*="invoice"]'), null);
      assert.doesNotMatch(await page.content(), /4.?321|unbilled|first pot/);
    }
    await visit(page, `${host.url}pottery/`);
    assert.notEqual(await page.$(".checklist li"), null);
  });
});

describe("every page", () => {
  for (const [portal, paths] of Object.entries(PAGES)) {
    it(`${portal}: is accessible in light and dark, and 320 pixels are enough`, async (t) => {
      const page = await openReadersTab(t, browser, session);
      for (const path of paths) {
        for (const [scheme, width] of [["light", 320], ["dark", 1280]]) {
          await setColours(page, scheme);
          await page.setViewport({ width, height: 800 });
          await visit(page, `${host.url}${portal}/${path}`);
          const scrolls = await page.evaluate(() => document.documentElement.scrollWidth);
          assert.equal(scrolls, width, path);
          assert.deepEqual(await violations(page), [], `${path} ${scheme}`);
        }
      }
    });
  }

  it("keeps what the studio wrote for itself out", async (t) => {
    const page = await openTab(t, browser);
    await unlock(page, `${host.url}salon/`, STUDIO_PASSPHRASE);
    for (const path of PAGES.salon) {
      await visit(page, `${host.url}salon/${path}`);
      assert.doesNotMatch(await page.content(), /confidentielle/);
    }
  });
});
