// Themes: the printed page of themes/press, and what one client's folder changes for itself.

import assert from "node:assert/strict";
import { appendFileSync, cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import {
  PAGES,
  build,
  launch,
  makeTemporary,
  openReadersTab,
  openSession,
  openTab,
  serve,
  setColours,
  setMedium,
  violations,
  visit,
} from "../support.js";

const THEMES = fileURLToPath(new URL("../../../themes", import.meta.url));
const FONT = join(THEMES, "press/assets/fonts/display.woff2");
const OWN = `\
@font-face { font-family: Own; src: url(own.woff2) format("woff2"); }
.portal h1 { font-family: Own, serif; }
.hero { background: url(petal.svg) no-repeat; }
`;
const PETAL = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><path d="M0 0h9v9z"/></svg>';

/** The whole theme in the workspace, and a small theme of its own for one of the two clients. */
function prepare(content) {
  cpSync(THEMES, join(content, "../themes"), { recursive: true });
  appendFileSync(join(content, "studio.yaml"), "theme: press\n");
  const own = join(content, "pottery/theme/assets");
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, "own.css"), OWN);
  writeFileSync(join(own, "petal.svg"), PETAL);
  cpSync(FONT, join(own, "own.woff2"));
}

const temporary = makeTemporary();
let browser, host, session;

before(async () => {
  const output = await build(temporary.root, { prepare });
  browser = await launch();
  host = await serve(output);
  session = await openSession(browser, [`${host.url}salon/`, `${host.url}pottery/`]);
});

after(async () => {
  host?.close();
  await browser?.close();
  temporary.remove();
});

/** What a page looks like, in a few facts. */
const look = (page) =>
  page.evaluate(async () => {
    await document.fonts.ready;
    const style = (selector) => getComputedStyle(document.querySelector(selector));
    return {
      ground: style("body").backgroundColor,
      family: style("h1").fontFamily,
      loaded: [...document.fonts].filter((font) => font.status === "loaded").map((font) => font.family.replaceAll('"', "")),
      picture: style(".hero").backgroundImage.slice(0, 26),
      masthead: document.querySelector(".masthead") !== null,
      score: document.querySelectorAll(".score .number").length,
    };
  });

describe("the theme press", () => {
  it("is another page than the default one", async (t) => {
    const page = await openReadersTab(t, browser, session);
    await setColours(page, "light");
    await visit(page, `${host.url}salon/`);
    const press = await look(page);
    assert.equal(press.ground, "rgb(255, 255, 255)");
    assert.match(press.family, /^"Press Display"/);
    assert.deepEqual(press.loaded, ["Press Display"]);
    assert.ok(press.masthead);
    await setColours(page, "dark");
    await visit(page, `${host.url}salon/`);
    assert.equal((await look(page)).ground, "rgb(20, 19, 17)");
    await visit(page, `${host.url}pottery/`);
    assert.ok((await look(page)).score >= 2);
  });

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

  it("has a lock page of its own, accessible too", async (t) => {
    const page = await openTab(t, browser);
    for (const scheme of ["light", "dark"]) {
      await setColours(page, scheme);
      await page.goto(`${host.url}salon/`);
      await page.waitForSelector("#lock-passphrase");
      assert.deepEqual(await violations(page), [], scheme);
    }
    const width = await page.$eval(".lock-card", (card) => getComputedStyle(card).borderTopWidth);
    assert.equal(width, "3px");
    await page.goto(host.url);
    assert.deepEqual(await violations(page), []);
  });

  it("prints in black, without what belongs to the screen", async (t) => {
    const page = await openReadersTab(t, browser, session);
    await visit(page, `${host.url}salon/`);
    await setMedium(page, "print");
    const shown = await page.$$eval(".top, .foot, .turn .button", (all) =>
      all.filter((element) => element.checkVisibility()).length,
    );
    assert.equal(shown, 0);
  });
});

describe("one client's own theme", () => {
  it("brings its font and its picture inside the page", async (t) => {
    const page = await openReadersTab(t, browser, session);
    await visit(page, `${host.url}pottery/`);
    const own = await look(page);
    assert.match(own.family, /^Own/);
    assert.ok(own.loaded.includes("Own"));
    assert.equal(own.picture, 'url("data:image/svg+xml;ba');
    await visit(page, `${host.url}salon/`);
    const other = await look(page);
    assert.doesNotMatch(other.family, /Own/);
    assert.equal(other.picture, "none");
  });
});
