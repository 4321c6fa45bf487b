// How long a reader waits: from Enter, or from the start of the navigation, to two animation frames
// after the content is in the page. Prints JSON: tool, page, case, figure, milliseconds of each run.
//
//   BROWSER=chromium node tests/bench/unlock.js PASSPHRASE RUNS TOOL=FOLDER/PAGE…
//
// Each folder is a site; unlock.py makes them. All pages take turns, and each has an origin of its
// own, so none finds what another one left to be remembered.

import assert from "node:assert/strict";
import { basename, dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { engine } from "../browser/engines.js";
import { serve } from "../browser/host.js";

const OLD_PHONE = 6; // how many times slower the processor is
const PAUSE = 300; // in milliseconds, so that nothing of the lock page's start is measured
const CAN_SLOW_DOWN = process.env.BROWSER !== "firefox";

/** Where each tool asks, and what its reader ticks to be remembered. */
const TOOLS = {
  portalgen: { field: "#lock-passphrase", remember: "#lock-remember" },
  staticrypt: { field: "#staticrypt-password", remember: "#staticrypt-remember" },
  "mkdocs-encryptcontent": { field: "#mkdocs-content-password" }, // always does, in its tab alone
};

/** Runs in the page before all else: notes when what happens, in milliseconds since navigation. */
function watch() {
  const times = (globalThis.benchTimes = {});
  const note = ({ key, timeStamp }) => key === "Enter" && (times.entered = timeStamp);
  addEventListener("keydown", note, true);
  for (const name of ["deriveKey", "deriveBits"]) {
    const derive = SubtleCrypto.prototype[name];
    SubtleCrypto.prototype[name] = async function (algorithm, ...others) {
      const derived = await derive.call(this, algorithm, ...others);
      if (algorithm.name === "PBKDF2") times.derived = performance.now();
      return derived;
    };
  }
  const look = () => {
    const isShown = document.getElementById("end")?.checkVisibility();
    requestAnimationFrame(isShown ? () => (times.shown = performance.now()) : look);
  };
  requestAnimationFrame(look);
}

async function openTab(browser, slowness = 1) {
  const page = await browser.newPage();
  await page.evaluateOnNewDocument(watch);
  if (slowness > 1) await page.emulateCPUThrottling(slowness);
  return page;
}

async function readTimes(page) {
  await page.waitForFunction(() => globalThis.benchTimes.shown);
  return page.evaluate(() => globalThis.benchTimes);
}

async function unlock(page, { url, tool, passphrase }, remember) {
  await page.goto(url);
  const field = await page.waitForSelector(tool.field, { visible: true });
  if (remember && tool.remember) await page.click(tool.remember);
  await field.focus();
  await page.keyboard.type(passphrase);
  await sleep(PAUSE);
  await page.keyboard.press("Enter");
  return readTimes(page);
}

/** From Enter on: until the key is derived, from then on, and both together. */
async function typed(browser, site, slowness) {
  const page = await openTab(browser, slowness);
  const { entered, derived, shown } = await unlock(page, site);
  await page.close();
  assert.ok(entered < derived && derived < shown);
  return { derived: derived - entered, after: shown - derived, shown: shown - entered };
}

/** From the start of the navigation: in a new tab, if the tool remembers beyond one. */
async function remembered(browser, site) {
  const page = site.tool.remember ? await openTab(browser) : site.tab;
  await page.bringToFront(); // a browser draws no frames of the others
  await page.goto(site.url);
  const { entered, shown } = await readTimes(page);
  if (page !== site.tab) await page.close();
  assert.equal(entered, undefined);
  return { shown };
}

/** Measures every site, in turns; the first turn is for nothing. */
async function takeTurns(runs, sites, name, measure) {
  for (let run = 0; run <= runs; run += 1) {
    for (const site of sites) {
      const figures = await measure(site);
      if (!run) site.found[name] = {};
      for (const [figure, value] of Object.entries(figures)) {
        const list = (site.found[name][figure] ??= []);
        if (run) list.push(value);
      }
    }
  }
}

const [passphrase, runs, ...paths] = process.argv.slice(2);
const browser = await engine.launch();
const results = {};
const sites = [];
for (const path of paths) {
  const [name, folder] = path.split("=");
  const host = await serve(dirname(folder));
  const found = ((results[name] ??= {})[basename(folder)] = {});
  const url = `${host.url}${basename(folder)}/`;
  sites.push({ tool: TOOLS[name], host, url, passphrase, found });
}
try {
  await takeTurns(runs, sites, "typed", (site) => typed(browser, site));
  if (CAN_SLOW_DOWN) {
    await takeTurns(runs, sites, "slow", (site) => typed(browser, site, OLD_PHONE));
  }
  for (const site of sites) {
    site.tab = await openTab(browser);
    await unlock(site.tab, site, true);
  }
  await takeTurns(runs, sites, "remembered", (site) => remembered(browser, site));
} finally {
  await browser.close();
  for (const { host } of sites) host.close();
}
console.log(JSON.stringify(results));
