// Pages that somebody changed on their way: each is refused, and nothing of it is shown.

import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import {
  CLIENT_PASSPHRASE,
  SECRETS,
  alterEnvelope,
  build,
  envelopeOf,
  isShown,
  launch,
  makeTemporary,
  openTab,
  readError,
  serve,
  submit,
  unlock,
  withoutEnvelope,
} from "./support.js";

const temporary = makeTemporary();
let browser, output, host;

before(async () => {
  output = await build(temporary.root);
  browser = await launch();
  host = await serve(output);
});

after(async () => {
  host?.close();
  await browser?.close();
  temporary.remove();
});

const read = (path) => readFileSync(join(output, path), "utf8");

/** The text with the character at a place changed, and still canonical base64url. */
const flip = (text, place = Math.floor(text.length / 2)) =>
  text.slice(0, place) + (text[place] === "A" ? "B" : "A") + text.slice(place + 1);

/** A compact JWE with one of its five parts changed. */
function flipPart(jwe, position) {
  const parts = jwe.split(".");
  parts[position] = flip(parts[position]);
  return parts.join(".");
}

const KEY = 1;
const CIPHERTEXT = 3;
const TAG = 4;

const ALTERATIONS = {
  "the text of the page": (data) => ({ ...data, page: flipPart(data.page, CIPHERTEXT) }),
  "the tag of the page": (data) => ({ ...data, page: flipPart(data.page, TAG) }),
  "a lock": ({ locks: [own, ...others], ...data }) => ({
    v: data.v,
    locks: [flipPart(own, CIPHERTEXT), ...others],
    key: data.key,
    page: data.page,
  }),
  "the wrap of the portal key": (data) => ({
    ...data,
    key: { ...data.key, ciphertext: flip(data.key.ciphertext) },
  }),
  "the wrap for one person": (data) => ({
    ...data,
    key: {
      ...data.key,
      recipients: data.key.recipients.map((one) => ({
        ...one,
        encrypted_key: flip(one.encrypted_key),
      })),
    },
  }),
  "the page for one of another portal": (data) => ({
    ...data,
    page: envelopeOf(read("pottery/index.html")).page,
  }),
};

describe("a page that was tampered with", () => {
  let copies = 0;

  /** Puts a copy of the portal beside it, with one page replaced; returns its address. */
  function place(path, html) {
    copies += 1;
    const name = `tampered-${copies}`;
    cpSync(join(output, "salon"), join(output, name), { recursive: true });
    writeFileSync(join(output, name, path), html);
    return `${host.url}${name}/`;
  }

  const alter = (alteration) => alterEnvelope(read("salon/index.html"), alteration);

  async function assertRefused(page, reason) {
    assert.match(await readError(page), reason);
    assert.equal(await page.$(".portal"), null);
    assert.doesNotMatch(withoutEnvelope(await page.content()), SECRETS);
    assert.equal(await page.evaluate(() => sessionStorage.length), 0);
  }

  for (const [name, alteration] of Object.entries(ALTERATIONS)) {
    it(`is refused: ${name}`, async (t) => {
      const page = await openTab(t, browser);
      await page.goto(place("index.html", alter(alteration)));
      // What can be seen without a passphrase is said without asking for one.
      const asked = await page.waitForSelector("#lock-passphrase:focus, #lock-form.is-hidden");
      if (await asked.evaluate((one) => one.id === "lock-passphrase")) {
        await submit(page, CLIENT_PASSPHRASE);
      }
      await assertRefused(page, /damaged/);
    });
  }

  it("is refused: the key in a lock, which cannot be told from a wrong passphrase", async (t) => {
    const page = await openTab(t, browser);
    const url = place(
      "index.html",
      alter((data) => ({ ...data, locks: data.locks.map((lock) => flipPart(lock, KEY)) })),
    );
    await page.goto(url);
    await submit(page, CLIENT_PASSPHRASE);
    await assertRefused(page, /not the passphrase/);
  });

  it("is refused at the address of another page", async (t) => {
    const page = await openTab(t, browser);
    const url = place("deliverables/index.html", read("salon/spec/index.html"));
    await page.goto(`${url}deliverables/`);
    await assertRefused(page, /not at its right address/);
    assert.ok(!(await isShown(page, "form")));
  });

  it("is refused with the key of the session too", async (t) => {
    const page = await openTab(t, browser);
    const url = place("index.html", alter(ALTERATIONS["the text of the page"]));
    await unlock(page, `${url}spec/`);
    await page.goto(url);
    await submit(page, CLIENT_PASSPHRASE);
    await assertRefused(page, /damaged/);
  });

  it("of another portal does not open with this one's key", async (t) => {
    const page = await openTab(t, browser);
    const url = place("spec/index.html", read("pottery/spec/index.html"));
    await unlock(page, url);
    await page.goto(`${url}spec/`);
    await page.waitForSelector("#lock-passphrase:focus");
    assert.doesNotMatch(withoutEnvelope(await page.content()), SECRETS);
  });
});
