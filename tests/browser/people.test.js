// Who opens a portal, and how: people, access links, and what a session and a device remember.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import {
  CLIENT_PASSPHRASE as CLAIRES,
  build,
  isShown,
  launch,
  makeTemporary,
  openTab,
  readError,
  serve,
  submit,
  textOf,
  unlock,
  violations,
  waitUntilShown,
} from "./support.js";

const HUGOS = "papillon-tonneau-cerise-village-orage-bouton";
const HUGO = "W-n28DGwlPE";
const LINK = "8qBboPSju-A";
const FRAGMENT = "#k=D1HlxhfmtUKe5HGEZp1o652i8K3JGOB9A_zd6ed18Ag";
const PORTAL = "TSMxaKVQADQ";

/** Firefox looks for one when it goes back, and locking the page breaks that off. */
const ICON = /favicon\.ico/;

const ACCESS = readFileSync(new URL("../fixtures/people-access.yaml", import.meta.url), "utf8");

/** The people of the salon less one of them. */
const without = (kid) =>
  ACCESS.split(/^(?=- )/m)
    .filter((entry) => !entry.includes(kid))
    .join("");

const temporary = makeTemporary();
let browser, all, rebuilt, withoutHugo, withoutLink;

/** Builds the site with these people for the salon, where Hugo is one more contact. */
const buildFor = (access) =>
  build(temporary.root, {
    prepare: (content) => {
      writeFileSync(join(content, "salon/access.yaml"), access);
      const client = join(content, "salon/client.yaml");
      const contacts = "contacts:\n  - {id: hugo, name: Hugo Mûrier, greeting: Hugo}";
      writeFileSync(client, readFileSync(client, "utf8").replace("contacts:", contacts));
    },
  });

before(async () => {
  const outputs = [ACCESS, ACCESS, without(HUGO), without(LINK)].map(buildFor);
  [all, rebuilt, withoutHugo, withoutLink] = await Promise.all(outputs);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  temporary.remove();
});

/** A host of its own for each test: what a browser keeps, it keeps by the port too. */
async function serveAlone(t, folder = all) {
  const host = await serve(folder);
  t.after(host.close);
  return { host, salon: `${host.url}salon/`, pottery: `${host.url}pottery/` };
}

const waitUntilLocked = (page) => page.waitForSelector("#lock-passphrase:focus");

/** Opens a page that asks for nothing. */
async function visit(page, url) {
  await page.goto(url);
  await waitUntilShown(page);
}

/** Opens a page that asks, and says nothing else. */
async function visitLocked(page, url) {
  await page.bringToFront();
  await page.goto(url);
  await waitUntilLocked(page);
  assert.equal(await textOf(page, "#lock-error"), "");
}

/** Unlocks a page and has the device remember the reader. */
async function remember(page, url, passphrase = CLAIRES) {
  await page.goto(url);
  await waitUntilLocked(page);
  await page.click(".lock-remember");
  await page.focus("#lock-passphrase");
  await submit(page, passphrase);
  await waitUntilShown(page);
}

/** What the device keeps for the salon, or null; `until` is set first if it is given. */
const entryOf = (page, until = null) =>
  page.evaluate(
    async (name, newUntil) => {
      const settled = (request) =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const databases = await indexedDB.databases();
      if (!databases.some((one) => one.name === name)) return null;
      const database = await settled(indexedDB.open(name));
      const store = database.transaction("reader", "readwrite").objectStore("reader");
      const entry = await settled(store.get("me"));
      if (newUntil) await settled(store.put({ ...entry, until: newUntil }, "me"));
      database.close();
      if (!entry) return null;
      const { algorithm, extractable, type, usages } = entry.key;
      return { ...entry, key: { name: algorithm.name, extractable, type, usages } };
    },
    `portalgen:${PORTAL}`,
    until,
  );

const fragmentOf = (page) => page.evaluate(() => location.hash);

describe("two people", () => {
  it("open it with passphrases of their own, and each is greeted", async (t) => {
    const { salon } = await serveAlone(t);
    const page = await openTab(t, browser);
    await unlock(page, salon, CLAIRES);
    assert.equal(await textOf(page, ".hello"), "Bonjour Madame Mûrier");
    const other = await openTab(t, browser);
    await unlock(other, salon, HUGOS);
    assert.equal(await textOf(other, ".hello"), "Bonjour Hugo");
    assert.equal(await other.$eval(".hello", (greeting) => greeting.childElementCount), 1);
  });

  it("the one who is taken away is out, the other one types once more", async (t) => {
    const { host, salon } = await serveAlone(t);
    const hugo = await openTab(t, browser);
    await unlock(hugo, salon, HUGOS);
    const claire = await openTab(t, browser);
    await unlock(claire, salon, CLAIRES);
    host.folder = withoutHugo;
    await visitLocked(hugo, salon);
    await submit(hugo, HUGOS);
    assert.match(await readError(hugo), /not the passphrase/);
    await visitLocked(claire, salon);
    await submit(claire, CLAIRES);
    await waitUntilShown(claire);
  });
});

