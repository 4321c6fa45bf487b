// The lock page: what it says, to whom, and that it tells a stranger nothing.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import {
  CLIENT_PASSPHRASE,
  SECRETS,
  build,
  envelopeOf,
  forbidScripts,
  isShown,
  launch,
  makeTemporary,
  openTab,
  readError,
  serve,
  setColours,
  setLanguages,
  submit,
  textOf,
  violations,
  waitUntilShown,
  withoutEnvelope,
} from "./support.js";

const SIZES = { phone: { width: 320, height: 640 }, desktop: { width: 1280, height: 800 } };

const temporary = makeTemporary();
let browser, output, silent, host;

before(async () => {
  [output, silent] = await Promise.all([
    build(temporary.root),
    build(temporary.root, { lockPage: "nothing" }),
  ]);
  browser = await launch();
  host = await serve(output);
});

after(async () => {
  host?.close();
  await browser?.close();
  temporary.remove();
});

const read = (...path) => readFileSync(join(output, ...path), "utf8");

describe("the lock page", () => {
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const scheme of ["light", "dark"]) {
      it(`is accessible on a ${size}, ${scheme}`, async (t) => {
        const page = await openTab(t, browser);
        await page.setViewport(viewport);
        await setColours(page, scheme);
        await page.goto(`${host.url}salon/`);
        await page.waitForSelector("#lock-passphrase:focus");
        assert.deepEqual(await violations(page), []);
        await submit(page, "-");
        await readError(page);
        assert.deepEqual(await violations(page), [], "after a wrong passphrase");
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.equal(width, viewport.width);
      });
    }
  }

  it("has a labelled field that a password manager understands", async (t) => {
    const page = await openTab(t, browser);
    await page.goto(`${host.url}salon/`);
    await page.waitForSelector("#lock-passphrase:focus");
    const field = await page.$eval("#lock-passphrase", ({ labels, autocomplete, type }) => ({
      label: labels[0].textContent,
      autocomplete,
      type,
    }));
    const expected = { label: "Passphrase", autocomplete: "current-password", type: "password" };
    assert.deepEqual(field, expected);
    const [portal] = await page.$$eval("[autocomplete=username]", (all) => all.map((a) => a.value));
    const header = envelopeOf(read("salon/index.html")).page.split(".")[0];
    assert.equal(portal, JSON.parse(Buffer.from(header, "base64url")).portal);
  });

  it("shows and hides what is typed", async (t) => {
    const page = await openTab(t, browser);
    await page.goto(`${host.url}salon/`);
    await page.waitForSelector("#lock-passphrase:focus");
    const state = async () => [
      await page.$eval("#lock-passphrase", (field) => field.type),
      await page.$eval("#lock-reveal", (button) => button.ariaPressed),
    ];
    assert.deepEqual(await state(), ["password", "false"]);
    await page.click("#lock-reveal");
    assert.deepEqual(await state(), ["text", "true"]);
    await page.click("#lock-reveal");
    assert.deepEqual(await state(), ["password", "false"]);
  });

  it("says that it is opening", async (t) => {
    const page = await openTab(t, browser);
    await page.goto(`${host.url}salon/`);
    await page.waitForSelector("#lock-passphrase:focus");
    await page.evaluate(() => {
      globalThis.said = [];
      const status = document.getElementById("lock-status");
      const note = () => {
        const { ariaBusy } = document.getElementById("lock-form");
        said.push([status.role, status.textContent, ariaBusy, document.activeElement.id]);
      };
      new MutationObserver(note).observe(status, { childList: true });
    });
    await submit(page, CLIENT_PASSPHRASE);
    await waitUntilShown(page);
    const said = await page.evaluate(() => globalThis.said);
    assert.deepEqual(said, [["status", "Opening…", "true", "lock-passphrase"]]);
  });

  it("speaks French to a French browser, and English to one whose language it lacks", async (t) => {
    const page = await openTab(t, browser);
    const heading = async (languages) => {
      await setLanguages(page, languages);
      await page.goto(`${host.url}salon/`);
      await page.waitForSelector("#lock-passphrase:focus");
      const language = await page.$eval("html", (root) => root.lang);
      return [language, await textOf(page, "h1"), await page.title()];
    };
    const french = ["fr", "Votre espace privé", "Espace privé"];
    assert.deepEqual(await heading("fr-CA,en"), french);
    assert.deepEqual(await heading("en-GB,fr"), ["en", "Your private space", "Private space"]);
    assert.deepEqual(await heading("ja,fr"), french);
    assert.deepEqual(await heading("ja"), french); // the studio's own language comes last
    await submit(page, "-");
    assert.match(await readError(page), /phrase/);
    assert.doesNotMatch(await readError(page), /passphrase/);
  });

  it("says in clear that it needs JavaScript", async (t) => {
    const page = await openTab(t, browser);
    await forbidScripts(page);
    await page.goto(`${host.url}salon/`);
    assert.ok(await isShown(page, "#lock-notice"));
    assert.match(await textOf(page, "#lock-notice"), /JavaScript/);
    assert.equal(await page.$("form"), null);
  });

  it("asks for https where the browser has no encryption", async (t) => {
    // The browser itself says that it ignores a header over http.
    const page = await openTab(t, browser, { expected: /Cross-Origin-Opener-Policy|CoopIssue/ });
    await page.goto(`http://client.test:${host.port}/salon/`);
    assert.match(await readError(page), /https:\/\//);
    assert.ok(!(await isShown(page, "form")));
  });
});

describe("a stranger", () => {
  it("reads nothing of a client in any file", () => {
    const files = readdirSync(output, { recursive: true, withFileTypes: true });
    const texts = files
      .filter((entry) => entry.isFile())
      .map(({ parentPath, path, name }) => join(parentPath ?? path, name));
    assert.ok(texts.length > 10);
    for (const path of texts) {
      assert.doesNotMatch(withoutEnvelope(readFileSync(path, "utf8")), SECRETS, path);
    }
  });

  it("sees the same page before every portal", () => {
    const [salon, pottery] = ["salon", "pottery"].map((name) => read(name, "index.html"));
    assert.notEqual(salon, pottery);
    assert.equal(withoutEnvelope(salon), withoutEnvelope(pottery));
  });

  it("sees who to call", async (t) => {
    const page = await openTab(t, browser);
    await page.goto(`${host.url}salon/`);
    assert.equal(await textOf(page, ".lock-studio"), "Atelier Lumière d’Été");
    assert.equal(await page.$eval("[href^='tel:']", (link) => link.href), "tel:+33639980001");
  });

  it("sees nothing at all, if the studio wants it so", async (t) => {
    const quiet = await serve(silent);
    t.after(quiet.close);
    const page = await openTab(t, browser);
    await page.goto(`${quiet.url}salon/`);
    assert.doesNotMatch(withoutEnvelope(await page.content()), /Atelier|Lumière|tel:|39980001/);
    await submit(page, CLIENT_PASSPHRASE);
    await waitUntilShown(page);
    assert.match(await textOf(page, "footer"), /Atelier Lumière/);
  });

  it("finds nobody listed above the portals", async (t) => {
    const page = await openTab(t, browser);
    await page.goto(host.url);
    assert.equal(await textOf(page, "h1"), "Espace privé");
    assert.doesNotMatch(await page.content(), /salon|pottery/i);
    assert.deepEqual(await violations(page), []);
  });
});
