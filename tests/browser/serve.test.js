// `portalgen serve`: a page that follows its folder.

import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { inBar, makeWorkspace, preview, until } from "./previews.js";
import { png } from "./samples.js";
import {
  CLIENT_PASSPHRASE,
  isShown,
  launch,
  makeTemporary,
  openTab,
  setColours,
  submit,
  textOf,
  violations,
  waitUntilShown,
} from "./support.js";

const STEP = "salon/steps/01-ecoute.md";
const SAID = "Nous avons dessiné la vitrine";

const temporary = makeTemporary();
let browser, site, host;

before(async () => {
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await host?.close();
  temporary.remove();
});

/** A preview in place of that of the test before, whose tabs are closed by now. */
async function start(options = [], prepare = () => {}) {
  await host?.close();
  site = makeWorkspace(temporary.root);
  prepare();
  host = await preview(site.workspace, ...options);
}

/** What a page waits for is broken off when it is left; Firefox says so. */
const LEFT = "/\\.preview/\\S+ NS_BINDING_ABORTED";

const openOwnTab = (t, { expected = "^$" } = {}) =>
  openTab(t, browser, { expected: new RegExp(`${LEFT}|${expected}`, "i") });

async function open(t, path = "salon/", options = [], tab = {}) {
  await start(options);
  const page = await openOwnTab(t, tab);
  await page.setViewport({ width: 1000, height: 500 });
  await visit(page, path);
  return page;
}

async function visit(page, path) {
  await page.goto(host.url + path);
  await waitUntilShown(page);
}

const has = (page, text) =>
  until(page, (wanted) => document.querySelector("main")?.textContent.includes(wanted), text);

const hasInBar = (page, selector, text) =>
  until(
    page,
    (wanted, part) => {
      const found = document.getElementById("portalgen-bar")?.shadowRoot.querySelector(wanted);
      return found?.checkVisibility() && found.textContent.includes(part);
    },
    selector,
    text,
  );

/** With links in a shadow tree, axe-core no longer knows the link that skips to the content. */
const isReal = (violation) => !violation.startsWith('region: <a class="skip"');

const isGone = (page, selector) =>
  until(
    page,
    (wanted) => {
      const bar = document.getElementById("portalgen-bar")?.shadowRoot;
      return bar && !bar.querySelector(wanted)?.checkVisibility();
    },
    selector,
  );

