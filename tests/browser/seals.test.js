// Sealed codes: who sees one, for how long, and that nothing of it stays behind.

import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import {
  CLIENT_PASSPHRASE,
  STUDIO_PASSPHRASE,
  build,
  launch,
  makeTemporary,
  openTab,
  serve,
  setColours,
  submit,
  textOf,
  unlock,
  violations,
  waitUntilShown,
} from "./support.js";

const DELIVERABLES = "salon/deliverables/";
const CODE = "Jasmin–88 & <café>";
const LINK = "#k=D1HlxhfmtUKe5HGEZp1o652i8K3JGOB9A_zd6ed18Ag";
const ACCESS = readFileSync(new URL("../fixtures/people-access.yaml", import.meta.url), "utf8");

const SHOW = "[data-seal]";
const SHOWN = ".sealed output";
const FIELD = "dialog input:not([hidden])";

const temporary = makeTemporary();
let browser, output, host, session, ofPottery;

async function addSeal(content, run) {
  writeFileSync(join(content, "salon/access.yaml"), ACCESS);
  const client = join(content, "salon/client.yaml");
  const hugo = "contacts:\n  - {id: hugo, name: Hugo Mûrier, greeting: Hugo}";
  writeFileSync(client, readFileSync(client, "utf8").replace("contacts:", hugo));
  const shop = join(content, "salon/deliverables/01-vitrine.md");
  const account = "  - {for: Le serveur, given: 2026-11-18, sealed: sealed/serveur.json}\n---\n\nElle";
  writeFileSync(shop, readFileSync(shop, "utf8").replace("---\n\nElle", account));
  await run(["seal", "salon", "serveur"], CODE);
  await run(["seal", "pottery", "serveur"], CODE);
  ofPottery = readFileSync(join(content, "pottery/sealed/serveur.json"), "utf8").trim();
  rmSync(join(content, "pottery/sealed"), { recursive: true });
}

before(async () => {
  output = await build(temporary.root, { prepare: addSeal });
  browser = await launch();
  host = await serve(output);
  const page = await browser.newPage();
  await unlock(page, `${host.url}salon/`);
  session = await page.evaluate(() => Object.entries(sessionStorage));
  await page.close();
});

after(async () => {
  host?.close();
  await browser?.close();
  temporary.remove();
});

/** The deliverables, for Claire, who opened the portal before. */
async function visit(t, { scheme, expected } = {}) {
  const page = await openTab(t, browser, { expected });
  if (scheme) await setColours(page, scheme);
  await page.evaluateOnNewDocument((entries) => {
    if (origin === "null") return; // about:blank, before the first page
    for (const [name, value] of entries) sessionStorage.setItem(name, value);
  }, session);
  await page.goto(host.url + DELIVERABLES);
  await waitUntilShown(page);
  return page;
}

async function press(page, selector) {
  await page.focus(selector);
  await page.keyboard.press("Enter");
}

/** Answers the dialog with a passphrase. */
async function answer(page, passphrase) {
  await page.waitForSelector(`${FIELD}:focus`);
  await page.keyboard.type(passphrase);
  await page.keyboard.press("Enter");
}

async function reveal(page, passphrase = CLIENT_PASSPHRASE) {
  await press(page, SHOW);
  await answer(page, passphrase);
  await page.waitForSelector(SHOWN);
}

/** Waits for the sentence that refuses, and returns it. */
async function readProblem(page, where = ".sealed") {
  await page.waitForSelector(`${where} .problem[role=alert]`);
  return textOf(page, `${where} .problem`);
}

/** All that the page and its storage hold, less the seal itself. */
const everything = (page) =>
  page.evaluate(() => {
    const storage = [sessionStorage, localStorage].map((one) => JSON.stringify({ ...one }));
    return document.documentElement.innerHTML + storage.join("");
  });

const SECRET = /Jasmin|88 &amp;/;

describe("a sealed code", () => {
  it("is shown to whom knows the passphrase", async (t) => {
    const page = await visit(t);
    assert.doesNotMatch(await everything(page), SECRET);
    await press(page, SHOW);
    await answer(page, "chaton-elegant");
    assert.match(await readProblem(page, "dialog"), /pas la bonne phrase de passe/);
    await answer(page, CLIENT_PASSPHRASE); // what was typed is selected
    await page.waitForSelector(SHOWN);
    assert.equal(await textOf(page, SHOWN), CODE);
    assert.equal(await page.$("dialog"), null);
    await page.waitForSelector(`${SHOW}:focus`);
    assert.equal(await textOf(page, SHOW), "Masquer");
  });

  it("is shown to the studio too", async (t) => {
    const page = await visit(t);
    await reveal(page, STUDIO_PASSPHRASE);
    assert.equal(await textOf(page, SHOWN), CODE);
  });

  it("is shown at once where this device remembers the reader", async (t) => {
    const page = await openTab(t, await browser.createBrowserContext());
    await page.goto(host.url + DELIVERABLES);
    await page.waitForSelector("#lock-passphrase:focus");
    await page.click("#lock-remember");
    await page.focus("#lock-passphrase");
    await submit(page, CLIENT_PASSPHRASE);
    await waitUntilShown(page);
    await press(page, SHOW);
    await page.waitForSelector(SHOWN);
    assert.equal(await textOf(page, SHOWN), CODE);
    assert.equal(await page.$("dialog"), null);
  });

  it("is shown from the disk too", async (t) => {
    const page = await openTab(t, browser);
    await unlock(page, `${pathToFileURL(join(output, DELIVERABLES))}index.html`);
    await reveal(page);
    assert.equal(await textOf(page, SHOWN), CODE);
  });

  it("may be copied", async (t) => {
    const page = await visit(t);
    await page.evaluate(() => {
      navigator.clipboard.writeText = async (text) => {
        globalThis.copied = text;
      };
    });
    await reveal(page);
    await press(page, ".sealed output + button");
    await page.waitForFunction(() => globalThis.copied);
    assert.equal(await page.evaluate(() => globalThis.copied), CODE);
    assert.equal(await textOf(page, ".sealed output + button"), "Copié");
  });

  it("asks in a dialog that a password manager understands, and may be left", async (t) => {
    const page = await visit(t);
    await press(page, SHOW);
    await page.waitForSelector(`${FIELD}:focus`);
    const fields = await page.$$eval("dialog input", (all) =>
      all.map(({ autocomplete, type, value, labels }) => [
        autocomplete,
        type,
        value,
        labels[0]?.textContent ?? "",
      ]),
    );
    assert.deepEqual(fields, [
      ["username", "text", "TSMxaKVQADQ", ""],
      ["current-password", "password", "", "Phrase de passe"],
    ]);
    await page.keyboard.press("Escape");
    await page.waitForSelector(`${SHOW}:focus:not([aria-disabled])`);
    assert.equal(await page.$(".problem"), null);
    await reveal(page);
  });
});

