// Archives, unpacked and opened from the disk as their owner does: locked, and in clear.

import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import {
  DOWNLOAD,
  FAR,
  FILES,
  LARGE,
  LARGE_BYTES,
  PDF,
  PICTURE,
  VIEW,
  ZIP,
  button,
  digestOf,
  openSite,
  press,
  waitUntilLoaded,
} from "./attached.js";
import { python } from "./sample-clients.js";
import {
  CLIENT_PASSPHRASE,
  STUDIO_PASSPHRASE,
  alterEnvelope,
  engine,
  openTab,
  readError,
  submit,
  textOf,
  unlock,
  violations,
  waitUntilShown,
} from "./support.js";

const CLIENT = "salon";
const HUGOS = "papillon-tonneau-cerise-village-orage-bouton";

/** What would need a script. */
const DEAD =
  "script, [data-lock], [data-copy], [data-file]:not(img), [data-seal], [data-reader]:not([data-reader=''])";
const TODAY = "2026-11-23";

/** Firefox lets no page from the disk read another's storage: each asks for the passphrase anew. */
const { eachFileAlone } = engine;

let site;
let locked; // folders
let clear;
let shared; // locked, for three people

/** Makes an archive of the site's client, and unpacks it; returns its folder. */
async function unpack(name, ...options) {
  const zip = join(site.temporary, `${name}.zip`);
  const workspace = ["--workspace", dirname(site.output), "--today", TODAY];
  await python("-m", "portalgen", "archive", CLIENT, "-o", zip, ...options, ...workspace);
  const folder = join(site.temporary, name);
  await python("-m", "zipfile", "-e", zip, folder);
  const [inside] = readdirSync(folder);
  return join(folder, inside);
}

/** A third person gets access: who else opens what is made from here on. */
function welcomeHugo() {
  const salon = join(dirname(site.output), "content", CLIENT);
  copyFileSync(new URL("../fixtures/people-access.yaml", import.meta.url), join(salon, "access.yaml"));
  const client = join(salon, "client.yaml");
  const contact = "contacts:\n  - {id: hugo, name: Hugo Mûrier}";
  writeFileSync(client, readFileSync(client, "utf8").replace("contacts:", contact));
}

