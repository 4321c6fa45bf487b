// A client's visit to portals that the command line built: opening, walking, locking.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import {
  BEHIND,
  CLIENT_PASSPHRASE,
  INVOICE,
  PAGES,
  STUDIO_PASSPHRASE,
  build,
  engine,
  follow,
  launch,
  makeTemporary,
  openReadersTab,
  openSession,
  openTab,
  readError,
  serve,
  submit,
  textOf,
  unlock,
  visit,
  waitUntilShown,
} from "./support.js";

const temporary = makeTemporary();
let browser, output, rebuilt, host, session;

before(async () => {
  [output, rebuilt] = await Promise.all([build(temporary.root), build(temporary.root)]);
  browser = await launch();
  host = await serve(output);
  session = await openSession(browser, [`${host.url}salon/`, `${host.url}pottery/`]);
});

after(async () => {
  host?.close();
  await browser?.close();
  temporary.remove();
});

const waitUntilLocked = (page) => page.waitForSelector("#lock-passphrase:focus");

describe("opening", () => {
  const typed = {
    "as it was given": CLIENT_PASSPHRASE,
    "with capitals, accents and doubled spaces": "Châton ÉLÉGANT  rivière   façade Melon girafe ",
    "with spaces and none of its accents": "chaton elegant riviere facade melon girafe",
    "the studio's": STUDIO_PASSPHRASE,
  };
  for (const [name, passphrase] of Object.entries(typed)) {
    it(`the passphrase ${name}`, async (t) => {
      const page = await openTab(t, browser);
      await unlock(page, `${host.url}salon/`, passphrase);
      assert.equal(await textOf(page, "h1"), "La vitrine de Noël");
      assert.match(await page.title(), /La vitrine de Noël/);
      assert.equal(await page.$eval("html", (root) => root.lang), "fr");
    });
  }

  it("takes the focus to the beginning of the page", async (t) => {
    const page = await openTab(t, browser);
    await unlock(page, `${host.url}salon/`);
    await page.waitForSelector("h1:focus");
  });

  it("brings the client's own colour", async (t) => {
    const page = await openReadersTab(t, browser, session);
    await visit(page, `${host.url}salon/`);
    const accent = await page.evaluate(() =>
      getComputedStyle(document.documentElement).getPropertyValue("--accent"),
    );
    assert.equal(accent, "#8a3b5c");
    assert.equal(await page.$("link[rel=stylesheet][href^='data:'], style"), null);
  });

  it("a wrong passphrase is said, and may be tried again", async (t) => {
    const page = await openTab(t, browser);
    await page.goto(`${host.url}salon/`);
    await submit(page, "chaton-elegant");
    assert.match(await readError(page), /not the passphrase/);
    assert.equal(await page.$eval("#lock-error", (region) => region.role), "alert");
    assert.equal(await page.$eval("#lock-passphrase", (field) => field.ariaInvalid), "true");
    await submit(page, CLIENT_PASSPHRASE); // the field has the focus, and its text is selected
    await waitUntilShown(page);
  });
});