describe("this device", () => {
  it("remembers nobody who did not ask for it", async (t) => {
    const { salon } = await serveAlone(t);
    const page = await openTab(t, browser);
    await page.goto(salon);
    await waitUntilLocked(page);
    const box = await page.$eval("#lock-remember", ({ checked, labels }) => ({
      checked,
      label: labels[0].textContent.trim(),
    }));
    assert.deepEqual(box, { checked: false, label: "Remember me on this device" });
    await submit(page, CLAIRES);
    await waitUntilShown(page);
    assert.equal(await entryOf(page), null);
    assert.ok(!(await isShown(page, "[data-device]")));
    await visitLocked(await openTab(t, browser), salon);
  });

  it("warns before it remembers", async (t) => {
    const { salon } = await serveAlone(t);
    const page = await openTab(t, browser);
    await page.goto(salon);
    await waitUntilLocked(page);
    const warning = await page.$eval("#lock-remember", (box) =>
      document.getElementById(box.getAttribute("aria-describedby")).textContent.trim(),
    );
    assert.match(warning, /30 days.* shared computer/);
  });

  it("keeps a key that cannot be exported, for 30 days, and says until when", async (t) => {
    const { salon } = await serveAlone(t);
    const page = await openTab(t, browser);
    const started = await page.evaluate(() => Date.now());
    await remember(page, salon);
    const { kid, until, key } = await entryOf(page);
    assert.equal(kid, "AoII2_cSBDY");
    const days = (until - started) / 86_400_000;
    assert.ok(days >= 30 && days < 30.01, days);
    const readOnly = { extractable: false, type: "private", usages: ["deriveBits"] };
    assert.deepEqual(key, { name: "ECDH", ...readOnly });
    assert.ok(await isShown(page, "[data-device]"));
    const day = new Intl.DateTimeFormat("fr", { dateStyle: "long" }).format(until);
    assert.equal(await textOf(page, "[data-device] time"), day);
    assert.deepEqual(await violations(page), []);
  });

  it("opens in a new tab, after a new build, and after somebody else was taken away", async (t) => {
    const { host, salon } = await serveAlone(t);
    await remember(await openTab(t, browser), salon);
    for (const folder of [all, rebuilt, withoutHugo]) {
      host.folder = folder;
      const page = await openTab(t, browser);
      await visit(page, `${salon}spec/`);
      await visit(page, salon);
      assert.equal(await textOf(page, ".hello"), "Bonjour Madame Mûrier");
    }
  });

  it("forgets when the time is over, without a word", async (t) => {
    const { salon } = await serveAlone(t);
    const first = await openTab(t, browser);
    await remember(first, salon);
    await entryOf(first, 1);
    const page = await openTab(t, browser);
    await visitLocked(page, salon);
    assert.equal(await entryOf(page), null);
  });

  it("forgets who may no longer read, without a word", async (t) => {
    const { host, salon } = await serveAlone(t);
    await remember(await openTab(t, browser), salon, HUGOS);
    host.folder = withoutHugo;
    const page = await openTab(t, browser);
    await visitLocked(page, salon);
    assert.equal(await entryOf(page), null);
  });

  it("forgets when asked to, and the page stays open", async (t) => {
    const { salon } = await serveAlone(t);
    const page = await openTab(t, browser);
    await remember(page, salon);
    await page.focus("[data-forget]");
    await page.keyboard.press("Enter");
    await page.waitForSelector("[data-device]", { hidden: true });
    assert.ok(await page.evaluate(() => document.activeElement.closest("footer") !== null));
    assert.equal(await entryOf(page), null);
    await visit(page, `${salon}spec/`);
    await visitLocked(await openTab(t, browser), salon);
  });

  it("offers nothing where the browser refuses to keep anything", async (t) => {
    const { salon } = await serveAlone(t);
    const page = await openTab(t, browser);
    await page.evaluateOnNewDocument(() => {
      const refuse = () => {
        throw new DOMException("refused", "SecurityError");
      };
      for (const name of ["indexedDB", "localStorage", "sessionStorage"]) {
        Object.defineProperty(globalThis, name, { get: refuse });
      }
    });
    await page.goto(salon);
    await waitUntilLocked(page);
    assert.equal(await page.$("#lock-remember"), null);
    assert.doesNotMatch(await textOf(page, "form"), /device/);
    await submit(page, CLAIRES);
    await waitUntilShown(page);
    assert.ok(!(await isShown(page, "[data-device]")));
  });
});

