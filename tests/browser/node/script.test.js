// The script that portals load is what its sources give.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { it } from "node:test";
import { MINIFIED, minified } from "../../../tools/minify.mjs";

it("the minified script is up to date", async () => {
  const committed = readFileSync(MINIFIED, "utf8");
  assert.ok(committed === (await minified()), "run: make script");
});
