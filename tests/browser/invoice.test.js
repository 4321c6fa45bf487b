// The page of an invoice: the code to pay by, what can be copied, lateness, and many sheets of paper.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { stopClock } from "./clock.js";
import { readCodes } from "./codes.js";
import { countPages } from "./paper.js";
import {
  INVOICE,
  build,
  isShown,
  launch,
  makeTemporary,
  openReadersTab,
  openSession,
  serve,
  setColours,
  setMedium,
  textOf,
  visit,
} from "./support.js";

const LINES = 60;
const TRANSFER = [
  ...["BCD", "002", "1", "SCT", "", "Nadia Reuter EI", "FR7630006000011234567890189"],
  ...["EUR1440", "", "", "2026-031"],
].join("\n");

const temporary = makeTemporary();
let browser, host, session;

before(async () => {
  const output = await build(temporary.root);
  browser = await launch();
  host = await serve(output);
  session = await openSession(browser, [`${host.url}salon/`]);
});

after(async () => {
  host?.close();
  await browser?.close();
  temporary.remove();
});

async function open(t) {
  const page = await openReadersTab(t, browser, session);
  await visit(page, `${host.url}salon/${INVOICE}`);
  return page;
}

/** Lets the page copy into `copied`, or refuses, as browsers do without a permission. */
const setClipboard = (page, isAllowed) =>
  page.evaluate((isAllowed) => {
    navigator.clipboard.writeText = async (text) => {
      if (!isAllowed) throw new DOMException("no", "NotAllowedError");
      globalThis.copied = text;
    };
  }, isAllowed);

describe("the code to pay by", () => {
  for (const [scheme, medium] of [["light", "screen"], ["dark", "screen"], ["light", "print"]]) {
    it(`is read by an app: ${scheme}, ${medium}`, async (t) => {
      const page = await openReadersTab(t, browser, session);
      await setColours(page, scheme);
      await page.setViewport({ width: 360, height: 800, deviceScaleFactor: 2 });
      await visit(page, `${host.url}salon/${INVOICE}`);
      await setMedium(page, medium);
      const figure = await page.$(".pay-code");
      await figure.scrollIntoView();
      assert.deepEqual(await readCodes(await figure.screenshot()), [TRANSFER]);
    });
  }
});

describe("what a transfer needs", () => {
  it("is copied without its spaces", async (t) => {
    const page = await open(t);
    await setClipboard(page, true);
    for (const copied of ["FR7630006000011234567890189", "2026-031"]) {
      await page.click(`[data-copy="${copied}"]`);
      await page.waitForFunction((text) => globalThis.copied === text, {}, copied);
      const said = await textOf(page, `[data-copy="${copied}"] + [role=status]`);
      assert.equal(said, "Copié");
    }
  });

  it("is selected where a page may not copy", async (t) => {
    const page = await open(t);
    await setClipboard(page, false);
    await page.click("[data-copy^=FR]");
    await page.waitForFunction(() => !getSelection().isCollapsed);
    const selected = await page.evaluate(() => getSelection().toString());
    assert.equal(selected.trim(), "FR76 3000 6000 0112 3456 7890 189");
  });

  it("is a step away from the head of the page", async (t) => {
    const page = await open(t);
    await page.click('.bill-actions a[href="#pay"]');
    await page.waitForFunction(() => document.querySelector("#pay").getBoundingClientRect().top < 400);
  });
});

describe("an invoice that is not paid", () => {
  for (const [day, isLate] of [["2026-12-20", false], ["2026-12-21", true]]) {
    it(`is ${isLate ? "" : "not yet "}late on ${day}`, async (t) => {
      const page = await openReadersTab(t, browser, session);
      await stopClock(page, `${day}T09:00`);
      await visit(page, `${host.url}salon/${INVOICE}`);
      assert.equal(await isShown(page, ".bill-state .late"), isLate);
      assert.ok(await isShown(page, ".bill-state .unpaid"));
    });
  }
});

describe("a long invoice", () => {
  it("goes over several sheets, and cuts no line", async (t) => {
    const page = await open(t);
    await page.$eval(
      ".lines",
      (table, lines) => {
        while (table.tBodies.length < lines) table.append(table.tBodies[0].cloneNode(true));
      },
      LINES,
    );
    await setMedium(page, "print");
    const printed = await page.evaluate(() => {
      const styles = (selector) =>
        [...document.querySelectorAll(selector)].map((element) => getComputedStyle(element));
      return {
        lines: styles(".lines tbody").map(({ breakInside }) => breakInside),
        heads: styles(".lines thead").map(({ display }) => display),
      };
    });
    assert.deepEqual(printed, { lines: Array(LINES).fill("avoid"), heads: ["table-header-group"] });
    for (const format of ["a4", "letter"]) {
      assert.ok(countPages(Buffer.from(await page.pdf({ format }))) >= 3, format);
    }
  });
});

describe("a line on a phone", () => {
  it("tells all that the columns tell, without scrolling to the side", async (t) => {
    const page = await openReadersTab(t, browser, session);
    await page.setViewport({ width: 320, height: 800 });
    await visit(page, `${host.url}salon/${INVOICE}`);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
    const line = (await textOf(page, ".lines tbody")).replace(/\s+/g, " ");
    assert.match(line, /^Dessin de la vitrine .*2 jour × 350,00 € TVA 20 % ?700,00 €$/);
  });
});
