// What is new since a reader's last visit: marked on their device alone, until they have seen it.

import assert from "node:assert/strict";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import {
  CLIENT_PASSPHRASE as CLAIRES,
  build,
  follow,
  isShown,
  launch,
  makeTemporary,
  openTab,
  serve,
  setColours,
  submit,
  textOf,
  unlock,
  violations,
  visit,
} from "./support.js";

const HUGOS = "papillon-tonneau-cerise-village-orage-bouton";
const PORTAL = "TSMxaKVQADQ";
const ACCESS = readFileSync(new URL("../fixtures/people-access.yaml", import.meta.url), "utf8");
const LISTED = "[data-news] [data-event]:not([hidden])";
const MARK = "[data-new]";
const STATUS = "[data-news-status]";

/** What happened between two builds; the note has an earlier date than what was told before. */
const UPDATE = "- on: 2026-11-01\n  title: Une note oubliée\n";
const CORRECTION = "- {id: C2, on: 2026-11-19, about: vitrine, done: 2026-11-20, text: Plus doux.}\n";
const SILENCED = "silenced: [{rule: approval-outdated, why: they saw it again}]\n";
const STEP = "---\ntitle: Éteindre le soir\nfinished: 2026-11-21\n---\n";
const NEWS = [
  "21 novembre 2026 Étape terminée : Éteindre le soir",
  "20 novembre 2026 Correction n° 2 faite (La vitrine, à votre adresse)",
  "19 novembre 2026 Correction n° 2 demandée (La vitrine, à votre adresse)",
  "1er novembre 2026 Une note oubliée",
];

const temporary = makeTemporary();
let browser, older, newer;

/** The site with Hugo as one more reader, before or after all that. */
const buildSite = (isLater) =>
  build(temporary.root, {
    prepare: (content) => {
      const salon = (path) => join(content, "salon", path);
      writeFileSync(salon("access.yaml"), ACCESS);
      const contacts = "contacts:\n  - {id: hugo, name: Hugo Mûrier, greeting: Hugo}";
      const client = readFileSync(salon("client.yaml"), "utf8");
      writeFileSync(salon("client.yaml"), client.replace("contacts:", contacts));
      if (!isLater) return;
      appendFileSync(salon("updates.yaml"), UPDATE);
      appendFileSync(salon("corrections.yaml"), CORRECTION);
      appendFileSync(join(content, "studio.yaml"), SILENCED);
      writeFileSync(salon("steps/03-soir.md"), STEP);
    },
  });

before(async () => {
  [older, newer] = await Promise.all([buildSite(false), buildSite(true)]);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  temporary.remove();
});

/** A host that begins with the older build; `publish` brings the newer one. */
async function serveSite(t) {
  const host = await serve(older);
  t.after(host.close);
  const publish = () => {
    host.folder = newer;
  };
  return { salon: `${host.url}salon/`, publish };
}

/** A reader who was there before the news came, and is there again. */
async function openAgain(t, { path = "", expected } = {}) {
  const site = await serveSite(t);
  const page = await openTab(t, browser, { expected });
  await unlock(page, site.salon);
  site.publish();
  await page.goto(`${site.salon}${path}`);
  await submit(page, CLAIRES); // a new build without its cache has a new key
  await page.waitForSelector(MARK);
  return { page, ...site };
}

const words = (text) => text.replace(/\s+/g, " ").trim();
const listed = (page) => page.$$eval(LISTED, (items) => items.map((item) => item.textContent));
const countMarks = (page) => page.$$eval(MARK, (marks) => marks.length);

/** How much is new on the page of each tab, as a screen reader says it. */
const tabs = (page) =>
  page.$$eval(`nav ${MARK}`, (marks) =>
    marks.map((mark) => {
      const spoken = mark.querySelector(".unseen").textContent;
      return `${mark.parentElement.firstChild.data} / ${spoken}`;
    }),
  );

