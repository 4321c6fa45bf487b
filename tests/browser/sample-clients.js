// The portals of content/, built as in the demo and opened with the passphrases of the README.

import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { unlock } from "./support.js";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const PYTHON = process.env.PORTALGEN_PYTHON ?? join(ROOT, ".venv/bin/python");
const KEYS = ".portalgen";

/** The day of the build, and of the reader. */
export const TODAY = "2026-11-23";

/** Runs Python on arguments; returns what it writes. */
export const python = async (...command) => (await promisify(execFile)(PYTHON, command)).stdout;

/** The languages that portals speak. */
export async function languages() {
  const asked = "from portalgen.language import LANGUAGES; print(*LANGUAGES)";
  return (await python("-c", asked)).trim().split(" ");
}

/** Makes everybody in a content folder speak a language. */
function speak(content, language) {
  for (const name of readdirSync(content, { recursive: true })) {
    if (!/(^|\/)(client|studio)\.yaml$/.test(name)) continue;
    const file = join(content, name);
    const text = readFileSync(file, "utf8").replace(/^language:.*\n/m, "");
    writeFileSync(file, `language: ${language}\n${text}`);
  }
}

/**
 * Builds a content folder in a new workspace; returns its output folder. With the keys of another
 * `like` it, whoever opened that one has opened this one too.
 */
export async function buildSamples(workspace, { content = join(ROOT, "content"), language, like } = {}) {
  mkdirSync(workspace, { recursive: true });
  cpSync(content, join(workspace, "content"), { recursive: true });
  const themes = join(dirname(content), "themes");
  if (existsSync(themes)) cpSync(themes, join(workspace, "themes"), { recursive: true });
  if (language) speak(join(workspace, "content"), language);
  if (like) cpSync(join(dirname(like), KEYS), join(workspace, KEYS), { recursive: true });
  await buildWorkspace(workspace);
  return join(workspace, "output");
}

/** Builds a workspace as it is. */
export async function buildWorkspace(workspace) {
  const command = ["-m", "portalgen", "build", "--workspace", workspace, "--today", TODAY];
  await python(...command).catch(({ stderr }) => {
    throw new Error(`the content could not be built\n${stderr}`);
  });
}

/** The demo passphrases, by the portal they open. */
export function passphrases() {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  const rows = [...readme.matchAll(/^\|.*\| `([a-z-]{30,})` \|$/gm)];
  return Object.fromEntries(rows.map(([row, words]) => [/`([a-z-]+)`/.exec(row)[1], words]));
}

/** The portals of an output: the folders that have a page below their first one, or the dashboard. */
export const portalsIn = (output) =>
  readdirSync(output).filter((name) => existsSync(join(output, name, "index.html"))).sort();

/** Every locked page of an output: { portal, page, path }. */
export const pagesIn = (output) =>
  portalsIn(output).flatMap((portal) =>
    readdirSync(join(output, portal), { recursive: true })
      .filter((name) => /(^|\/)index\.html$/.test(name))
      .map((name) => name.split("/").slice(0, -1).join("/"))
      .sort()
      .map((page) => ({
        portal,
        page: page || "overview",
        path: `${portal}/${page && `${page}/`}index.html`,
      })),
  );

/** Opens portals once each, in parallel; returns what the session then holds. */
export async function openSessions(browser, url, portals, passphraseOf) {
  const opened = portals.map(async (portal) => {
    const page = await browser.newPage();
    await unlock(page, `${url}${portal}/`, passphraseOf(portal));
    const entries = await page.evaluate(() => Object.entries(sessionStorage));
    await page.close();
    return entries;
  });
  return [...new Map((await Promise.all(opened)).flat())];
}

/** Gives a tab such a session, from the next page on. */
export const useSession = (page, session) =>
  page.evaluateOnNewDocument((entries) => {
    if (origin === "null") return; // about:blank, before the first page
    for (const [name, value] of entries) sessionStorage.setItem(name, value);
  }, session);

/** Does one thing for each item, a few at a time. */
export async function forEach(items, atOnce, act) {
  const left = [...items];
  const work = async () => {
    for (let item = left.shift(); item; item = left.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}