describe("walking", () => {
  for (const [portal, paths] of Object.entries(PAGES)) {
    it(`${portal}: every tab of every page, without being asked again`, async (t) => {
      const page = await openTab(t, browser);
      await unlock(page, `${host.url}${portal}/`);
      const addresses = paths.map((path) => `${host.url}${portal}/${path}index.html`);
      for (const [position, address] of addresses.entries()) {
        await follow(page, `nav li:nth-child(${position + 1}) a`);
        assert.equal(page.url(), address);
        const tabs = await page.$$eval("nav a", (links) =>
          links.map((link) => [link.href, link.ariaCurrent]),
        );
        const expected = addresses.map((tab) => [tab, tab === address ? "page" : null]);
        assert.deepEqual(tabs, expected);
      }
    });

    it(`${portal}: every link into the portal finds its place`, async (t) => {
      const page = await openReadersTab(t, browser, session);
      const links = [];
      const places = new Set();
      for (const path of [...paths, ...BEHIND]) {
        await visit(page, `${host.url}${portal}/${path}index.html`);
        const found = await page.evaluate(() => ({
          hrefs: [...document.querySelectorAll("a[href]")].map((link) => link.href),
          ids: ["", ...[...document.querySelectorAll("[id]")].map((element) => `#${element.id}`)],
        }));
        links.push(...found.hrefs.filter((href) => href.startsWith(host.url)));
        const address = page.url().split("#")[0];
        found.ids.forEach((id) => places.add(address + id));
      }
      assert.deepEqual(links.filter((link) => !places.has(link)), []);
      assert.ok(links.some((link) => link.includes("#")));
    });
  }

  it("a new build asks again, and its pages open", async (t) => {
    const changing = await serve(output);
    t.after(changing.close);
    const page = await openTab(t, browser);
    await unlock(page, `${changing.url}salon/`);
    changing.folder = rebuilt;
    await page.goto(`${changing.url}salon/spec/`);
    await waitUntilLocked(page);
    assert.equal(await textOf(page, "#lock-error"), "");
    assert.equal(await page.evaluate(() => sessionStorage.length), 0);
    await submit(page, CLIENT_PASSPHRASE);
    await waitUntilShown(page);
  });

  it("the button locks every page again, also on the way back", async (t) => {
    const context = await browser.createBrowserContext(); // it ends every session of this one
    const page = await openTab(t, context, { expected: /favicon\.ico/ }); // see people.test.js
    await unlock(page, `${host.url}salon/`);
    await visit(page, `${host.url}salon/spec/`);
    await page.click("[data-lock]");
    await waitUntilLocked(page);
    assert.equal(await page.evaluate(() => sessionStorage.length), 0);
    await page.evaluate(() => history.back()); // Firefox shows what it kept, and loads nothing
    await waitUntilLocked(page);
  });

  it("one portal's passphrase leaves the other one locked", async (t) => {
    const page = await openTab(t, browser);
    await unlock(page, `${host.url}salon/`);
    await page.goto(`${host.url}pottery/`);
    await waitUntilLocked(page);
  });
});

describe("addresses", () => {
  it("a portal works below any path", async (t) => {
    const deep = await serve(output, "/clients/x");
    t.after(deep.close);
    const page = await openTab(t, browser);
    await unlock(page, `${deep.url}salon/${INVOICE.slice(0, -1)}`);
    assert.equal(page.url(), `${deep.url}salon/${INVOICE}`);
    await follow(page, "nav li:nth-child(2) a");
    assert.equal(page.url(), `${deep.url}salon/spec/index.html`);
  });

  it("a portal works from the disk", async (t) => {
    const page = await openTab(t, browser);
    const folder = pathToFileURL(join(output, "salon")).href;
    await unlock(page, `${folder}/index.html`);
    for (const path of PAGES.salon.slice(1)) {
      const link = `nav a[href$="${path}index.html"]`;
      await Promise.all([page.waitForNavigation(), page.click(link)]);
      if (engine.eachFileAlone) await submit(page, CLIENT_PASSPHRASE);
      await waitUntilShown(page);
      assert.equal(page.url(), `${folder}/${path}index.html`);
    }
  });

  it("a fragment is scrolled to, when typed and when the session opens", async (t) => {
    const page = await openTab(t, browser);
    await page.setViewport({ width: 400, height: 300 });
    const distance = () => page.$eval("#r1", (element) => element.getBoundingClientRect().top);
    await unlock(page, `${host.url}salon/spec/#r1`);
    assert.ok((await distance()) < 60);
    await visit(page, `${host.url}salon/`);
    await visit(page, `${host.url}salon/spec/#r1`);
    assert.ok((await distance()) < 60);
    assert.equal(await page.$eval(":target", (element) => element.id), "r1");
  });
});