/** The text of a part of a file, as somebody may have changed it. One browser is enough for each. */
const ALTERED = Object.entries(eachFileAlone ? {} : {
  "other bytes": (text) => text.replace(/,"(.{8})/, (_, first) => `,"${[...first].reverse().join("")}`),
  "no base64": (text) => text.replace(/,"(.)/, ',"!'),
  "no part at all": () => "0;\n",
  "fewer parts": (text) => text.replace(/,(\d+),"/, ',1,"'),
});

/** A compact JWE whose tag is another. */
const spoil = (jwe) => jwe.slice(0, -4) + (jwe.endsWith("AAAA") ? "BBBB" : "AAAA");

const addressOf = (folder, page = "") => `${pathToFileURL(join(folder, page))}/index.html`;

before(async () => {
  site = await openSite();
  locked = await unpack("locked");
  clear = await unpack("clear", "--plain");
  welcomeHugo();
  shared = await unpack("shared");
});

afterEach(() => site.forgetDownloads());

after(() => site?.close());

describe("a locked archive", () => {
  const open = async (t, options) => {
    const page = await openTab(t, site.browser, options);
    await unlock(page, addressOf(locked, "deliverables"));
    return page;
  };

  it("opens with a passphrase, and leads from page to page", async (t) => {
    const page = await openTab(t, site.browser);
    await unlock(page, addressOf(locked));
    await Promise.all([page.waitForNavigation(), page.click(".tabs a[href^='deliverables/']")]);
    if (eachFileAlone) await submit(page, "chaton-elegant-riviere-facade-melon-girafe");
    await waitUntilShown(page);
    assert.equal(new URL(page.url()).protocol, "file:");
  });

  it("shows its pictures", async (t) => {
    const page = await open(t);
    await waitUntilLoaded(page, PICTURE);
    await (await page.$(`img[data-file="${FAR}"]`)).scrollIntoView();
    await waitUntilLoaded(page, FAR);
  });

  for (const path of [PDF, ZIP, "files/vide.txt", "files/page.html"]) {
    it(`hands over ${path}, byte for byte`, async (t) => {
      const page = await open(t);
      await press(page, button(path, DOWNLOAD));
      const { name, bytes } = await site.waitForDownload(FILES[path].length);
      assert.equal(name, path.split("/").at(-1));
      assert.equal(digestOf(bytes), digestOf(FILES[path]));
    });
  }

  it("joins the parts of a large file, and keeps none of them", async (t) => {
    const page = await open(t);
    await press(page, button(LARGE));
    const { bytes } = await site.waitForDownload(LARGE_BYTES);
    assert.equal(digestOf(bytes), digestOf(FILES[LARGE]));
    assert.equal(await page.$("script[src*='/files/']"), null);
  });

  it("shows a file in the page", async (t) => {
    const page = await open(t);
    await press(page, button(PICTURE, VIEW));
    await page.waitForFunction(() => document.querySelector("dialog img")?.naturalWidth === 240);
    assert.deepEqual(await violations(page), []);
  });

  it("says that it has to be unpacked, where a page is opened alone", async (t) => {
    const alone = join(site.temporary, "alone");
    mkdirSync(alone);
    copyFileSync(join(locked, "index.html"), join(alone, "index.html"));
    const page = await openTab(t, site.browser, { expected: /assets|ERR_FILE_NOT_FOUND|StylesheetLoading/ });
    await page.goto(addressOf(alone));
    assert.match(await textOf(page, "#lock-notice"), /décompresser toute l’archive/);
  });

  it("says when a part of a file is missing", async (t) => {
    const broken = await unpack("broken");
    const parts = readdirSync(join(broken, "files")).filter((name) => name.endsWith(".1.js"));
    assert.equal(parts.length, 1); // of the large file alone
    rmSync(join(broken, "files", parts[0]));
    const page = await openTab(t, site.browser, { expected: /\.1\.js|ERR_FILE_NOT_FOUND/ });
    await unlock(page, addressOf(broken, "deliverables"));
    await press(page, button(LARGE));
    await page.waitForSelector(".file-row .problem[role=alert]");
    assert.match(await textOf(page, ".file-row .problem"), /manque dans cette archive/);
    assert.deepEqual(site.saved(), []);
  });

  for (const [what, alter] of ALTERED) {
    it(`says when a part of a file is altered: ${what}`, async (t) => {
      const altered = await unpack(`altered-${what.replaceAll(" ", "-")}`);
      const [part] = readdirSync(join(altered, "files")).filter((name) => name.endsWith(".1.js"));
      const file = join(altered, "files", part);
      writeFileSync(file, alter(readFileSync(file, "utf8")));
      const page = await openTab(t, site.browser);
      await unlock(page, addressOf(altered, "deliverables"));
      await press(page, button(LARGE));
      await page.waitForSelector(".file-row .problem[role=alert]");
      assert.match(await textOf(page, ".file-row .problem"), /endommagé/);
      assert.deepEqual(site.saved(), []);
    });
  }

  it("says when a page is altered", async (t) => {
    const altered = await unpack("altered-page");
    const file = join(altered, "index.html");
    writeFileSync(file, alterEnvelope(readFileSync(file, "utf8"), (data) => ({ ...data, page: spoil(data.page) })));
    const page = await openTab(t, site.browser);
    await page.goto(addressOf(altered));
    await submit(page, CLIENT_PASSPHRASE);
    assert.match(await readError(page), /damaged or was changed/);
  });

  it("opens for each of its people, and says when a passphrase is none of theirs", async (t) => {
    const page = await openTab(t, site.browser);
    for (const passphrase of [CLIENT_PASSPHRASE, HUGOS, STUDIO_PASSPHRASE]) {
      await page.goto(addressOf(shared));
      await page.evaluate(() => sessionStorage.clear());
      await page.goto(addressOf(shared));
      await submit(page, "lune-lune-lune-lune-lune-lune");
      assert.match(await readError(page), /not the passphrase/);
      await submit(page, passphrase);
      await waitUntilShown(page);
    }
  });
});

describe("an archive in clear", () => {
  /** Every page, as its folder. */
  const pages = () =>
    readdirSync(clear, { recursive: true })
      .filter((name) => /(^|\/)index\.html$/.test(name))
      .map((name) => dirname(name));

  it("is read without a passphrase, and nothing in it needs a script", async (t) => {
    const page = await openTab(t, site.browser);
    for (const name of pages()) {
      await page.goto(addressOf(clear, name));
      assert.deepEqual(await page.$$eval(DEAD, (found) => found.map((one) => one.outerHTML)), []);
      assert.deepEqual(await violations(page), [], name);
    }
  });

  it("shows its pictures, and leads to every file as it was", async (t) => {
    const page = await openTab(t, site.browser);
    await page.goto(addressOf(clear, "deliverables"));
    await waitUntilLoaded(page, PICTURE);
    const addresses = await page.$$eval(".file-row a", (links) => links.map(({ href }) => href));
    const digests = new Set(addresses.map((href) => digestOf(readFileSync(new URL(href)))));
    const listed = Object.keys(FILES).filter((path) => path !== FAR);
    assert.deepEqual([...digests].sort(), listed.map((path) => digestOf(FILES[path])).sort());
  });

  it("leads from page to page by its menu", async (t) => {
    const page = await openTab(t, site.browser);
    await page.setViewport({ width: 390, height: 844 });
    await page.goto(addressOf(clear));
    await page.click(".tabs-open");
    await Promise.all([page.waitForNavigation(), page.click("#pages a[href^='journal/']")]);
    assert.match(page.url(), /journal\/index\.html$/);
  });
});
