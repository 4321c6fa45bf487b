// The frozen vectors, read by the very scripts that a portal ships, in Node's WebCrypto and in
// Chromium; and npm `jose` as an independent reader of what Python wrote. test_envelope.py does the
// same in Python. CHROMIUM names another browser binary.

import assert from "node:assert/strict";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { after, before, describe, it } from "node:test";
import { createContext, runInContext } from "node:vm";
import "./old-node.js";
import * as jose from "jose";
import puppeteer from "puppeteer-core";

const BROWSER = new URL("../../src/portalgen/browser/", import.meta.url);
const VECTORS = new URL("../vectors/", import.meta.url);

const vectors = (name) => JSON.parse(readFileSync(new URL(name, VECTORS), "utf8"));

/** The scripts that need no document, as one text, as the build concatenates them. */
function readScripts() {
  const names = readdirSync(BROWSER).sort();
  const pure = names.filter((name) => name < "40");
  return pure.map((name) => readFileSync(new URL(name, BROWSER), "utf8")).join("\n");
}

/** The whole reader of docs/lock-format.md, section 6, without a window. */
async function read({ text, passphrase, path }) {
  const envelope = shape.readEnvelope(text);
  const { portal, page } = envelope.page.header;
  if (!shape.fitsAddress(page, path)) throw new LockError("address");
  const { key, reader } = await unlock.withPassphrase(envelope, passphrase);
  return { portal, page, reader, html: await unlock.page(envelope, key) };
}

/** What came of reading a vector: the values, or the reason of the refusal. */
const outcome = (vector) => read(vector).catch(({ reason, message }) => reason ?? message);

const SCRIPTS = `${readScripts()}\n${read}\nconst outcome = ${outcome};`;

function runInNode() {
  const globals = { crypto, atob, btoa, TextEncoder, TextDecoder, Blob, DecompressionStream };
  const context = createContext({ ...globals, Uint8Array, JSON });
  return runInContext(`${SCRIPTS}\n({ fold, shape, outcome });`, context);
}

const node = runInNode();

const expected = ({ portal, page, reader, html }) => ({ portal, page, reader, html });

// Node's DecompressionStream lets bytes after the end pass, against the Compression standard, which
// the browsers follow.
const LAX_IN_NODE = "page: bytes after the end";

describe("folding", () => {
  for (const { text, folded } of vectors("fold.json")) {
    it(JSON.stringify(text), () => {
      assert.equal(node.fold(text), folded);
      assert.equal(node.fold(folded), folded);
    });
  }
});

describe("addresses", () => {
  for (const { page, path, fits } of vectors("address.json")) {
    it(`${page} at ${path}`, () => assert.equal(node.shape.fitsAddress(page, path), fits));
  }
});

describe("Node", () => {
  for (const vector of vectors("good.json")) {
    it(`opens: ${vector.name}`, async () => {
      assert.deepEqual({ ...(await node.outcome(vector)) }, expected(vector));
    });
  }
  for (const vector of vectors("hostile.json")) {
    const skip = vector.name === LAX_IN_NODE && "Node is lax";
    it(`refuses: ${vector.name}`, { skip }, async () => {
      assert.equal(await node.outcome(vector), vector.reason);
    });
  }
});

describe("Chromium", () => {
  const flags = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync";
  const quiet = "--disable-background-networking --disable-component-update";
  let server, browser, page;

  before(async () => {
    server = createServer((_, response) => response.end("<!doctype html>")).listen(0, "localhost");
    await once(server, "listening");
    const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
    const args = `${flags} ${quiet}`.split(" ");
    browser = await puppeteer.launch({ executablePath, args });
    page = await browser.newPage();
    await page.goto(`http://localhost:${server.address().port}/`); // WebCrypto wants an origin
    await page.addScriptTag({ content: SCRIPTS });
  });

  after(async () => {
    await browser?.close();
    server?.close();
  });

  const outcomeInPage = (vector) => page.evaluate((one) => outcome(one), vector);

  it("folds", async () => {
    const all = vectors("fold.json");
    const texts = all.map(({ text }) => text);
    const folded = await page.evaluate((list) => list.map((text) => fold(text)), texts);
    assert.deepEqual(folded, all.map((vector) => vector.folded));
  });
  for (const vector of vectors("good.json")) {
    it(`opens: ${vector.name}`, async () => {
      assert.deepEqual(await outcomeInPage(vector), expected(vector));
    });
  }
  for (const vector of vectors("hostile.json")) {
    it(`refuses: ${vector.name}`, async () => {
      assert.equal(await outcomeInPage(vector), vector.reason);
    });
  }
});

describe("npm jose opens the same", () => {
  const PBES2 = "PBES2-HS512+A256KW";

  for (const vector of vectors("good.json")) {
    it(vector.name, async () => {
      const { locks, key, page } = JSON.parse(vector.text);
      const lock = locks.find((one) => jose.decodeProtectedHeader(one).kid === vector.reader);
      const password = new TextEncoder().encode(node.fold(vector.passphrase));
      const options = { keyManagementAlgorithms: [PBES2], maxPBES2Count: 600_000 };
      const person = await jose.compactDecrypt(lock, password, options);
      const [readJwk] = JSON.parse(new TextDecoder().decode(person.plaintext)).keys;
      const readKey = await jose.importJWK(readJwk, "ECDH-ES+A256KW");
      const wrap = await jose.generalDecrypt(key, readKey);
      const portalKey = JSON.parse(new TextDecoder().decode(wrap.plaintext));
      const opened = await jose.compactDecrypt(page, await jose.importJWK(portalKey, "dir"));
      assert.equal(new TextDecoder().decode(opened.plaintext), vector.html);
    });
  }
});
