// Chromium, over the DevTools protocol. CHROMIUM names another binary.

import { tmpdir } from "node:os";
import puppeteer from "puppeteer-core";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--lang=en-US",
  "--host-resolver-rules=MAP * 127.0.0.1", // no network; and client.test is no secure context
];

/** Pages from the disk share the session of their tab. */
export const eachFileAlone = false;

export const launch = ({ downloads = tmpdir() } = {}) =>
  puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: FLAGS,
    downloadBehavior: { policy: "allow", downloadPath: downloads },
  });

/** Errors and warnings, and what DevTools lists as an issue: violations of the policy and more. */
export async function noteLog(page, note) {
  page.on("console", (one) => {
    if (["error", "warn"].includes(one.type())) note(`console: ${one.text()}`);
  });
  page.on("pageerror", (error) => note(`error: ${error.message}`));
  const session = await page.createCDPSession();
  session.on("Audits.issueAdded", ({ issue }) => note(`issue: ${issue.code}`));
  await session.send("Audits.enable");
}

export const setColours = (page, scheme) =>
  page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);

export async function setLanguages(page, acceptLanguage) {
  const session = await page.createCDPSession();
  const userAgent = await page.browser().userAgent();
  await session.send("Emulation.setUserAgentOverride", { userAgent, acceptLanguage });
}

export const forbidScripts = (page) => page.setJavaScriptEnabled(false);

export const setMedium = (page, medium) => page.emulateMediaType(medium);

/** Nothing to take back: all of it ends with the tab. */
export async function reset() {}
