// What the browser tests stand on: real portals made by the command line, a static host, and tabs
// that note every complaint of the browser. PORTALGEN_PYTHON names another interpreter.

import "./old-node.js";
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { engine } from "./engines.js";

export { engine } from "./engines.js";
export { serve } from "./host.js";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const PYTHON = process.env.PORTALGEN_PYTHON ?? here("../../.venv/bin/python");
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const CLIENT_PASSPHRASE = "chaton-elegant-riviere-facade-melon-girafe";
export const STUDIO_PASSPHRASE =
  "garnement-colonne-vestibule-esquisse-pierre-guerrier-cloaque-propre";

/** The page of the salon's invoice (docs/lock-format.md, section 5). */
export const INVOICE = "invoice-dbc7ffb9f8/";

/** The pages of each portal that have a tab, as folders of it. */
export const PAGES = {
  salon: ["", "spec/", "plan/", "deliverables/", "corrections/", "journal/", INVOICE],
  pottery: ["", "spec/", "plan/", "deliverables/", "corrections/", "journal/"],
};

/** The pages of every portal that others lead to. */
export const BEHIND = ["agreement/"];

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

/** Runs a command of portalgen, with a text for its standard input. */
async function portalgen(workspace, command, input) {
  const options = ["-m", "portalgen", ...command, "--workspace", workspace];
  const running = promisify(execFile)(PYTHON, options);
  running.child.stdin.end(input);
  return (await running).stdout;
}

/**
 * Builds the site of these tests in a new workspace; returns its output folder. `prepare` may
 * change the content before: it is handed the folder and `run(command, input)`.
 */
export async function build(root, { lockPage = "studio", prepare = () => {} } = {}) {
  const workspace = mkdtempSync(join(root, "workspace-"));
  const content = join(workspace, "content");
  cpSync(here("site"), content, { recursive: true });
  const access = readFileSync(here("../fixtures/client-access.yaml"), "utf8");
  writeFileSync(join(content, "salon/access.yaml"), access);
  cpSync(here("../fixtures/pottery-access.yaml"), join(content, "pottery/access.yaml"));
  cpSync(here("../fixtures/studio-access.yaml"), join(content, "access.yaml"));
  const studio = readFileSync(join(content, "studio.yaml"), "utf8");
  const changed = studio.replace("lock_page: studio", `lock_page: ${lockPage}`);
  writeFileSync(join(content, "studio.yaml"), changed);
  const run = (command, input = "") => portalgen(workspace, command, input);
  await prepare(content, run);
  await issue(content, run);
  await run(["build", "--strict", "--today", "2026-11-23"]);
  return join(workspace, "output");
}

/** Issues the salon's invoice, if it is still approved. */
async function issue(content, run) {
  const invoice = join(content, "salon/invoice.yaml");
  if (existsSync(invoice) && /^approval:/m.test(readFileSync(invoice, "utf8"))) {
    await run(["approve", "salon", "invoice", "--today", "2026-11-23"]);
  }
}

export const { launch, setColours, setLanguages, setMedium, forbidScripts } = engine;

/** Notes everything the browser complains about in a tab, violations of the policy first. */
async function noteComplaints(page) {
  const complaints = new Set();
  const note = (text) => complaints.add(text);
  page.on("requestfailed", (one) => note(`request: ${one.url()} ${one.failure()?.errorText}`));
  page.on("response", (one) => {
    if (one.status() >= 400) note(`response: ${one.url()} ${one.status()}`);
  });
  await engine.noteLog(page, note);
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
  page.setDefaultTimeout(30_000);
  const complaints = await noteComplaints(page);
  t.after(async () => {
    await page.close();
    await engine.reset(page.browser());
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

/** Waits until a page is there, and what its buttons do. */
export async function waitUntilShown(page) {
  await page.waitForSelector("body.portal");
  await page.evaluate(() => portalgen.opened.then(() => true));
}

export async function unlock(page, url, passphrase = CLIENT_PASSPHRASE) {
  await page.goto(url);
  await submit(page, passphrase);
  await waitUntilShown(page);
}

/** Opens another page of a portal that this tab has the key of. */
export async function visit(page, url) {
  await page.goto(url);
  await waitUntilShown(page);
}

/** Clicks a link, and waits for the page behind it to open by itself. */
export async function follow(page, selector) {
  await Promise.all([page.waitForNavigation(), page.click(selector)]);
  await waitUntilShown(page);
}

/** Opens portals of one host in a tab, and returns what its session then holds. */
export async function openSession(browser, urls) {
  const page = await browser.newPage();
  for (const url of urls) await unlock(page, url);
  const entries = await page.evaluate(() => Object.entries(sessionStorage));
  await page.close();
  return entries;
}

/** A tab with such a session, as a passphrase takes its time; else as `openTab`. */
export async function openReadersTab(t, browser, session, options) {
  const page = await openTab(t, browser, options);
  await page.evaluateOnNewDocument((entries) => {
    if (origin === "null") return; // about:blank, before the first page
    for (const [name, value] of entries) sessionStorage.setItem(name, value);
  }, session);
  return page;
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

/**
 * What axe-core has against the page as it is now: each rule with the elements. Colours are most of
 * its work, and may be left out.
 */
export async function violations(page, { colours = true } = {}) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(AXE);
  const found = await page.evaluate(async (enabled) => {
    const preload = location.protocol !== "file:"; // there, no style sheet can be read once more
    const rules = { "color-contrast": { enabled } };
    return (await axe.run({ preload, rules, resultTypes: ["violations"] })).violations;
  }, colours);
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
}
