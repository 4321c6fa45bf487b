// What the browser tests stand on: real portals made by the command line, a static host that sends
// the headers the build wrote, and tabs that note every complaint of the browser.
// PORTALGEN_PYTHON and CHROMIUM name another interpreter or browser.

import "./old-node.js";
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import puppeteer from "puppeteer-core";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const PYTHON = process.env.PORTALGEN_PYTHON ?? here("../../.venv/bin/python");
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--lang=en-US",
  "--host-resolver-rules=MAP client.test 127.0.0.1", // a name that is no secure context
];
const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript" };
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const CLIENT_PASSPHRASE = "chaton-elegant-riviere-facade-melon-girafe";
export const STUDIO_PASSPHRASE =
  "garnement-colonne-vestibule-esquisse-pierre-guerrier-cloaque-propre";

const BLOCK = /(<script type="application\/jose\+json" id="portalgen-lock">)(.*?)(<\/script>)/s;

/** Words that stand in the clients' folders and nowhere else: no stranger may read one. */
export const SECRETS =
  /[ée]ph[ée]m[èe]re|m[ûu]rier|claire|vitrine|no[ëe]l|clisson|2026|8a3b5c|pottery|ellie|kiln/i;

export const envelopeOf = (html) => JSON.parse(BLOCK.exec(html)[2]);

export const withoutEnvelope = (html) => html.replace(BLOCK, "$1$3");

/** A locked page with its envelope changed. */
export const alterEnvelope = (html, alteration) =>
  html.replace(BLOCK, (_, start, text, end) => {
    const altered = JSON.stringify(alteration(JSON.parse(text)));
    assert.notEqual(altered, text);
    return start + altered + end;
  });

/** A tree of folders that a test file may write in; `remove` it afterwards. */
export function makeTemporary() {
  const root = mkdtempSync(join(tmpdir(), "portals-"));
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}

/** Builds the site of these tests in a new workspace; returns its output folder. */
export async function build(root, { lockPage = "studio" } = {}) {
  const workspace = mkdtempSync(join(root, "workspace-"));
  const content = join(workspace, "content");
  cpSync(here("site"), content, { recursive: true });
  const access = readFileSync(here("../fixtures/client-access.yaml"), "utf8");
  writeFileSync(join(content, "salon/access.yaml"), access);
  const other = access.replace(/^portal: .*/m, "portal: AAAAAAAAAAA").replace("claire", "ellie");
  writeFileSync(join(content, "pottery/access.yaml"), other);
  cpSync(here("../fixtures/studio-access.yaml"), join(content, "access.yaml"));
  const studio = readFileSync(join(content, "studio.yaml"), "utf8");
  const changed = studio.replace("lock_page: studio", `lock_page: ${lockPage}`);
  writeFileSync(join(content, "studio.yaml"), changed);
  const command = ["-m", "portalgen", "build", "--strict", "--today", "2026-11-23"];
  await promisify(execFile)(PYTHON, [...command, "--workspace", workspace]);
  return join(workspace, "output");
}

/** The headers for every path, from the file that hosts read. */
function readHeaders(folder) {
  const lines = readFileSync(join(folder, "_headers"), "utf8").trimEnd().split("\n");
  assert.equal(lines.shift(), "/*");
  return lines.map((line) => line.trim().split(/: (.*)/s, 2));
}

/**
 * Serves `host.folder`, which a test may change, like a static host: `name/` is its index.html,
 * and a folder without the slash is sent there.
 */
export async function serve(folder, mount = "") {
  const host = { folder };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://host");
    const path = join(host.folder, decodeURIComponent(pathname.slice(mount.length)));
    const found = pathname.startsWith(mount) && statSync(path, { throwIfNoEntry: false });
    if (found && found.isDirectory() && !pathname.endsWith("/")) {
      return response.writeHead(301, { Location: `${pathname}/` }).end();
    }
    const file = found && found.isDirectory() ? join(path, "index.html") : path;
    for (const [name, value] of readHeaders(host.folder)) response.setHeader(name, value);
    if (!found) return response.writeHead(404).end("not here");
    response.setHeader("Content-Type", TYPES[extname(file)]);
    return response.end(readFileSync(file));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return Object.assign(host, { port, url: `http://127.0.0.1:${port}${mount}/`, close });
}

export const launch = () => puppeteer.launch({ executablePath: CHROMIUM, args: FLAGS });

/** Notes everything the browser complains about in a tab, violations of the policy first. */
async function noteComplaints(page) {
  const complaints = new Set();
  const note = (text) => complaints.add(text);
  page.on("console", (one) => {
    if (["error", "warn"].includes(one.type())) note(`console: ${one.text()}`);
  });
  page.on("pageerror", (error) => note(`error: ${error.message}`));
  page.on("requestfailed", (one) => note(`request: ${one.url()} ${one.failure().errorText}`));
  const session = await page.createCDPSession();
  session.on("Audits.issueAdded", ({ issue }) => note(`issue: ${issue.code}`));
  await session.send("Audits.enable");
  await page.evaluateOnNewDocument(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, sample }) =>
      console.error(`${violatedDirective} is violated: ${sample}`),
    );
  });
  return complaints;
}

/** Opens a tab for one test, which fails when the browser complained of anything not `expected`. */
export async function openTab(t, browser, { expected = /^$/ } = {}) {
  const page = await browser.newPage();
  page.setDefaultTimeout(15_000);
  const complaints = await noteComplaints(page);
  t.after(async () => {
    await page.close();
    const left = [...complaints].filter((text) => !expected.test(text));
    assert.deepEqual(left, []);
  });
  return page;
}

/** Types a passphrase as a reader does. */
export async function submit(page, passphrase) {
  await page.waitForSelector("#lock-passphrase:focus");
  await page.keyboard.type(passphrase);
  await page.keyboard.press("Enter");
}

export const waitUntilShown = (page) => page.waitForSelector("body.portal");

export async function unlock(page, url, passphrase = CLIENT_PASSPHRASE) {
  await page.goto(url);
  await submit(page, passphrase);
  await waitUntilShown(page);
}

/** Waits for the sentence that refuses, and returns it. */
export async function readError(page) {
  await page.waitForSelector("#lock-error:not(:empty)");
  return textOf(page, "#lock-error");
}

export const textOf = (page, selector) =>
  page.$eval(selector, (element) => element.textContent.trim());

export const isShown = (page, selector) =>
  page.$eval(selector, (element) => element.checkVisibility({ visibilityProperty: true }));

/** What axe-core has against the page as it is now: each rule with the elements. */
export async function violations(page) {
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => (await axe.run()).violations);
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
}

export const setColours = (page, scheme) =>
  page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
