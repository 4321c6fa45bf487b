// Messages to the studio: who signs them, how they are copied; and what is folded on the first page.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import {
  STUDIO_PASSPHRASE,
  build,
  isShown,
  launch,
  makeTemporary,
  openReadersTab,
  openSession,
  openTab,
  serve,
  setColours,
  setMedium,
  textOf,
  unlock,
  violations,
  visit,
} from "./support.js";

const CORRECTION = ".hero .message";
const ANSWER = ".turn .message";
const LINK = 'a[href^="mailto:"]';
const COPY = "[data-copy]";

const temporary = makeTemporary();
let browser, host, session;

/** A second reader, so that no message is signed beforehand; many done steps, and a question. */
function addWork(content) {
  const client = join(content, "salon/client.yaml");
  const hugo = "contacts:\n  - {id: hugo, name: Hugo Mûrier}";
  writeFileSync(client, readFileSync(client, "utf8").replace("contacts:", hugo));
  for (const name of ["03-photos", "04-textes", "05-essais"]) {
    const step = `---\ntitle: ${name}\nfinished: 2026-10-20\n---\n`;
    writeFileSync(join(content, `salon/steps/${name}.md`), step);
  }
  const asked = "---\ntitle: La fête\nquestion: Quel jour ?\n---\n";
  writeFileSync(join(content, "salon/steps/06-fete.md"), asked);
  const invoice = join(content, "salon/invoice.yaml");
  writeFileSync(invoice, readFileSync(invoice, "utf8").replace(/^(approval|number|issued):.*\n/gm, ""));
}

before(async () => {
  const output = await build(temporary.root, { prepare: addWork });
  browser = await launch();
  host = await serve(output);
  session = await openSession(browser, [`${host.url}salon/`]);
});

after(async () => {
  host?.close();
  await browser?.close();
  temporary.remove();
});

/** A page of the portal, for Claire. */
async function open(t, path) {
  const page = await openReadersTab(t, browser, session);
  await visit(page, `${host.url}salon/${path}`);
  return page;
}

/** Lets the page copy into `copied`, or refuses, as browsers do without a permission. */
const setClipboard = (page, isAllowed) =>
  page.evaluate((isAllowed) => {
    navigator.clipboard.writeText = async (text) => {
      if (!isAllowed) throw new DOMException("no", "NotAllowedError");
      globalThis.copied = text;
    };
  }, isAllowed);

const signatureOf = (page, selector) =>
  page.$eval(selector, (link) => decodeURIComponent(link.href).split("\n").at(-1));

async function press(page, selector) {
  await page.focus(selector);
  await page.keyboard.press("Enter");
}

describe("a message", () => {
  it("is signed by who reads", async (t) => {
    const page = await open(t, "corrections/");
    assert.equal(await signatureOf(page, `${CORRECTION} ${LINK}`), "Claire Mûrier");
    assert.match(await textOf(page, `${CORRECTION} .message-text`), /\nClaire Mûrier$/);
  });

  it("leaves a line for the name of somebody else", async (t) => {
    const page = await openTab(t, browser);
    await unlock(page, `${host.url}salon/corrections/`, STUDIO_PASSPHRASE);
    assert.equal(await signatureOf(page, `${CORRECTION} ${LINK}`), "Mon nom\u00a0:");
    assert.match(await textOf(page, `${CORRECTION} .message-text`), /\nMon nom\u00a0:$/);
  });

  it("opens and closes from the keyboard", async (t) => {
    const page = await open(t, "corrections/");
    assert.ok(!(await isShown(page, `${CORRECTION} ${LINK}`)));
    await press(page, `${CORRECTION} summary`);
    assert.ok(await isShown(page, `${CORRECTION} ${LINK}`));
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => document.activeElement.getAttribute("aria-label"));
    assert.equal(focused, "Écrire un e-mail\u00a0: La vitrine de Noël");
    await press(page, `${CORRECTION} summary`);
    assert.ok(!(await isShown(page, `${CORRECTION} ${LINK}`)));
  });

  it("is copied as it is signed, and says so", async (t) => {
    const page = await open(t, "corrections/");
    await setClipboard(page, true);
    await press(page, `${CORRECTION} summary`);
    await press(page, `${CORRECTION} ${COPY}`);
    await page.waitForFunction(() => globalThis.copied);
    assert.match(await page.evaluate(() => globalThis.copied), /^Bonjour,\n[^]*\nClaire Mûrier$/);
    assert.equal(await textOf(page, `${CORRECTION} [role=status]`), "Copié");
  });

  it("is selected where it cannot be copied, even if it was not to be seen", async (t) => {
    const page = await open(t, "");
    await setClipboard(page, false);
    assert.ok(!(await isShown(page, `${ANSWER} .message-text`)));
    await press(page, `${ANSWER} ${COPY}`);
    await page.waitForSelector(`${ANSWER} .message-text:not([hidden])`);
    const selected = await page.evaluate(() => getSelection().toString());
    assert.match(selected, /Quel jour \?[^]*Claire Mûrier\s*$/);
    assert.match(await textOf(page, `${ANSWER} [role=status]`), /^Le texte est sélectionné/);
  });

  for (const scheme of ["light", "dark"]) {
    it(`has no fault that axe finds, open, in ${scheme} colours`, async (t) => {
      const page = await open(t, "");
      await setColours(page, scheme);
      await page.$$eval("details", (all) => {
        for (const one of all) one.open = true;
      });
      assert.deepEqual(await violations(page), []);
    });
  }
});

describe("done steps", () => {
  it("are folded until a link leads to one", async (t) => {
    const page = await open(t, "");
    assert.ok(!(await isShown(page, "#on-ecoute")));
    await page.evaluate(() => location.replace("#on-ecoute"));
    await page.waitForFunction(() => document.querySelector(".fold").open);
    const { top } = await page.$eval("#on-ecoute", (one) => one.getBoundingClientRect().toJSON());
    assert.ok(top > -1 && top < 200, `${top}`);
  });

  it("are there when another page leads to one", async (t) => {
    const page = await open(t, "#on-essais");
    assert.ok(await isShown(page, "#on-essais"));
  });

  it("are all on paper, and no message is", async (t) => {
    const page = await open(t, "");
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    await setMedium(page, "print");
    assert.ok(await isShown(page, "#on-ecoute"));
    assert.ok(!(await isShown(page, ANSWER)));
  });
});
