// What was asked, done and handed over, as a reader finds it: on a telephone, and while pictures come.

import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { png } from "../samples.js";
import {
  build,
  launch,
  makeTemporary,
  openReadersTab,
  openSession,
  serve,
  setColours,
  textOf,
  violations,
  visit,
} from "../support.js";

const LONG = `🎨 مرحبا ${"longueur".repeat(40)}`;
const SPEC = `---
price: 1200.00
agreed: {by: claire, on: 2026-09-14}
---

${Array.from({ length: 60 }, (_, n) => `- R${n + 1}: ${n ? `Le point ${n + 1}` : LONG}\n`).join("")}`;
const AMENDMENTS = `\
- {id: A1, title: Un ajout, price_change: 80, agreed: {by: claire, on: 2026-10-01}, text: "- R61: La carte"}
- {id: A2, title: ${LONG}, removes: [R1], price_change: -20, agreed: {by: claire, on: 2026-10-05}}
- {id: A3, title: Une proposition, removes: [R2], price_change: 20, text: "- R62: ${LONG}"}
`;
const WIDE = "files/wide.png";
const TALL = "files/tall.png";
const DELIVERABLE = `---
title: ${LONG}
delivered: 2026-11-18
covers: [R2]
files: [files/${"long".repeat(30)}.png, ${TALL}, files/card.svg]
---

![Le salon](${WIDE})

Sous la photo.
`;

let temporary, browser, host, session;

const SILENCED = "silenced: [{rule: uncovered-requirement, why: sixty points are for the eye}]\n";

function prepare(content) {
  const salon = join(content, "salon");
  appendFileSync(join(content, "studio.yaml"), SILENCED);
  rmSync(join(salon, "invoice.yaml")); // it would wait for all those points
  mkdirSync(join(salon, "files"));
  writeFileSync(join(salon, `files/${"long".repeat(30)}.png`), png(320, 200));
  writeFileSync(join(salon, TALL), png(100, 700));
  writeFileSync(join(salon, WIDE), png(900, 300));
  writeFileSync(join(salon, "files/card.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>");
  writeFileSync(join(salon, "spec.md"), SPEC);
  writeFileSync(join(salon, "amendments.yaml"), AMENDMENTS);
  writeFileSync(join(salon, "deliverables/01-vitrine.md"), DELIVERABLE);
}

before(async () => {
  temporary = makeTemporary();
  host = await serve(await build(temporary.root, { prepare }));
  browser = await launch();
  session = await openSession(browser, [`${host.url}salon/`]);
});

after(async () => {
  await browser?.close();
  await host?.close();
  temporary?.remove();
});

/** Where the elements of the page stand, as long as none of its pictures has come. */
const heights = (page) =>
  page.$$eval("main :is(img, .file-row, .prose p)", (found) => found.map((one) => one.offsetTop));

describe("the agreement", () => {
  for (const name of ["spec", "agreement", "deliverables"]) {
    it(`${name}: is accessible in light and dark, and 320 pixels are enough`, async (t) => {
      const page = await openReadersTab(t, browser, session);
      for (const [scheme, width] of [["light", 320], ["dark", 1280]]) {
        await setColours(page, scheme);
        await page.setViewport({ width, height: 800 });
        await visit(page, `${host.url}salon/${name}/`);
        const scrolls = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.equal(scrolls, width);
        assert.deepEqual(await violations(page), [], scheme);
      }
    });
  }

  it("is followed side by side where there is room, and one below the other where not", async (t) => {
    const page = await openReadersTab(t, browser, session);
    await visit(page, `${host.url}salon/spec/`);
    const tops = () =>
      page.$eval(".point:first-child", (point) =>
        [".point-asked", ".point-receives"].map((part) => point.querySelector(part).offsetTop),
      );
    await page.setViewport({ width: 1280, height: 800 });
    const [asked, received] = await tops();
    assert.ok(Math.abs(asked - received) < 20);
    await page.setViewport({ width: 360, height: 800 });
    const [above, below] = await tops();
    assert.ok(below > above + 20);
  });

  it("adds up, and leads to the amendment", async (t) => {
    const page = await openReadersTab(t, browser, session);
    await visit(page, `${host.url}salon/agreement/`);
    const sum = (await textOf(page, ".sums")).replace(/\s+/g, " ");
    assert.match(sum, /1 200,00 €.*\+80,00 €.*−20,00 €.*Prix aujourd’hui ?1 260,00 €/);
    await Promise.all([page.waitForNavigation(), page.click('.sums a[href$="#amendment-2"]')]);
    await page.waitForSelector("#amendment-2:target");
  });
});

describe("pictures", () => {
  it("move nothing when they come", async (t) => {
    const page = await openReadersTab(t, browser, session);
    let release;
    const held = new Promise((resolve) => (release = resolve));
    await page.setRequestInterception(true);
    page.on("request", async (request) => {
      if (request.url().endsWith(".bin")) await held;
      await request.continue();
    });
    await page.setViewport({ width: 360, height: 4000 });
    await visit(page, `${host.url}salon/deliverables/`);
    const before = await heights(page);
    release();
    await page.waitForFunction(() =>
      [...document.querySelectorAll("main img")].every((image) => image.complete && image.src),
    );
    assert.deepEqual(await heights(page), before);
    const shape = await page.$eval(`img[data-file="${WIDE}"]`, (image) => image.width / image.height);
    assert.ok(Math.abs(shape - 3) < 0.05, String(shape));
  });

  it("open from their preview", async (t) => {
    const page = await openReadersTab(t, browser, session);
    await visit(page, `${host.url}salon/deliverables/`);
    await page.click(`.preview[data-file="${TALL}"]`);
    await page.waitForFunction(() => document.querySelector("dialog img")?.naturalHeight === 700);
  });
});
