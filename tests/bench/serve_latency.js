// Saves a file again and again, and notes when its text is on the page of a preview: what
// serve_latency.py runs. Arguments: the address of the page, the file, how often.
//
// Prints the milliseconds from the return of write() to the text in the document, as JSON.

import { readFileSync, writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { launch } from "../browser/chromium.js";

const BETWEEN = 400; // milliseconds

const [address, file, times] = process.argv.slice(2);
const now = () => performance.timeOrigin + performance.now();

/** In each document of the tab: tells when a mark is there that was not before. */
function watchForMarks() {
  let last = "";
  const look = () => {
    const mark = /saved-(\d+)-times/.exec(document.body?.textContent ?? "")?.[1];
    if (!mark || mark === last) return;
    last = mark;
    globalThis.seen(Number(mark), performance.timeOrigin + performance.now());
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
}

const browser = await launch();
try {
  const page = await browser.newPage();
  const seen = new Map();
  await page.exposeFunction("seen", (mark, at) => seen.get(mark)?.(at));
  await page.evaluateOnNewDocument(watchForMarks);
  await page.goto(address);
  await page.waitForSelector("body.portal");
  await pause(1000);
  const text = readFileSync(file, "utf8");
  const results = [];
  for (let mark = 1; mark <= Number(times); mark += 1) {
    const arrived = new Promise((resolve) => seen.set(mark, resolve));
    writeFileSync(file, `${text}\nsaved-${mark}-times\n`);
    const saved = now();
    results.push((await arrived) - saved);
    await pause(BETWEEN);
  }
  console.log(JSON.stringify(results));
} finally {
  await browser.close();
}
