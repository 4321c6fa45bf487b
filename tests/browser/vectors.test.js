// The frozen vectors, read in a browser by the very scripts that a portal ships.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, describe, it } from "node:test";
import { launch } from "./support.js";
import { SCRIPTS, expected, fileVectors, sealVectors, vectors } from "./vectors.js";

describe("the vectors", () => {
  let server, browser, page;

  before(async () => {
    server = createServer((_, response) => response.end("<!doctype html>")).listen(0, "localhost");
    await once(server, "listening");
    browser = await launch();
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
  for (const { vector, expected: wanted } of fileVectors()) {
    it(`file: ${vector.name}`, async () => {
      assert.deepEqual(await page.evaluate((one) => fileOutcome(one), vector), wanted);
    });
  }
  for (const { vector, expected: wanted } of sealVectors()) {
    it(`seal: ${vector.name}`, async () => {
      assert.equal(await page.evaluate((one) => sealOutcome(one), vector), wanted);
    });
  }
});
