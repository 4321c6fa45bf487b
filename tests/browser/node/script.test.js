// The scripts that portals load are what their sources give.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { it } from "node:test";
import { BUNDLES, fileOf, minified } from "../../../tools/minify.mjs";

for (const bundle of BUNDLES) {
  it(`the minified script of ${bundle}/ is up to date`, async () => {
    const committed = readFileSync(fileOf(bundle), "utf8");
    assert.ok(committed === (await minified(bundle)), "run: make script");
  });
}
