// Terms that the glossary explains: by mouse, by keyboard, by touch, on paper, and on their page.

import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import {
  build,
  follow,
  isShown,
  launch,
  makeTemporary,
  openReadersTab,
  openSession,
  serve,
  setColours,
  setMedium,
  textOf,
  violations,
  visit,
} from "../support.js";

const temporary = makeTemporary();
const TERM = ".term";
const SAYS = ".term-says";
let browser, output, host, session;

function prepare(content) {
  const glossary = "vitrine: Ce qui se voit de la rue.\nkiln: The oven of a potter.\n";
  writeFileSync(join(content, "glossary.yaml"), glossary);
}

before(async () => {
  output = await build(temporary.root, { prepare });
  browser = await launch();
  host = await serve(output);
  session = await openSession(browser, [`${host.url}salon/`, `${host.url}pottery/`]);
});

after(async () => {
  host?.close();
  await browser?.close();
  temporary.remove();
});

const isOpen = (page) => page.$eval(SAYS, (element) => element.matches(":popover-open"));

async function openSpec(t, { width = 1280 } = {}) {
  const page = await openReadersTab(t, browser, session);
  await page.setViewport({ width, height: 800, hasTouch: width < 500 });
  await visit(page, `${host.url}salon/spec/`);
  return page;
}

describe("a term", () => {
  it("is a button where a page has it first, and hides what it says", async (t) => {
    const page = await openSpec(t);
    assert.equal((await page.$$(TERM)).length, 1);
    assert.equal(await textOf(page, TERM), "vitrine");
    assert.ok(!(await isShown(page, SAYS)));
  });

  it("shows its explanation at a click, and hides it at the next", async (t) => {
    const page = await openSpec(t);
    await page.click(TERM);
    assert.ok(await isShown(page, SAYS));
    assert.match(await textOf(page, SAYS), /Ce qui se voit de la rue\.$/);
    await page.click(TERM);
    assert.ok(!(await isOpen(page)));
  });

  it("works with the keyboard alone, and Escape leaves the reader where they were", async (t) => {
    const page = await openSpec(t);
    await page.focus(TERM);
    await page.keyboard.press("Enter");
    assert.ok(await isOpen(page));
    await page.keyboard.press("Escape");
    assert.ok(!(await isOpen(page)));
    assert.ok(await page.$eval(TERM, (element) => element === document.activeElement));
    await page.keyboard.press(" ");
    assert.ok(await isOpen(page));
  });

  it("opens at a touch, fits a small screen, and closes at a touch elsewhere", async (t) => {
    const page = await openSpec(t, { width: 320 });
    await page.tap(TERM);
    assert.ok(await isOpen(page));
    const box = await page.$eval(SAYS, (element) => element.getBoundingClientRect().toJSON());
    assert.ok(box.left >= 0 && box.right <= 320 && box.bottom <= 800, JSON.stringify(box));
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
    await page.touchscreen.tap(4, 400); // the margin
    assert.ok(!(await isOpen(page)));
  });

  for (const [block, side] of [["start", "under"], ["end", "above"]]) {
    it(`is explained beside it where there is room: ${side}`, async (t) => {
      const page = await openSpec(t);
      await page.setViewport({ width: 1280, height: 400 });
      const [term, says] = await page.evaluate((where) => {
        const button = document.querySelector(".term");
        button.scrollIntoView({ block: where });
        button.click();
        const both = [button, button.nextElementSibling];
        return both.map((element) => element.getBoundingClientRect().toJSON());
      }, block);
      const distance = side === "under" ? says.top - term.bottom : term.top - says.bottom;
      assert.ok(distance > 0 && distance < 12, `${distance}`);
      assert.equal(Math.round(says.left), Math.round(term.left));
    });
  }

  for (const scheme of ["light", "dark"]) {
    it(`is accessible while it is open: ${scheme}`, async (t) => {
      const page = await openSpec(t);
      await setColours(page, scheme);
      await page.click(TERM);
      assert.deepEqual(await violations(page), []);
    });
  }

  it("is plain on paper", async (t) => {
    const page = await openSpec(t);
    await page.click(TERM);
    await setMedium(page, "print");
    assert.ok(!(await isShown(page, SAYS)));
    const line = await page.$eval(TERM, (element) => getComputedStyle(element).textDecorationLine);
    assert.equal(line, "none");
  });
});

describe("the page of the terms", () => {
  it("has those of this portal alone, and the foot of every page leads to it", async (t) => {
    const page = await openSpec(t);
    await follow(page, '.foot a[href*="glossary"]');
    const terms = await page.$$eval(".terms dt", (found) => found.map((one) => one.textContent));
    assert.deepEqual(terms, ["vitrine"]);
    assert.doesNotMatch(await page.content(), /kiln/);
    assert.deepEqual(await violations(page), []);
  });

  it("is in the portal of another client only with that client's terms", async (t) => {
    const page = await openReadersTab(t, browser, session);
    await visit(page, `${host.url}pottery/glossary/`);
    assert.equal(await textOf(page, ".terms"), "kilnThe oven of a potter.");
  });
});

it("a portal without a term has no such page", async () => {
  const other = await build(temporary.root);
  assert.ok(!existsSync(join(other, "salon/glossary")));
});
