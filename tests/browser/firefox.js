// Firefox, over WebDriver BiDi. FIREFOX names another binary.
//
// What BiDi cannot emulate is set as a reader sets it, in the preferences. They are reached from
// the browser's own scope, which `--remote-allow-system-access` opens.

import { tmpdir } from "node:os";
import puppeteer from "puppeteer-core";

const COLOURS = "layout.css.prefers-color-scheme.content-override";
const DARK = 0;
const LIGHT = 1;
const LANGUAGES = "intl.accept_languages";
const SCRIPTS = "javascript.enabled";
const PDF_VIEWER = "resource://pdf.js";

/** The reader of every test that asks for no other. */
const USUAL = { [COLOURS]: LIGHT, [LANGUAGES]: "en-US,en", [SCRIPTS]: true };

const PREFERENCES = {
  ...USUAL,
  "network.dns.forceResolve": "127.0.0.1", // no network; and client.test is no secure context
  "security.fileuri.strict_origin_policy": true, // Firefox's own value, which puppeteer loosens
  "ui.useOverlayScrollbars": 1, // as on a phone: they take no width
  // Printing and saving, without a dialog, a printer or another tab.
  "print.always_print_silent": true,
  print_printer: "Mozilla Save to PDF",
  "print.printer_Mozilla_Save_to_PDF.print_to_file": true,
  "print.printer_Mozilla_Save_to_PDF.print_to_filename": "/dev/null",
  "browser.download.alwaysOpenPanel": false, // it would take the focus
  "browser.download.folderList": 2, // the one of browser.download.dir
  "browser.download.force_save_internally_handled_attachments": true,
};

/** A page from the disk is an origin of its own, and keeps its session to itself. */
export const eachFileAlone = true;

export const launch = ({ downloads = tmpdir() } = {}) =>
  puppeteer.launch({
    browser: "firefox",
    executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr",
    args: ["--remote-allow-system-access"],
    env: { ...process.env, MOZ_CRASHREPORTER_DISABLE: "1" },
    extraPrefsFirefox: { ...PREFERENCES, "browser.download.dir": downloads },
  });

/**
 * Errors and warnings, violations of the policy among them, of all that this browser shows; but not
 * those of its own viewer of PDFs, which every PDF makes it log.
 */
export function noteLog(page, note) {
  const { connection } = page.browser();
  const viewers = new Set();
  const onRealm = ({ realm, origin }) => origin === PDF_VIEWER && viewers.add(realm);
  const onEntry = ({ level, type, text, source }) => {
    if (level !== "error" && level !== "warn") return;
    if (!viewers.has(source.realm)) note(`${type === "console" ? type : "error"}: ${text}`);
  };
  connection.on("script.realmCreated", onRealm);
  connection.on("log.entryAdded", onEntry);
  page.once("close", () => {
    connection.off("script.realmCreated", onRealm);
    connection.off("log.entryAdded", onEntry);
  });
}

/** Calls a function in the browser's own window, where `Services` and `gBrowser` are. */
async function callInWindow(browser, callback, ...values) {
  const send = async (method, parameters) =>
    (await browser.connection.send(method, parameters)).result;
  const { contexts } = await send("browsingContext.getTree", { "moz:scope": "chrome" });
  const { exceptionDetails } = await send("script.evaluate", {
    expression: `(${callback})(...${JSON.stringify(values)})`,
    target: { context: contexts[0].context },
    awaitPromise: true,
  });
  if (exceptionDetails) throw new Error(exceptionDetails.text);
}

const setPreferences = (browser, values) =>
  callInWindow(
    browser,
    (all) => {
      const { Preferences } = ChromeUtils.importESModule(
        "resource://gre/modules/Preferences.sys.mjs",
      );
      Preferences.set(all);
    },
    values,
  );

export const setColours = (page, scheme) =>
  setPreferences(page.browser(), { [COLOURS]: scheme === "dark" ? DARK : LIGHT });

export const setLanguages = (page, languages) =>
  setPreferences(page.browser(), { [LANGUAGES]: languages });

export const forbidScripts = (page) => setPreferences(page.browser(), { [SCRIPTS]: false });

export async function setMedium(page, medium) {
  await page.bringToFront();
  const set = (name) => {
    gBrowser.selectedBrowser.browsingContext.mediumOverride = name;
  };
  await callInWindow(page.browser(), set, medium);
}

export const reset = (browser) => setPreferences(browser, USUAL);
