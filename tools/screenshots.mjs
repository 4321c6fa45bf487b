// Pictures of every page of the sample portals, as their readers see them: `make screenshots`.
// They go to screenshots/, under names like salon-martin-deliverables-phone-dark.png, beside the
// printed pages as PDF and, where pdftoppm is at hand, as pictures.
//
//   --client NAME   that portal alone; also: studio (the dashboard), lock, front
//   --page NAME     that page alone: overview, spec, deliverables…
//   --only FORM     phone, laptop or print
//   --scheme NAME   light or dark
//   --language ID   all clients and the studio speak that language
//   --content DIR   another workspace's content/, opened by the passphrases of the README, and the
//                   themes/ beside it
//   --output DIR    another folder than screenshots/
//   --readme        only the few pictures of the README, small, into docs/images/
//
// Each option may be given several times, but --language, --content and --output.

import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { parseArgs, promisify } from "node:util";
import * as chromium from "../tests/browser/chromium.js";
import { stopClock } from "../tests/browser/clock.js";
import { serve } from "../tests/browser/host.js";
import {
  ROOT,
  TODAY,
  buildSamples,
  forEach,
  openSessions,
  pagesIn,
  passphrases,
  useSession,
} from "../tests/browser/sample-clients.js";
import { makeTemporary, visit } from "../tests/browser/support.js";

const TABS = 3;
const SCREENS = {
  phone: { width: 390, height: 844, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  laptop: { width: 1280, height: 800 },
};
const LONGEST = 16_000; // pixels of a picture; Chromium repeats itself in a longer one
const FORMS = [...Object.keys(SCREENS), "print"];
const SCHEMES = ["light", "dark"];
const README = [
  "lock-lock-phone-light",
  "salon-martin-overview-phone-light",
  "salon-martin-deliverables-phone-dark",
  "hartley-moss-pottery-overview-laptop-light",
  "studio-overview-laptop-light",
];

const run = promisify(execFile);
const list = { type: "string", multiple: true };
const text = { type: "string" };

const { values: chosen } = parseArgs({
  options: {
    client: list,
    page: list,
    only: list,
    scheme: list,
    language: text,
    content: { ...text, default: join(ROOT, "content") },
    output: text,
    readme: { type: "boolean", default: false },
  },
});

const wants = (option, value) => !chosen[option] || chosen[option].includes(value);

/** Every page that is wanted: { portal, page, path }; two of them are open to everybody. */
function pagesOf(output) {
  const locked = pagesIn(output);
  const open = [
    { portal: "lock", page: "lock", path: locked[0].path, isOpen: true },
    { portal: "front", page: "front", path: "index.html", isOpen: true },
  ];
  return [...locked, ...open].filter(
    ({ portal, page }) => wants("client", portal) && wants("page", page),
  );
}

/** Every picture to take: a page, the form it is shown in, and the colours. */
function shotsOf(pages) {
  const all = pages.flatMap((page) =>
    FORMS.flatMap((form) =>
      (form === "print" ? ["light"] : SCHEMES).map((scheme) => ({ ...page, form, scheme })),
    ),
  );
  const named = all.map((shot) => ({ ...shot, name: nameOf(shot) }));
  if (chosen.readme) return named.filter(({ name }) => README.includes(name));
  return named.filter(
    (shot) =>
      wants("only", shot.form) &&
      wants("scheme", shot.scheme) &&
      !(shot.isOpen && shot.form === "print"),
  );
}

const nameOf = ({ portal, page, form, scheme }) =>
  [portal, page, form, ...(form === "print" ? [] : [scheme])].join("-");

/** A new tab in a browser that remembers nothing, as on the reader's first visit. */
async function openTab(browser, { form, scheme }, session) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await stopClock(page, `${TODAY}T09:00`);
  await chromium.setLanguages(page, `${chosen.language ?? "fr"},en`);
  await page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: scheme },
    { name: "prefers-reduced-motion", value: "reduce" },
  ]);
  await page.setViewport(SCREENS[form] ?? SCREENS.laptop);
  await useSession(page, session);
  return page;
}

/** Walks down the page and back, as pictures load when they come near, and waits for them. */
async function settle(page) {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    for (let top = 0; top < document.documentElement.scrollHeight; top += innerHeight) {
      scrollTo(0, top);
      await frame();
    }
    scrollTo(0, 0);
    await document.fonts.ready;
    document.activeElement?.blur();
  });
  await page.waitForNetworkIdle({ idleTime: 150 });
  await page.waitForFunction(() =>
    [...document.images].every((image) => !image.checkVisibility() || image.naturalWidth > 0),
  );
}

async function take(browser, url, session, folder, shot) {
  const page = await openTab(browser, shot, shot.isOpen ? [] : session);
  try {
    if (!shot.isOpen) await visit(page, url + shot.path);
    else await page.goto(url + shot.path);
    if (shot.page === "lock") await page.waitForSelector("#lock-passphrase:focus");
    await settle(page);
    if (shot.form === "print") await print(page, join(folder, shot.name));
    else if (chosen.readme) await photograph(page, join(folder, `${shot.name}.webp`), { quality: 82 });
    else await photograph(page, join(folder, `${shot.name}.png`), { fullPage: true });
  } finally {
    await page.browserContext().close();
  }
}

/** The window, or the full page; a very long one in fewer pixels. */
async function photograph(page, path, options) {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  const view = page.viewport();
  if (options.fullPage && height * (view.deviceScaleFactor ?? 1) > LONGEST) {
    await page.setViewport({ ...view, deviceScaleFactor: LONGEST / height });
  }
  await page.screenshot({ path, type: path.split(".").pop(), ...options });
}

/** The page on paper, as PDF and as pictures. */
async function print(page, path) {
  await page.pdf({ path: `${path}.pdf`, format: "A4", preferCSSPageSize: true });
  await run("pdftoppm", ["-png", "-r", "80", `${path}.pdf`, path]).catch((error) => {
    if (error.code !== "ENOENT") throw error;
    withoutPictures = true;
  });
}

let withoutPictures = false;

const temporary = makeTemporary();
const folder = resolve(chosen.output ?? join(ROOT, chosen.readme ? "docs/images" : "screenshots"));
let browser, host;
try {
  const { content, language } = chosen;
  const output = await buildSamples(temporary.root, { content: resolve(content), language });
  const shots = shotsOf(pagesOf(output));
  const locked = new Set(shots.filter(({ isOpen }) => !isOpen).map(({ portal }) => portal));
  mkdirSync(folder, { recursive: true });
  browser = await chromium.launch();
  host = await serve(output);
  const known = passphrases();
  const passphraseOf = (portal) => known[portal] ?? known.studio;
  const session = await openSessions(browser, host.url, [...locked], passphraseOf);
  await forEach(shots, TABS, (shot) => take(browser, host.url, session, folder, shot));
  console.log(`${shots.length} in ${relative(process.cwd(), folder) || folder}`);
  if (withoutPictures) console.log("no pictures of printed pages: pdftoppm is not installed");
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  host?.close();
  await browser?.close();
  temporary.remove();
}
