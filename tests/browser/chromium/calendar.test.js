// The dates of a project as a file for calendars: handed over by a button, read by ical.js.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import ICAL from "ical.js";
import { build, launch, makeTemporary, openTab, serve, unlock, visit } from "../support.js";

const NAME = "la-vitrine-de-noel.ics";

const temporary = makeTemporary();
let browser, downloads, output, host;

before(async () => {
  downloads = join(temporary.root, "downloads");
  mkdirSync(downloads);
  output = await build(temporary.root);
  browser = await launch({ downloads });
  host = await serve(output);
});

after(async () => {
  host?.close();
  await browser?.close();
  temporary.remove();
});

/** Waits for a file that is complete, and takes its text. */
async function takeDownload(name) {
  for (let waited = 0; waited < 10_000; waited += 50) {
    await sleep(50);
    const text = readdirSync(downloads).includes(name) && readFileSync(join(downloads, name), "utf8");
    if (text && text.endsWith("END:VCALENDAR\r\n")) return text;
  }
  throw new Error(`no ${name} among ${readdirSync(downloads)}`);
}

/** What an entry says, its first and its last day. */
function readEntries(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return calendar.getAllSubcomponents("vevent").map((component) => {
    const { summary, startDate, endDate, duration } = new ICAL.Event(component);
    assert.ok(startDate.isDate);
    assert.equal(endDate.subtractDate(startDate).toSeconds(), duration.toSeconds());
    const days = duration.toSeconds() / 86_400;
    return `${startDate} ${days} ${summary}`;
  });
}

const ENTRIES = [
  "2026-09-15 1 Début du projet (La vitrine de Noël)",
  "2026-09-30 1 Étape terminée\u00a0: Écouter et dessiner (La vitrine de Noël)",
  "2026-11-16 1 Étape terminée\u00a0: Construire les pages (La vitrine de Noël)",
  "2026-11-18 1 Livraison faite\u00a0: La vitrine, à votre adresse (La vitrine de Noël)",
  "2026-11-20 1 Fin du projet (La vitrine de Noël)",
  "2026-12-20 1 À payer\u00a0: Facture 2026-031 (La vitrine de Noël)",
];

describe("the file for calendars", () => {
  it("is saved under the project's name, with the line ends of its kind", async (t) => {
    const page = await openTab(t, browser);
    await unlock(page, `${host.url}salon/`);
    await visit(page, `${host.url}salon/plan/`);
    await page.click("[data-save]");
    const text = await takeDownload(NAME);
    assert.doesNotMatch(text, /[^\r]\n|\r[^\n]/);
    assert.deepEqual(readEntries(text), ENTRIES);
  });

  it("comes from the disk as well, and from the journal", async (t) => {
    const page = await openTab(t, browser);
    await unlock(page, pathToFileURL(join(output, "pottery/journal/index.html")).href);
    const name = await page.$eval("[data-save]", (button) => button.dataset.save);
    await page.click("[data-save]");
    assert.ok(readEntries(await takeDownload(name)).length > 0);
  });
});