describe("logging out", () => {
  it("locks every tab, those too that were elsewhere, and makes the device forget", async (t) => {
    const { host, salon } = await serveAlone(t);
    const asleep = await openTab(t, browser, { expected: ICON });
    await remember(asleep, salon);
    await asleep.goto(host.url);
    const [page, other] = [await openTab(t, browser), await openTab(t, browser)];
    await visit(page, salon);
    await visit(other, `${salon}spec/`);
    await page.bringToFront();
    await page.click("[data-lock]");
    for (const tab of [page, other]) {
      await tab.bringToFront();
      await waitUntilLocked(tab);
      assert.equal(await tab.evaluate(() => sessionStorage.length), 0);
    }
    assert.equal(await entryOf(page), null);
    await asleep.bringToFront();
    await asleep.evaluate(() => history.back());
    await waitUntilLocked(asleep);
    await visitLocked(await openTab(t, browser), salon);
  });

  it("of one portal leaves another one of the host alone", async (t) => {
    const { salon, pottery } = await serveAlone(t);
    await remember(await openTab(t, browser), salon);
    const page = await openTab(t, browser);
    await visitLocked(page, pottery);
    await submit(page, CLAIRES); // in these tests Ellie has the same passphrase
    await waitUntilShown(page);
    assert.ok(!(await isShown(page, "[data-device]")));
    await page.click("[data-lock]");
    await waitUntilLocked(page);
    await visit(page, salon);
  });
});

describe("an access link", () => {
  it("opens the page with a reader of its own, and leaves the address bar", async (t) => {
    const { salon } = await serveAlone(t);
    const page = await openTab(t, browser);
    await visit(page, `${salon}?from=mail${FRAGMENT}`);
    assert.equal(page.url(), `${salon}?from=mail`);
    const [session] = await page.evaluate(() => Object.values(sessionStorage));
    assert.equal(JSON.parse(session).reader, LINK);
    assert.equal(await textOf(page, ".hello"), "Bonjour Hugo");
    assert.equal(await entryOf(page), null);
    await visit(page, `${salon}spec/`);
  });

  it("opens a page from the disk", async (t) => {
    const page = await openTab(t, browser);
    const index = pathToFileURL(join(all, "salon/index.html")).href;
    await visit(page, index + FRAGMENT);
    assert.equal(page.url(), index);
  });

  it("opens a page that waits for a passphrase, and is never remembered", async (t) => {
    const { salon } = await serveAlone(t);
    const page = await openTab(t, browser);
    await visitLocked(page, salon);
    await page.click(".lock-remember");
    await page.evaluate((fragment) => location.assign(fragment), FRAGMENT);
    await waitUntilShown(page);
    assert.equal(await fragmentOf(page), "");
    assert.equal(await entryOf(page), null);
  });

  it("says when it opens nothing any more, and the passphrase still does", async (t) => {
    const { salon } = await serveAlone(t, withoutLink);
    const page = await openTab(t, browser);
    await page.goto(salon + FRAGMENT);
    assert.match(await readError(page), /link no longer opens the page/);
    assert.equal(await fragmentOf(page), "");
    assert.deepEqual(await violations(page), []);
    await submit(page, HUGOS);
    await waitUntilShown(page);
  });

  it("changes nothing where the page is open, or opens by itself", async (t) => {
    const { salon } = await serveAlone(t);
    const page = await openTab(t, browser);
    await unlock(page, salon, CLAIRES);
    await page.evaluate((fragment) => location.assign(fragment), FRAGMENT);
    await page.waitForFunction(() => location.hash === "");
    await visit(page, `${salon}spec/${FRAGMENT}`);
    assert.equal(await fragmentOf(page), "");
    await visit(page, salon);
    assert.equal(await textOf(page, ".hello"), "Bonjour Madame Mûrier");
  });

  for (const fragment of ["#r1", "#k=short", `${FRAGMENT}x`]) {
    it(`is not what ${fragment} is`, async (t) => {
      const { salon } = await serveAlone(t);
      const page = await openTab(t, browser);
      await visitLocked(page, `${salon}spec/${fragment}`);
      assert.equal(await fragmentOf(page), fragment);
      await submit(page, CLAIRES);
      await waitUntilShown(page);
      assert.equal(await fragmentOf(page), fragment);
    });
  }
});
