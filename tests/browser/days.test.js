// The reader's own day: how far dates are, what is late, what is next, and today on the plan.

import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import {
  build,
  isShown,
  launch,
  makeTemporary,
  openReadersTab,
  openSession,
  serve,
  setColours,
  setMedium,
  textOf,
  violations,
  visit,
} from "./support.js";

/** Where a day begins first, and nearly last. */
const ZONES = ["Pacific/Kiritimati", "America/Los_Angeles"];

const STEPS = {
  "salon/steps/03-essais.md": "title: Les essais\nstarted: 2026-11-17\ndue: 2026-12-04",
  "pottery/steps/03-shelves.md": "title: Shelves\ndue: 2026-12-01",
};

const temporary = makeTemporary();
const browsers = {};
let host, session;

function addSteps(content) {
  rmSync(join(content, "salon/invoice.yaml")); // it says that the work is approved
  for (const [path, keys] of Object.entries(STEPS)) {
    writeFileSync(join(content, path), `---\n${keys}\n---\n`);
  }
}

before(async () => {
  host = await serve(await build(temporary.root, { prepare: addSteps }));
  for (const zone of ZONES) {
    process.env.TZ = zone;
    browsers[zone] = await launch();
  }
  const urls = [`${host.url}salon/`, `${host.url}pottery/`];
  session = await openSession(browsers[ZONES[0]], urls);
});

after(async () => {
  host?.close();
  for (const browser of Object.values(browsers)) await browser.close();
  temporary.remove();
});

/** Lets a tab's clock stand at a moment of the reader's; `setClock(moment)` moves it. */
async function setClock(page, moment) {
  await page.evaluateOnNewDocument((text) => {
    const { Date: RealDate } = globalThis;
    let now = text;
    globalThis.setClock = (later) => (now = later);
    globalThis.Date = class extends RealDate {
      constructor(...parts) {
        super(...(parts.length ? parts : [now]));
      }
    };
  }, moment);
}

async function openAt(t, path, moment, zone = ZONES[0]) {
  const page = await openReadersTab(t, browsers[zone], session);
  await page.setViewport({ width: 1280, height: 800 });
  await setClock(page, moment);
  await visit(page, `${host.url}${path}`);
  return page;
}

/** The words of the first that matches, as one line with plain spaces. */
const read = async (page, selector) => (await textOf(page, selector)).replace(/\s+/g, " ");

/** The row of the table that is about a piece of work. */
const readRow = (page, title) =>
  page.$$eval(
    ".plan-table tbody",
    (rows, name) =>
      rows
        .find((row) => row.textContent.includes(name))
        .innerText.replace(name, "")
        .replace(/\s+/g, " ")
        .trim(),
    title,
  );

const percentsOf = (page, selector, ...names) =>
  page.$eval(selector, (mark, all) => all.map((name) => parseFloat(mark.getAttribute(name))), names);

describe("how far a date is", () => {
  for (const [day, said] of [
    ["2026-11-01", "in 4 weeks"],
    ["2026-11-28", "in 3 days"],
    ["2026-11-30", "tomorrow"],
    ["2026-12-01", "today"],
    ["2026-12-02", "yesterday"],
    ["2026-12-14", "13 days ago"],
    ["2026-12-15", "2 weeks ago"],
    ["2027-02-15", "2 months ago"],
    ["2029-12-01", "3 years ago"],
  ]) {
    it(`is told on ${day}: ${said}`, async (t) => {
      const page = await openAt(t, "pottery/plan/", `${day}T12:00`);
      assert.match(await readRow(page, "Shelves"), new RegExp(`^1 December 2026 \\(${said}\\)`));
    });
  }

  it("changes at midnight of the reader, wherever they are", async (t) => {
    for (const zone of ZONES) {
      for (const [moment, said] of [["2026-11-30T23:59", "tomorrow"], ["2026-12-01T00:00", "today"]]) {
        const page = await openAt(t, "pottery/plan/", moment, zone);
        assert.match(await readRow(page, "Shelves"), new RegExp(`\\(${said}\\)`), zone);
      }
    }
  });

  it("is now for a range that has begun and not ended", async (t) => {
    const saidOn = async (day) => {
      const page = await openAt(t, "pottery/plan/", `${day}T12:00`);
      return /\((.*?)\)/.exec(await read(page, ".figures dd:has([data-last])"))[1];
    };
    assert.equal(await saidOn("2027-01-24"), "tomorrow");
    assert.equal(await saidOn("2027-01-25"), "today");
    assert.equal(await saidOn("2027-01-26"), "now");
    assert.equal(await saidOn("2027-02-05"), "today");
    assert.equal(await saidOn("2027-02-06"), "yesterday");
  });

  it("is told in the language of the page, beside the date", async (t) => {
    const page = await openAt(t, "salon/plan/", "2026-12-01T12:00");
    const row = await readRow(page, "Les essais");
    assert.match(row, /^4 décembre 2026 \(dans 3 jours\) Commencé le 17 novembre 2026 \(il y a 2 semaines\)/);
  });

  it("is told on the overview, for the next dates and for what we wait for", async (t) => {
    const page = await openAt(t, "pottery/", "2026-11-30T12:00");
    assert.match(await read(page, ".turn .facts-list"), /4 December 2026 \(in 4 days\)/);
    assert.match(await read(page, "[data-dates] li"), /1 December 2026 \(tomorrow\)/);
  });

  it("is not printed, as paper does not change", async (t) => {
    const page = await openAt(t, "pottery/plan/", "2026-11-30T12:00");
    assert.ok(await isShown(page, ".relative"));
    await setMedium(page, "print");
    assert.ok(!(await isShown(page, ".relative")));
    assert.ok(!(await isShown(page, ".plan-today")));
  });
});

