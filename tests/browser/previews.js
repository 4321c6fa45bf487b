// Previews of the site of these tests: `portalgen serve` as a process of its own.

import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const PYTHON = process.env.PORTALGEN_PYTHON ?? here("../../.venv/bin/python");

/** A workspace of its own; `save(path, change)` changes a file of it as an editor does. */
export function makeWorkspace(root) {
  const workspace = mkdtempSync(join(root, "preview-"));
  const content = join(workspace, "content");
  cpSync(here("site"), content, { recursive: true });
  cpSync(here("../fixtures/client-access.yaml"), join(content, "salon/access.yaml"));
  cpSync(here("../fixtures/pottery-access.yaml"), join(content, "pottery/access.yaml"));
  cpSync(here("../fixtures/studio-access.yaml"), join(content, "access.yaml"));
  const save = (path, change) => {
    const file = join(content, path);
    const fresh = `${file}.new`;
    writeFileSync(fresh, change(readFileSync(file, "utf8")));
    renameSync(fresh, file);
  };
  return { workspace, content, save };
}

/** Starts a preview; resolves with its address and port, and what ends it, once it listens. */
export async function preview(workspace, ...options) {
  const dated = ["--workspace", workspace, "--today", "2026-11-23"];
  const port = options.includes("--port") ? [] : ["--port", "0"];
  const command = ["-m", "portalgen", "serve", ...dated, ...port, ...options];
  const serving = spawn(PYTHON, command, { stdio: ["ignore", "ignore", "pipe"] });
  const ended = new Promise((resolve) => serving.once("exit", resolve));
  const lines = createInterface({ input: serving.stderr });
  const said = [];
  const url = await new Promise((resolve, reject) => {
    lines.on("line", (line) => {
      said.push(line);
      const address = /http:\S+/.exec(line)?.[0];
      if (address) resolve(address);
    });
    lines.once("close", () => reject(new Error(`it did not start: ${said.join("\n")}`)));
  });
  const close = async () => {
    serving.kill("SIGINT");
    return ended;
  };
  return { url, port: new URL(url).port, close };
}

/** What stands in the bar around a page. */
export const inBar = (page, selector) =>
  page.evaluate((wanted) => {
    const bar = document.getElementById("portalgen-bar")?.shadowRoot;
    const found = bar?.querySelector(wanted);
    return found?.checkVisibility() ? found.textContent.trim() : null;
  }, selector);

/** Waits for something of the page that outlasts its reloads. */
export async function until(page, happened, ...values) {
  const end = performance.now() + 20_000;
  for (;;) {
    const answer = await page.evaluate(happened, ...values).catch(() => false); // it may reload
    if (answer) return;
    if (performance.now() > end) throw new Error(`never: ${happened}`);
    await pause(20);
  }
}
