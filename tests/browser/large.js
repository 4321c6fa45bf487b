// What a file of 300 MB costs a browser: time, memory, and whether it arrives whole. Run by hand:
// `node tests/browser/large.js`, and with BROWSER=firefox.

import { createHash, randomFillSync } from "node:crypto";
import {
  closeSync,
  createReadStream,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { build, launch, makeTemporary, serve, textOf, unlock } from "./support.js";

const MEGABYTE = 1_000_000;
const MEGABYTES = Number(process.env.MEGABYTES ?? 300);
const NAME = "film.mp4";

function writeFilm(path) {
  const file = openSync(path, "w");
  for (let count = 0; count < MEGABYTES; count += 1) {
    writeSync(file, randomFillSync(Buffer.alloc(MEGABYTE)));
  }
  closeSync(file);
}

async function digestOf(path) {
  const hash = createHash("sha256");
  for await (const bytes of createReadStream(path)) hash.update(bytes);
  return hash.digest("hex");
}

function attachFilm(content) {
  mkdirSync(join(content, "salon/files"));
  writeFilm(join(content, "salon/files", NAME));
  const path = join(content, "salon/deliverables/01-vitrine.md");
  const text = readFileSync(path, "utf8");
  writeFileSync(path, text.replace("covers:", `files: [files/${NAME}]\ncovers:`));
}

/** A process and all below it. */
function family(pid) {
  const tasks = `/proc/${pid}/task`;
  const children = readdirSync(tasks).flatMap((task) =>
    readFileSync(join(tasks, task, "children"), "utf8").split(" ").filter(Boolean),
  );
  return [pid, ...children.flatMap(family)];
}

/** The memory of all processes of a browser, in bytes; what is shared counts in parts (PSS). */
function memoryOf(browser) {
  const kilobytes = family(browser.process().pid).map((pid) => {
    const [, found] = /^Pss: +(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"));
    return Number(found);
  });
  return kilobytes.reduce((sum, each) => sum + each, 0) * 1024;
}

const attempt = (action) => {
  try {
    return action();
  } catch {
    return 0; // a process that has just ended
  }
};

/** Calls back again and again, until the file is there and whole in size. */
async function waitForFile(path, size, whileWaiting) {
  while (statSync(path, { throwIfNoEntry: false })?.size !== size) {
    whileWaiting();
    await sleep(400); // looking costs the browser time
  }
}

async function measure(host, folder) {
  const browser = await launch({ downloads: folder });
  try {
    const page = await browser.newPage();
    await unlock(page, `${host.url}salon/deliverables/`);
    const hint = await textOf(page, ".file-row .note");
    await sleep(2000);
    const idle = memoryOf(browser);
    let peak = idle;
    const began = performance.now();
    const button = await page.$(`.file-row [data-file="files/${NAME}"]`);
    await button.click();
    const decrypted = page
      .waitForFunction((one) => !one.ariaDisabled, { timeout: 0 }, button)
      .then(() => performance.now());
    await waitForFile(join(folder, NAME), MEGABYTES * MEGABYTE, () => {
      peak = Math.max(peak, attempt(() => memoryOf(browser)));
    });
    const speedAt = (time) => Math.round((1000 * MEGABYTES) / (time - began));
    return {
      hint,
      saved: speedAt(performance.now()),
      decrypted: speedAt(await decrypted),
      memory: Math.round((peak - idle) / MEGABYTE),
    };
  } finally {
    await browser.close();
  }
}

const temporary = makeTemporary();
try {
  const output = await build(temporary.root, { prepare: attachFilm });
  const host = await serve(output);
  const folder = join(temporary.root, "downloads");
  mkdirSync(folder);
  const { hint, decrypted, saved, memory } = await measure(host, folder);
  host.close();
  const original = join(output, "../content/salon/files", NAME);
  const isWhole = (await digestOf(original)) === (await digestOf(join(folder, NAME)));
  console.log(`The page says: ${hint}`);
  console.log(`${MEGABYTES} MB: decrypted at ${decrypted} MB/s, on the disk at ${saved} MB/s`);
  console.log(`at most ${memory} MB above idle`);
  console.log(isWhole ? "SHA-256 is right" : "SHA-256 is WRONG");
  process.exitCode = isWhole ? 0 : 1;
} finally {
  temporary.remove();
}
