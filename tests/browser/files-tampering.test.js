// Files that are not what the page names: each is refused, and nothing of it is shown or saved.

import assert from "node:assert/strict";
import { cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import {
  BROKEN_OFF,
  DELIVERABLES,
  DOWNLOAD,
  FAR,
  FILES,
  LARGE,
  PICTURE,
  VIEW,
  ZIP,
  button,
  openSite,
  press,
  waitUntilLoaded,
} from "./attached.js";
import { serve, textOf, unlock } from "./support.js";

let site;

before(async () => {
  site = await openSite();
});

afterEach(() => site.forgetDownloads());

after(() => site?.close());

let copies = 0;
const addresses = new Map();

/** Where a file lives, as a click on its button tells; found once for all tests. */
async function findAddress(path) {
  if (!addresses.has(path)) {
    const page = await site.browser.newPage();
    await unlock(page, `${site.url}${DELIVERABLES}`);
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    for (const picture of [PICTURE, FAR]) await waitUntilLoaded(page, picture);
    const [request] = await Promise.all([
      page.waitForRequest((one) => one.url().endsWith(".bin")),
      press(page, button(path, DOWNLOAD)),
    ]);
    addresses.set(path, new URL(request.url()).pathname);
    await site.waitForDownload(FILES[path].length);
    await page.close();
    site.forgetDownloads();
  }
  return addresses.get(path);
}

/** Opens a copy of the portal in which one file was replaced (null: taken away). */
async function visitSpoiled(t, path, spoil, expected) {
  copies += 1;
  const copy = join(site.temporary, `copy-${copies}`);
  cpSync(site.output, copy, { recursive: true });
  const file = join(copy, await findAddress(path));
  if (spoil) writeFileSync(file, await spoil(readFileSync(file)));
  else rmSync(file);
  const altered = await serve(copy);
  t.after(() => {
    altered.close();
    rmSync(copy, { recursive: true });
  });
  return site.visit(t, { url: altered.url, expected });
}

const RECORD = 65536;
const HEADER = 21;
const at = (number) => HEADER + number * RECORD;

const flip = (place) => (bytes) => {
  const altered = Buffer.from(bytes);
  altered[place < 0 ? altered.length + place : place] ^= 1;
  return altered;
};

const SPOILED = {
  "its salt": flip(0),
  "its record size": flip(18),
  "the length of its key id": flip(20),
  "its first record": flip(at(0)),
  "a record in the middle": flip(at(1) + 1000),
  "its last record": flip(at(3)),
  "a tag": flip(at(1) - 1),
  "its last byte": flip(-1),
  "records swapped": (bytes) =>
    Buffer.concat([
      bytes.subarray(0, at(0)),
      bytes.subarray(at(1), at(2)),
      bytes.subarray(at(0), at(1)),
      bytes.subarray(at(2)),
    ]),
  "a record twice": (bytes) => Buffer.concat([bytes.subarray(0, at(1)), bytes.subarray(at(0))]),
  "cut at a record": (bytes) => bytes.subarray(0, at(3)),
  "cut inside": (bytes) => bytes.subarray(0, at(2) + 500),
  "cut by a byte": (bytes) => bytes.subarray(0, -1),
  "only a header": (bytes) => bytes.subarray(0, HEADER),
  empty: () => Buffer.alloc(0),
  "with a byte more": (bytes) => Buffer.concat([bytes, Buffer.alloc(1)]),
  "with records more": (bytes) => Buffer.concat([bytes, bytes.subarray(HEADER)]),
  "another of this portal": async () => readFileSync(join(site.output, await findAddress(LARGE))),
  "a page that says it is not there": () => Buffer.from("<!doctype html><h1>Not found</h1>"),
};

describe("a file that was tampered with is refused", () => {
  for (const [name, spoil] of Object.entries(SPOILED)) {
    it(name, async (t) => {
      const page = await visitSpoiled(t, ZIP, spoil, BROKEN_OFF);
      await press(page, button(ZIP));
      await page.waitForSelector(".file-row .problem[role=alert]");
      assert.match(await textOf(page, ".problem"), /endommagé ou a été modifié/);
      await sleep(200);
      assert.deepEqual(site.saved(), []);
    });
  }

  it("in place of the same picture of another portal", async (t) => {
    const others = join(site.output, "pottery/files");
    const [only, ...more] = readdirSync(others);
    assert.deepEqual(more, []);
    const spoil = () => readFileSync(join(others, only));
    const page = await visitSpoiled(t, PICTURE, spoil, BROKEN_OFF);
    await page.waitForSelector(".prose .problem");
    assert.match(await textOf(page, ".prose .note"), /^La maquette, de face.*endommagé/);
    await press(page, button(PICTURE, VIEW));
    await page.waitForSelector(".file-row .problem");
    assert.equal(await page.$("dialog"), null);
  });

  it("or is not there; a picture is then told by its text", async (t) => {
    const page = await visitSpoiled(t, PICTURE, null, /404/);
    await page.waitForSelector(".prose .problem");
    const note = await textOf(page, ".prose .note");
    assert.match(note, /^La maquette, de face.*n’a pas pu être chargé/);
    assert.equal(await page.$(`.prose img[data-file="${PICTURE}"]`), null);
  });
});