describe("a code that was shown", () => {
  const isHidden = async (page) => {
    await page.waitForFunction(() => !document.querySelector(".sealed output"));
    assert.doesNotMatch(await everything(page), SECRET);
    assert.equal(await textOf(page, SHOW), "Afficher");
  };

  it("is hidden again by a click, and nothing of it stays", async (t) => {
    const page = await visit(t);
    await reveal(page);
    await press(page, SHOW);
    await isHidden(page);
    await page.waitForSelector(`${SHOW}:focus`);
    await reveal(page); // and asks anew
  });

  it("is hidden after a minute, and the focus stays near", async (t) => {
    const page = await visit(t);
    await page.evaluate(() => {
      const original = setTimeout;
      globalThis.setTimeout = (act, delay) => {
        if (delay === 60_000) globalThis.minuteIsOver = act;
        else original(act, delay);
      };
    });
    await reveal(page);
    await page.focus(".sealed output + button");
    await page.evaluate(() => globalThis.minuteIsOver());
    await isHidden(page);
    await page.waitForSelector(`${SHOW}:focus`);
  });

  it("is hidden when the page is left, also for who comes back", async (t) => {
    const page = await visit(t, { expected: /favicon\.ico/ }); // Firefox asks when it goes back
    await reveal(page);
    await page.evaluate(() => {
      addEventListener("pagehide", () => {
        sessionStorage.setItem("left", document.querySelector(".sealed").textContent);
      });
    });
    await page.goto(`${host.url}salon/`);
    await waitUntilShown(page);
    const left = await page.evaluate(() => sessionStorage.getItem("left"));
    assert.match(left, /^Afficher sous scellé\s: seul votre accès l’ouvre$/);
    await page.evaluate(() => history.back());
    await page.waitForSelector(SHOW);
    await isHidden(page);
  });
});

describe("a code is refused", () => {
  it("to a reader with a link, who is told to ask", async (t) => {
    const page = await openTab(t, await browser.createBrowserContext());
    await page.goto(host.url + DELIVERABLES + LINK);
    await waitUntilShown(page);
    await press(page, SHOW);
    assert.match(await readProblem(page), /ne permet pas d’afficher ce code.*demander/);
    assert.equal(await page.$("dialog"), null);
    assert.deepEqual(await violations(page), []);
  });

  const flip = (text) => text.slice(0, 20) + (text[20] === "A" ? "B" : "A") + text.slice(21);

  const ALTERATIONS = {
    "the text": (seal) => ({ ...seal, ciphertext: flip(seal.ciphertext) }),
    "the tag": (seal) => ({ ...seal, tag: flip(seal.tag) }),
    "the name": (seal) => ({ ...seal, protected: flip(seal.protected) }),
    "the keys": (seal) => ({
      ...seal,
      recipients: seal.recipients.map((one) => ({
        ...one,
        encrypted_key: flip(one.encrypted_key),
      })),
    }),
    "a member too many": (seal) => ({ ...seal, aad: "AAAA" }),
    "of another portal": () => JSON.parse(ofPottery),
  };

  for (const [name, alter] of Object.entries(ALTERATIONS)) {
    it(`that was altered: ${name}`, async (t) => {
      const page = await visit(t);
      const seal = JSON.parse(await page.$eval(SHOW, (button) => button.dataset.seal));
      const altered = JSON.stringify(alter(seal));
      await page.$eval(SHOW, (button, text) => button.setAttribute("data-seal", text), altered);
      await press(page, SHOW);
      // What can be seen without a passphrase is said without asking for one.
      const asked = await page.waitForSelector(`${FIELD}:focus, .sealed .problem`);
      if (await asked.evaluate((one) => one.localName === "input")) {
        await answer(page, CLIENT_PASSPHRASE);
      }
      assert.match(await readProblem(page), /endommagé ou a été modifié/);
      assert.doesNotMatch(await everything(page), SECRET);
    });
  }
});

describe("codes are accessible", () => {
  for (const scheme of ["light", "dark"]) {
    it(scheme, async (t) => {
      const page = await visit(t, { scheme });
      await page.setViewport({ width: 320, height: 640 });
      await press(page, SHOW);
      await answer(page, "-");
      await readProblem(page, "dialog");
      assert.deepEqual(await violations(page), [], "the dialog");
      const { left, right } = await page.$eval("dialog", (one) => one.getBoundingClientRect().toJSON());
      assert.ok(left >= 0 && right <= 320);
      await answer(page, CLIENT_PASSPHRASE);
      await page.waitForSelector(SHOWN);
      assert.deepEqual(await violations(page), [], "the code");
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
    });
  }
});
