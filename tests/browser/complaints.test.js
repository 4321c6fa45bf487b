// The tests' own ears: what a browser has against a page must reach them, in each browser.

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { launch, makeTemporary, openTab, serve } from "./support.js";

const POLICY =
  "default-src 'none'; script-src 'self'; img-src data:; require-trusted-types-for 'script'";
const HEAD = '<!doctype html><title>One</title><link rel="icon" href="data:,">';
const MOMENT = 250; // milliseconds, for what a browser does not say at once
const PAGES = {
  "quiet.html": "",
  "inline.html": "<script>0</script>",
  "missing.html": '<script src="missing.js"></script>',
};

const temporary = makeTemporary();
const folder = join(temporary.root, "site");
let browser, host;

before(async () => {
  mkdirSync(folder);
  writeFileSync(join(folder, "_headers"), `/*\n  Content-Security-Policy: ${POLICY}\n`);
  for (const [name, body] of Object.entries(PAGES)) {
    writeFileSync(join(folder, name), HEAD + body);
  }
  browser = await launch();
  host = await serve(folder);
});

after(async () => {
  host?.close();
  await browser?.close();
  temporary.remove();
});

/** What came of a test that does one thing in a tab: the complaints that made it fail. */
async function complaintsOf(act) {
  let end;
  const page = await openTab({ after: (callback) => (end = callback) }, browser);
  await act(page);
  await sleep(MOMENT);
  return end().then(
    () => "",
    ({ actual }) => actual.join("\n"),
  );
}

const openPage = (name) => (page) => page.goto(host.url + name);

/** Runs in a quiet page. */
const run = (callback) => async (page) => {
  await openPage("quiet.html")(page);
  await page.evaluate(callback);
};

const CASES = {
  "a script in the page": [openPage("inline.html"), /script-src-elem is violated/],
  "a script that is not there": [openPage("missing.html"), /missing\.js 404/],
  "markup from a string": [
    run(() => {
      try {
        document.body.innerHTML = "x";
      } catch {
        // The page may look away; its reader may not.
      }
    }),
    /require-trusted-types-for is violated/,
  ],
  "a style attribute": [
    run(() => document.body.setAttribute("style", "color: red")),
    /style-src-attr is violated/,
  ],
  "a picture from elsewhere": [
    run(() => {
      new Image().src = "http://127.0.0.1:9/";
    }),
    /img-src is violated/,
  ],
  "a warning": [run(() => console.warn("careful")), /careful/],
  "an error that nobody caught": [
    run(() => {
      setTimeout(() => {
        throw new Error("dropped");
      });
    }),
    /dropped/,
  ],
  "a promise that nobody awaits": [
    run(() => {
      Promise.reject(new Error("refused"));
    }),
    /refused/,
  ],
};

describe("a test fails for", () => {
  for (const [name, [act, complaint]] of Object.entries(CASES)) {
    it(name, async () => assert.match(await complaintsOf(act), complaint));
  }

  it("nothing else", async () => {
    assert.equal(await complaintsOf(openPage("quiet.html")), "");
  });
});
