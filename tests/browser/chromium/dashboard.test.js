// The studio's dashboard: for whom it opens, and what the reader's day does to it.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import {
  STUDIO_PASSPHRASE,
  build,
  isShown,
  launch,
  makeTemporary,
  openTab,
  readError,
  serve,
  setColours,
  setMedium,
  submit,
  textOf,
  unlock,
  violations,
  waitUntilShown,
} from "../support.js";

const SIZES = { phone: { width: 320, height: 640 }, desktop: { width: 1280, height: 800 } };

const temporary = makeTemporary();
let browser, host, session;

before(async () => {
  process.env.TZ = "Pacific/Auckland"; // far from Greenwich, where a new day begins half a day later
  browser = await launch();
  host = await serve(await build(temporary.root));
  const page = await browser.newPage();
  await unlock(page, `${host.url}studio/`, STUDIO_PASSPHRASE);
  session = await page.evaluate(() => Object.entries(sessionStorage));
  await page.close();
});

after(async () => {
  host?.close();
  await browser?.close();
  temporary.remove();
});

/** Opens the dashboard in a new tab, at a moment on the reader's clock. */
async function openAt(t, moment, viewport = SIZES.desktop) {
  const page = await openTab(t, browser);
  await page.setViewport(viewport);
  await page.evaluateOnNewDocument(
    (entries, now) => {
      if (origin === "null") return; // about:blank, before the first page
      for (const [name, value] of entries) sessionStorage.setItem(name, value);
      const { Date: RealDate } = globalThis;
      globalThis.Date = class extends RealDate {
        constructor(...parts) {
          super(...(parts.length ? parts : [now]));
        }
      };
    },
    session,
    moment,
  );
  await page.goto(`${host.url}studio/`);
  await waitUntilShown(page);
  return page;
}

/** What the reader sees, as one line. */
const read = (page, selector) =>
  page.$eval(selector, (element) => element.innerText.replace(/\s+/g, " "));

const late = (page) => read(page, 'section[aria-labelledby="late"]');

describe("the dashboard", () => {
  it("opens for the studio, and for no client", async (t) => {
    const page = await openTab(t, browser);
    await page.goto(`${host.url}studio/`);
    await submit(page, "chaton-elegant-riviere-facade-melon-girafe");
    assert.match(await readError(page), /not the passphrase/);
    await submit(page, STUDIO_PASSPHRASE);
    await waitUntilShown(page);
    assert.equal(await textOf(page, "h1"), "Tableau de bord");
    assert.equal(await page.$eval("html", (root) => root.lang), "fr");
  });

  it("leads to every portal that stands", async (t) => {
    const page = await openAt(t, "2026-11-23T09:00");
    const links = await page.$$eval("h3 a", (all) => [...new Set(all.map((link) => link.href))]);
    assert.deepEqual(links.sort(), [`${host.url}pottery/index.html`, `${host.url}salon/index.html`]);
    for (const link of links) {
      await page.goto(link);
      await page.waitForSelector("#lock-passphrase:focus");
    }
  });

  it("gives each project its client's colour", async (t) => {
    const page = await openAt(t, "2026-11-23T09:00");
    const colours = await page.$$eval(".project", (all) =>
      all.map((one) => getComputedStyle(one).borderTopColor),
    );
    assert.deepEqual(colours.sort(), ["rgb(138, 59, 92)", "rgb(29, 91, 76)"]);
  });

  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const scheme of ["light", "dark"]) {
      it(`is accessible on a ${size}, ${scheme}, with all of it late`, async (t) => {
        const page = await openAt(t, "2031-01-01T09:00", viewport);
        await setColours(page, scheme);
        assert.deepEqual(await violations(page), []);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.equal(width, viewport.width);
      });
    }
  }

  it("prints what is on the screen", async (t) => {
    const page = await openAt(t, "2026-11-21T09:00");
    await setMedium(page, "print");
    assert.ok(!(await isShown(page, ".top")));
    assert.match(await late(page), /Le projet entier 20 novembre 2026 Salon Éphémère/);
  });
});

describe("what is late", () => {
  const nothing = "Ce qui est en retard Rien n’est en retard.";

  it("is nothing while the last day lasts", async (t) => {
    assert.equal(await late(await openAt(t, "2026-11-20T23:59")), nothing);
  });

  it("is told from the first minute after it, on the reader's own clock", async (t) => {
    const page = await openAt(t, "2026-11-21T00:01");
    assert.equal(
      await late(page),
      "Ce qui est en retard Le projet entier 20 novembre 2026 Salon Éphémère",
    );
  });

  it("grows with the days", async (t) => {
    const marked = async (day) => {
      const page = await openAt(t, `${day}T12:00`);
      return page.$$eval(".badge[data-late-after]:not([hidden])", (all) =>
        all.map((mark) => mark.parentElement.innerText.replace(/\s+/g, " ")),
      );
    };
    const invoice = "Salon Éphémère échéance le 20 décembre 2026 En retard";
    const papers = "Taking payments Eleanor Hartley avant le 4 décembre 2026 En retard";
    const project = "20 novembre 2026 En retard";
    assert.deepEqual(await marked("2026-11-20"), []);
    assert.deepEqual(await marked("2026-12-04"), [project]);
    assert.deepEqual(await marked("2026-12-05"), [papers, project]);
    assert.deepEqual(await marked("2026-12-21"), [invoice, papers, project]);
  });
});