const kept = (page) =>
  page.evaluate(
    (portal) => Object.keys(localStorage).filter((name) => name.startsWith(`${portal}:seen:`)),
    `portalgen:${PORTAL}`,
  );

/** What carries the mark of news on this page, other than tabs. */
const marked = (page) =>
  page.$$eval(`main ${MARK}`, (marks) => marks.map((mark) => mark.parentElement.textContent));

describe("news", () => {
  it("the first visit has none, and the device begins to remember", async (t) => {
    const { salon } = await serveSite(t);
    const page = await openTab(t, browser);
    await unlock(page, salon);
    await page.waitForFunction(() => localStorage.length > 0);
    assert.equal((await kept(page)).length, 1);
    await visit(page, salon);
    assert.equal(await countMarks(page), 0);
    assert.ok(!(await isShown(page, "[data-news]")));
    assert.equal(await textOf(page, STATUS), "");
  });

  it("is listed on the first page, by its day, and counted on the tabs", async (t) => {
    const { page } = await openAgain(t);
    assert.deepEqual((await listed(page)).map(words), NEWS);
    assert.equal(await textOf(page, "[data-count]"), "4");
    assert.deepEqual(await tabs(page), [
      "Vue d’ensemble / Nouveautés\u00a0: 1",
      "Corrections / Nouveautés\u00a0: 2",
      "Journal / Nouveautés\u00a0: 1",
    ]);
    await page.waitForSelector(`${STATUS} a`);
    assert.equal(await textOf(page, STATUS), "4 nouveautés depuis votre dernière visite.");
    assert.deepEqual((await marked(page)).map(words), ["Éteindre le soir Nouveau"]);
  });

  it("stays until its page is opened, where it is marked", async (t) => {
    const { page, salon } = await openAgain(t);
    await visit(page, salon);
    assert.equal((await listed(page)).length, 4);
    await visit(page, `${salon}corrections/`);
    await page.waitForSelector(`main ${MARK}`);
    assert.deepEqual((await marked(page)).map(words), ["Correction n° 2 Nouveau"]);
    await visit(page, salon);
    await page.waitForSelector(MARK);
    assert.deepEqual((await listed(page)).map(words), [NEWS[0], NEWS[3]]);
  });

  it("on the way back, the first page no longer lists what was seen meanwhile", async (t) => {
    const { page } = await openAgain(t, { expected: /favicon\.ico/ }); // see people.test.js
    await follow(page, `${LISTED} a[href*="correction-2"]`);
    assert.match(page.url(), /corrections\/index\.html#correction-2$/);
    await page.evaluate(() => history.back());
    await page.waitForFunction(
      (selector) => document.querySelectorAll(selector).length === 2,
      {},
      LISTED,
    );
    assert.deepEqual((await listed(page)).map(words), [NEWS[0], NEWS[3]]);
  });

  it("is marked in the thread of the journal, which tells of other pages too", async (t) => {
    const { page, salon } = await openAgain(t, { path: "journal/" });
    assert.deepEqual((await marked(page)).map(words), [
      `${NEWS[0]} Nouveau`,
      `${NEWS[1]} Nouveau`,
      `${NEWS[2]} Nouveau`,
      "Une note oubliée Nouveau",
    ]);
    await visit(page, salon);
    await page.waitForSelector(MARK);
    assert.deepEqual((await listed(page)).map(words), NEWS.slice(0, 3));
  });

  it("on the first page, it is seen by who goes there from another page", async (t) => {
    const { page, salon } = await openAgain(t, { path: "journal/" });
    await follow(page, `.fact:has(${MARK}) a`);
    assert.match(page.url(), /#on-soir$/);
    await page.waitForSelector(MARK);
    assert.deepEqual((await listed(page)).map(words), NEWS.slice(0, 3));
    await visit(page, salon);
    await page.waitForSelector(MARK);
    assert.deepEqual((await listed(page)).map(words), NEWS.slice(1, 3));
  });

  it("on the first page, a link to it makes it seen", async (t) => {
    const { page, salon } = await openAgain(t);
    await page.click(`${LISTED} a`);
    assert.match(page.url(), /#on-soir$/);
    assert.equal((await listed(page)).length, 4);
    await visit(page, salon);
    await page.waitForSelector(MARK);
    assert.deepEqual((await listed(page)).map(words), NEWS.slice(1));
  });

  it("the button makes all of it seen, and says so", async (t) => {
    const { page, salon } = await openAgain(t);
    await page.click("[data-seen]");
    assert.ok(!(await isShown(page, "[data-news]")));
    assert.equal(await countMarks(page), 0);
    assert.equal(await textOf(page, STATUS), "Plus rien n’est marqué comme nouveau.");
    assert.ok(await page.$eval("main h1", (heading) => heading === document.activeElement));
    await visit(page, salon);
    assert.equal(await countMarks(page), 0);
  });

  it("another tab that is open follows", async (t) => {
    const { page, salon } = await openAgain(t);
    const other = await openTab(t, browser);
    await unlock(other, salon);
    await other.waitForSelector(MARK);
    await page.bringToFront();
    await page.click("[data-seen]");
    await other.waitForFunction((mark) => !document.querySelector(mark), {}, MARK);
  });

  it("is each reader's own, on one device", async (t) => {
    const { page, salon } = await openAgain(t);
    const hugos = await openTab(t, browser);
    await unlock(hugos, salon, HUGOS);
    await hugos.waitForFunction(() => localStorage.length > 1);
    assert.equal((await kept(hugos)).length, 2);
    await visit(hugos, salon);
    assert.equal(await countMarks(hugos), 0);
    await visit(page, salon);
    await page.waitForSelector(MARK);
    assert.equal((await listed(page)).length, 4);
  });

  it("is accessible, and 320 pixels are enough", async (t) => {
    const { page, salon } = await openAgain(t);
    for (const [scheme, width] of [["light", 320], ["dark", 1280]]) {
      await setColours(page, scheme);
      await page.setViewport({ width, height: 800 });
      await visit(page, salon);
      await page.waitForSelector(`${STATUS} a`);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
      assert.deepEqual(await violations(page), [], scheme);
    }
  });
});

describe("what a device keeps of it", () => {
  it("goes when its reader logs out", async (t) => {
    const { page } = await openAgain(t);
    assert.equal((await kept(page)).length, 1);
    await page.click("[data-lock]");
    await page.waitForSelector("#lock-passphrase:focus");
    assert.deepEqual(await kept(page), []);
  });

  it("goes when the device is to forget", async (t) => {
    const { salon } = await serveSite(t);
    const page = await openTab(t, browser);
    await page.goto(salon);
    await page.waitForSelector("#lock-passphrase:focus");
    await page.click(".lock-remember");
    await page.focus("#lock-passphrase");
    await submit(page, CLAIRES);
    await page.waitForSelector("[data-forget]", { visible: true });
    await page.waitForFunction(() => localStorage.length > 0);
    await page.click("[data-forget]");
    assert.deepEqual(await kept(page), []);
  });

  it("is replaced when it is damaged", async (t) => {
    const { page, salon } = await openAgain(t);
    await page.evaluate(() => {
      for (const name of Object.keys(localStorage)) localStorage.setItem(name, "{]");
    });
    await visit(page, salon);
    await page.waitForFunction(() => !localStorage.getItem(Object.keys(localStorage)[0]).includes("{"));
    assert.equal(await countMarks(page), 0);
  });

  it("is nothing where storage is refused, and no page complains", async (t) => {
    const { salon } = await serveSite(t);
    const page = await openTab(t, browser);
    await page.evaluateOnNewDocument(() => {
      Object.defineProperty(globalThis, "localStorage", {
        get() {
          throw new DOMException("refused", "SecurityError");
        },
      });
    });
    await unlock(page, salon);
    await page.waitForFunction(() => globalThis.portalgen.opened.then(() => true));
    assert.equal(await countMarks(page), 0);
    assert.ok(!(await isShown(page, "[data-news]")));
  });
});
