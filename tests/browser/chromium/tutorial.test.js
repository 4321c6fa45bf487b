// The portal that docs/tutorial.md makes, from an empty folder: it opens from the disk, with the
// passphrase that was printed.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, it } from "node:test";
import { pathToFileURL } from "node:url";
import { ROOT, python } from "../sample-clients.js";
import { launch, makeTemporary, openTab, textOf, unlock } from "../support.js";

const temporary = makeTemporary();
let browser, made;

before(async () => {
  made = await python(join(ROOT, "tests/tutorial_site.py"), temporary.root);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  temporary.remove();
});

it("opens, greets the client by name, and says where the work stands", async (t) => {
  const [file, passphrase] = made.trim().split("\n");
  const page = await openTab(t, browser);
  await unlock(page, pathToFileURL(file).href, passphrase);
  const text = await textOf(page, "main");
  assert.match(text, /Hello Anna/);
  assert.match(text, /A site with the bread of the day/);
  assert.match(text, /Drawing the first page: the bread, the hours/);
});