describe("a page of a preview", () => {
  it("is the page that its client sees, with its script at work", async (t) => {
    const page = await open(t, "salon/");
    assert.match(await textOf(page, "main"), /Bonjour Madame Mûrier/);
    assert.ok(await isShown(page, "time[data-relative] .relative"));
    assert.equal(await inBar(page, ".kind"), "Preview in clear, only on this machine");
    const accent = await page.evaluate(() =>
      getComputedStyle(document.documentElement).getPropertyValue("--accent-on-light"),
    );
    assert.notEqual(accent, "");
    await page.click(".top-line [data-lock]");
    await hasInBar(page, "[role=status]", "see it with --locked");
  });

  it("changes when it is saved, and stays where it is scrolled to, and unfolded", async (t) => {
    const page = await open(t, "salon/");
    await page.evaluate(() => {
      for (const fold of document.querySelectorAll("details")) fold.open = true;
      scrollTo(0, 420);
      document.querySelector("main a").focus({ preventScroll: true });
    });
    const focused = await page.evaluate(() => document.activeElement.textContent);
    site.save(STEP, (text) => text.replace(SAID, "Nous avons tout dessiné"));
    await has(page, "Nous avons tout dessiné");
    await waitUntilShown(page);
    await until(page, () => scrollY === 420);
    assert.ok(
      await page.evaluate(() => [...document.querySelectorAll("details")].every(({ open }) => open)),
    );
    assert.equal(await page.evaluate(() => document.activeElement.textContent), focused);
  });

  it("is not loaded again when only another one changed", async (t) => {
    const page = await open(t, "salon/spec/");
    await page.evaluate(() => (globalThis.isSame = true));
    const second = await openOwnTab(t);
    await visit(second, "salon/");
    site.save(STEP, (text) => text.replace(SAID, "Nous avons tout dessiné"));
    await has(second, "Nous avons tout dessiné");
    site.save("salon/steps/01-ecoute.md", (text) => text.replace("status: done", "status: dne"));
    await hasInBar(page, ".panel", "dne");
    assert.ok(await page.evaluate(() => globalThis.isSame));
  });

  it("stays while something is wrong, which stands over it with its line", async (t) => {
    const page = await open(t, "salon/");
    await page.evaluate(() => scrollTo(0, 300));
    site.save(STEP, (text) => text.replace("status: done", "status: dnoe"));
    await hasInBar(page, ".panel", "last good one");
    const panel = await inBar(page, ".panel");
    assert.match(panel, /1 error/);
    assert.ok(panel.includes(`content/${STEP}:3:9`));
    assert.match(panel, /3 \| status: dnoe\n\s+\| status: \^{4}/);
    assert.match(panel, /did you mean "done"\?/);
    assert.equal(await page.evaluate(() => scrollY), 300);
    assert.ok((await textOf(page, "main")).includes(SAID));
    const role = await page.evaluate(() =>
      document.getElementById("portalgen-bar").shadowRoot.querySelector(".panel").role,
    );
    assert.equal(role, "alert");
    site.save(STEP, (text) => text.replace("status: dnoe", "status: done"));
    await isGone(page, ".panel");
    assert.ok(await page.evaluate(() => scrollY === 300));
  });

  it("has its errors folded away, until there are others", async (t) => {
    const page = await open(t, "salon/");
    const press = () =>
      page.evaluate(() =>
        document.getElementById("portalgen-bar").shadowRoot.querySelector(".panel button").click(),
      );
    site.save(STEP, (text) => text.replace("status: done", "status: dnoe"));
    await hasInBar(page, ".panel .problems", "dnoe");
    await press();
    assert.equal(await inBar(page, ".panel .problems"), null);
    assert.match(await inBar(page, ".panel h2"), /1 error/);
    site.save(STEP, (text) => text.replace("status: dnoe", "status: dnnoe"));
    await hasInBar(page, ".panel .problems", "dnnoe");
  });

  it("says how many warnings there are, and lists them when asked", async (t) => {
    const page = await open(t, "salon/");
    site.save("salon/invoice.yaml", (text) => text.replace(/^thanks:.*$/m, ""));
    await hasInBar(page, "[aria-controls=list]", "warning");
    await isGone(page, ".list");
    await page.evaluate(() => {
      const bar = document.getElementById("portalgen-bar").shadowRoot;
      bar.querySelector("[aria-controls=list]").click();
    });
    await hasInBar(page, ".list", "thanks");
  });

  it("greets whoever is asked for, and whoever is chosen", async (t) => {
    const page = await open(t, "salon/", ["--as", "NADIA"]);
    assert.match(await textOf(page, "main"), /Bonjour Nadia/);
    await page.evaluate(() => {
      const bar = document.getElementById("portalgen-bar").shadowRoot;
      const select = bar.querySelector("select");
      select.value = [...select.options].find(({ text }) => text === "Claire Mûrier").value;
      select.dispatchEvent(new Event("change"));
    });
    await has(page, "Bonjour Madame Mûrier");
  });

  it("shows a draft, and an invoice that nobody approved", async (t) => {
    const page = await open(t, "salon/");
    site.save("salon/invoice.yaml", (text) => text.replace(/^approval:.*$/m, ""));
    await hasInBar(page, ".end", "Draft: ");
    const address = await page.evaluate(() => {
      const bar = document.getElementById("portalgen-bar").shadowRoot;
      return bar.querySelector(".end a").pathname;
    });
    assert.ok(!(await page.evaluate((path) => document.body.innerHTML.includes(path), address)));
    await visit(page, address.slice(1));
    assert.equal(await inBar(page, ".kind"), "Draft invoice: your client does not see it");
    assert.match(await textOf(page, "main"), /Brouillon/);
    site.save("salon/client.yaml", (text) => `${text}draft: yes\n`);
    await visit(page, "salon/");
    await hasInBar(page, ".kind", "Draft, not published");
  });

  it("hands over files, and shows pictures", async (t) => {
    await start([], () => {
      mkdirSync(join(site.content, "salon/files"), { recursive: true });
      writeFileSync(join(site.content, "salon/files/la photo.png"), png(240, 160));
      site.save(STEP, (text) => `${text}\n![La photo](<files/la photo.png>)\n`);
    });
    // The picture is there before the browser has taken note that all of it has come.
    const page = await openOwnTab(t, { expected: "la%20photo.png net::ERR_ABORTED" });
    await visit(page, "salon/");
    await page.evaluate(() => document.querySelector("img[data-file]").scrollIntoView());
    await until(page, () => document.querySelector("img[data-file]").naturalWidth === 240);
  });

  it("comes back by itself when the preview was away", async (t) => {
    const page = await open(t, "salon/", [], { expected: "ERR_|NetworkError|connection|NS_" });
    const { port } = host;
    await host.close();
    await hasInBar(page, "[role=status]", "Connection lost");
    site.save(STEP, (text) => text.replace(SAID, "Nous avons tout dessiné"));
    host = await preview(site.workspace, "--port", port);
    await has(page, "Nous avons tout dessiné");
    await isGone(page, "[role=status]:not(:empty)");
  });

  it("is there for many tabs at once", async (t) => {
    const page = await open(t, "salon/");
    const others = [];
    for (let number = 0; number < 8; number += 1) others.push(await openOwnTab(t));
    for (const one of others) await visit(one, "salon/");
    site.save(STEP, (text) => text.replace(SAID, "Nous avons tout dessiné"));
    for (const one of [page, ...others]) await has(one, "Nous avons tout dessiné");
  });

  it("is gone with its client, and there again", async (t) => {
    const page = await open(t, "pottery/", [], { expected: "404" });
    rmSync(join(site.content, "pottery/spec.md"));
    await hasInBar(page, ".panel", "no specification");
    rmSync(join(site.content, "pottery"), { recursive: true });
    await has(page, "No portal has a page of this address.");
    mkdirSync(join(site.content, "pottery"));
    writeFileSync(join(site.content, "pottery/spec.md"), "- R1: A kiln\n");
    const client = "name: Potter\nlanguage: en\nproject: {title: Once more}\n";
    writeFileSync(join(site.content, "pottery/client.yaml"), client);
    await has(page, "Once more");
  });

  for (const colours of ["light", "dark"]) {
    it(`can be read by everybody, in ${colours} colours and on a phone`, async (t) => {
      const page = await open(t, "salon/");
      await setColours(page, colours);
      await page.setViewport({ width: 360, height: 640 });
      site.save(STEP, (text) => text.replace("status: done", "status: dnoe"));
      await hasInBar(page, ".panel", "dnoe");
      assert.deepEqual((await violations(page)).filter(isReal), []);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.ok(!wide);
      await page.goto(host.url);
      await has(page, "Salon Éphémère");
      assert.deepEqual((await violations(page)).filter(isReal), []);
    });
  }
});

describe("the list of portals", () => {
  it("leads to each, and follows them", async (t) => {
    await start();
    const page = await openOwnTab(t);
    await page.goto(host.url);
    await has(page, "Salon Éphémère");
    site.save("salon/client.yaml", (text) => text.replace("Salon Éphémère", "Salon Durable"));
    await has(page, "Salon Durable");
    site.save("salon/client.yaml", (text) => `${text}nonsense: 1\n`);
    await has(page, "In error");
    await has(page, "nonsense");
    await Promise.all([page.waitForNavigation(), page.click('a[href="/studio/"]')]);
    await waitUntilShown(page);
  });
});

describe("a locked preview", () => {
  it("opens with a passphrase, and stays open when it changes", async (t) => {
    await start(["--locked"]);
    const page = await openOwnTab(t);
    await page.goto(`${host.url}salon/`);
    await submit(page, CLIENT_PASSPHRASE);
    await waitUntilShown(page);
    assert.match(await textOf(page, "main"), /Bonjour Madame Mûrier/);
    await hasInBar(page, ".kind", "Preview, locked as published");
    site.save(STEP, (text) => text.replace(SAID, "Nous avons tout dessiné"));
    await has(page, "Nous avons tout dessiné");
  });
});
