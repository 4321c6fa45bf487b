// The frozen vectors in Node's WebCrypto, read by the very scripts that a portal ships; and npm
// `jose` as an independent reader of what Python wrote. test_envelope.py does the same in Python.

import "../old-node.js";
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createContext, runInContext } from "node:vm";
import * as jose from "jose";
import { SCRIPTS, expected, fileVectors, sealVectors, vectors } from "../vectors.js";

function runInNode() {
  const globals = { crypto, atob, btoa, TextEncoder, TextDecoder, Blob, DecompressionStream };
  const context = createContext({ ...globals, Uint8Array, JSON });
  return runInContext(`${SCRIPTS}\n({ fold, shape, outcome, fileOutcome, sealOutcome });`, context);
}

const node = runInNode();

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

describe("files in Node", () => {
  for (const { vector, expected: wanted } of fileVectors()) {
    it(vector.name, async () => {
      const found = await node.fileOutcome(vector);
      assert.deepEqual(typeof found === "string" ? found : { ...found }, wanted);
    });
  }
});

describe("seals in Node", () => {
  for (const { vector, expected: wanted } of sealVectors()) {
    it(vector.name, async () => assert.equal(await node.sealOutcome(vector), wanted));
  }
});

describe("npm jose opens the same", () => {
  const options = {
    keyManagementAlgorithms: ["PBES2-HS512+A256KW", "A256KW"],
    maxPBES2Count: 600_000,
  };

  /** What a lock is under: the bytes of the link's secret, or of the folded passphrase. */
  const secretOf = ({ link, passphrase }) =>
    link ? Buffer.from(link, "base64url") : new TextEncoder().encode(node.fold(passphrase));

  for (const vector of vectors("good.json")) {
    it(vector.name, async () => {
      const { locks, key, page } = JSON.parse(vector.text);
      const lock = locks.find((one) => jose.decodeProtectedHeader(one).kid === vector.reader);
      const person = await jose.compactDecrypt(lock, secretOf(vector), options);
      const [readJwk] = JSON.parse(new TextDecoder().decode(person.plaintext)).keys;
      const readKey = await jose.importJWK(readJwk, "ECDH-ES+A256KW");
      const wrap = await jose.generalDecrypt(key, readKey);
      const portalKey = JSON.parse(new TextDecoder().decode(wrap.plaintext));
      const opened = await jose.compactDecrypt(page, await jose.importJWK(portalKey, "dir"));
      const html = new TextDecoder().decode(opened.plaintext).replace(/^\n+|\n+$/g, "");
      assert.equal(html, vector.html);
    });
  }
});