describe("a promise", () => {
  it("is late from the day after its last, unless it was kept", async (t) => {
    const lateOn = async (day) => {
      const page = await openAt(t, "pottery/plan/", `${day}T00:01`);
      return page.$$eval(".plan-table .late:not([hidden])", (all) =>
        all.map((mark) => mark.closest("tbody").querySelector("a").textContent),
      );
    };
    assert.deepEqual(await lateOn("2026-12-01"), []);
    assert.deepEqual(await lateOn("2026-12-02"), ["Shelves"]);
    assert.deepEqual(await lateOn("2027-02-06"), ["Taking payments", "Shelves", "The shop"]);
  });

  it("is next when no other comes before it", async (t) => {
    const nextOn = async (day) => {
      const page = await openAt(t, "pottery/", `${day}T12:00`);
      return page.$$eval("[data-dates] .next:not([hidden])", (all) =>
        all.map((mark) => mark.closest("li").querySelector("a").textContent),
      );
    };
    assert.deepEqual(await nextOn("2026-12-01"), ["Shelves"]);
    assert.deepEqual(await nextOn("2026-12-02"), ["Taking payments", "The shop"]);
    assert.deepEqual(await nextOn("2027-02-06"), []);
  });

  it("becomes late on a page that is left open over midnight", async (t) => {
    const page = await openAt(t, "pottery/plan/", "2026-12-01T23:59");
    assert.ok(!(await isShown(page, ".plan-table .late[data-late-after='2026-12-01']")));
    await page.evaluate(() => {
      setClock("2026-12-02T00:01");
      document.dispatchEvent(new Event("visibilitychange"));
    });
    assert.ok(await isShown(page, ".plan-table .late[data-late-after='2026-12-01']"));
    assert.match(await readRow(page, "Shelves"), /\(yesterday\)/);
    assert.doesNotMatch(await readRow(page, "Shelves"), /today/);
  });
});

describe("today on the plan", () => {
  it("stands on the reader's day, wherever they are", async (t) => {
    for (const zone of ZONES) {
      const at = async (moment) => {
        const page = await openAt(t, "pottery/plan/", moment, zone);
        assert.ok(await isShown(page, ".plan-today"));
        const days = await page.$eval("[data-plan]", ({ dataset }) => Number(dataset.days));
        const first = await page.$eval("[data-plan]", ({ dataset }) => dataset.first);
        const [x1, x2] = await percentsOf(page, ".plan-today", "x1", "x2");
        assert.equal(x1, x2);
        return { day: (x1 / 100) * days, first };
      };
      const { day, first } = await at("2026-11-23T23:59");
      const expected = (Date.parse("2026-11-23") - Date.parse(first)) / 86_400_000 + 0.5;
      assert.ok(Math.abs(day - expected) < 0.1, zone);
      assert.ok(Math.abs((await at("2026-11-24T00:00")).day - expected - 1) < 0.1, zone);
    }
  });

  it("is where work in progress ends", async (t) => {
    const page = await openAt(t, "pottery/plan/", "2026-11-23T12:00");
    const [today] = await percentsOf(page, ".plan-today", "x1");
    const running = '.plan-happened[data-today="x2"]';
    const [start, end] = await percentsOf(page, running, "x1", "x2");
    assert.ok(start < end);
    assert.equal(end, today);
  });

  it("is not shown where it lies outside", async (t) => {
    for (const day of ["2026-08-01", "2031-01-01"]) {
      const page = await openAt(t, "pottery/plan/", `${day}T12:00`);
      assert.ok(!(await isShown(page, ".plan-today")), day);
      const [start, end] = await percentsOf(page, '.plan-happened[data-today="x2"]', "x1", "x2");
      assert.ok(start < end && end <= 100, day);
    }
  });

  for (const [width, scheme] of [[320, "light"], [320, "dark"], [1280, "light"], [1280, "dark"]]) {
    it(`is accessible at ${width} pixels, ${scheme}, with all of it late`, async (t) => {
      const page = await openAt(t, "pottery/plan/", "2027-02-06T12:00");
      await setColours(page, scheme);
      await page.setViewport({ width, height: 800 });
      assert.deepEqual(await violations(page), []);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
    });
  }
});
