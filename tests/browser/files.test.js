// The files of a page: shown, handed over, and told of while they come.

import assert from "node:assert/strict";
import { createServer, get } from "node:http";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import {
  BROKEN_OFF,
  DELIVERABLES,
  DOWNLOAD,
  FAR,
  FILES,
  LARGE,
  LARGE_BYTES,
  PDF,
  PICTURE,
  VIEW,
  button,
  digestOf,
  openSite,
  press,
  waitUntilLoaded,
} from "./attached.js";
import { openTab, setColours, textOf, unlock, violations } from "./support.js";

/** A PDF viewer takes the request over; Firefox's tells how it gets along with the page's policy. */
const VIEWER =
  /(?:blob:|chrome-extension:).* net::ERR_ABORTED|fake worker|injection sink|docBaseUrl/;

let site;

before(async () => {
  site = await openSite();
});

afterEach(() => site.forgetDownloads());

after(() => site?.close());

describe("a picture", () => {
  it("is shown, with the right pixels", async (t) => {
    const page = await site.visit(t);
    await waitUntilLoaded(page, PICTURE);
    const found = await page.$eval(`img[data-file="${PICTURE}"]`, (image) => {
      const context = document.createElement("canvas").getContext("2d");
      context.drawImage(image, 0, 0);
      const pixel = [...context.getImageData(0, 0, 1, 1).data];
      return { width: image.naturalWidth, height: image.naturalHeight, pixel };
    });
    assert.deepEqual(found, { width: 240, height: 160, pixel: [255, 0, 0, 255] });
  });

  it("is not loaded before the reader comes near it", async (t) => {
    const page = await site.visit(t);
    await waitUntilLoaded(page, PICTURE);
    const far = await page.$(`img[data-file="${FAR}"]`);
    assert.equal(await far.evaluate((image) => image.src), "");
    await far.scrollIntoView();
    await waitUntilLoaded(page, FAR);
  });

  it("is loaded before the page is printed", async (t) => {
    const page = await site.visit(t);
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    await waitUntilLoaded(page, FAR);
  });

  it("is waited for when a button prints", async (t) => {
    const page = await site.visit(t);
    await page.evaluate((path) => {
      const far = document.querySelector(`img[data-file="${path}"]`);
      globalThis.print = () => {
        globalThis.printed = far.naturalWidth;
      };
      const button = document.createElement("button");
      button.setAttribute("data-print", "");
      document.body.prepend(button);
      button.click();
    }, FAR);
    await page.waitForFunction(() => globalThis.printed !== undefined);
    assert.equal(await page.evaluate(() => globalThis.printed), 160);
  });
});

describe("viewing", () => {
  it("a picture, in a dialog that gives the focus back", async (t) => {
    const page = await site.visit(t);
    await press(page, button(PICTURE, VIEW));
    await page.waitForFunction(() => document.querySelector("dialog img")?.naturalWidth === 240);
    assert.equal(await page.$eval("dialog", (dialog) => dialog.ariaLabel), "maquette.png");
    assert.deepEqual(await violations(page), []);
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => !document.querySelector("dialog"));
    await page.waitForSelector(`${button(PICTURE, VIEW)}:focus`);
  });

  it("a PDF, in the browser's own viewer", async (t) => {
    const page = await site.visit(t, { expected: VIEWER });
    await press(page, button(PDF, VIEW));
    const frame = await page.waitForFrame((one) => one.url().startsWith("blob:"));
    await frame.waitForFunction(() => document.contentType === "application/pdf");
    await page.click("dialog button:last-of-type");
    await page.waitForFunction(() => !document.querySelector("dialog"));
    assert.deepEqual(site.saved(), []);
  });

  it("and keeping what is shown", async (t) => {
    const page = await site.visit(t);
    await press(page, button(PICTURE, VIEW));
    await page.waitForSelector("dialog img");
    await page.click("dialog button");
    const { name, bytes } = await site.waitForDownload(FILES[PICTURE].length);
    assert.equal(name, "maquette.png");
    assert.equal(digestOf(bytes), digestOf(FILES[PICTURE]));
  });

  it("where the browser has no viewer, a PDF is handed over", async (t) => {
    const page = await site.visit(t);
    await page.evaluate(() =>
      Object.defineProperty(navigator, "pdfViewerEnabled", { value: false }),
    );
    await press(page, button(PDF, VIEW));
    const { name, bytes } = await site.waitForDownload(FILES[PDF].length);
    assert.equal(name, "cahier.pdf");
    assert.equal(digestOf(bytes), digestOf(FILES[PDF]));
  });

  for (const scheme of ["light", "dark"]) {
    it(`fits a phone, ${scheme}`, async (t) => {
      const prepare = async (one) => {
        await one.setViewport({ width: 320, height: 640 });
        await setColours(one, scheme);
      };
      const page = await site.visit(t, { prepare });
      await press(page, button(PICTURE, VIEW));
      await page.waitForFunction(() => document.querySelector("dialog img")?.naturalWidth);
      assert.deepEqual(await violations(page), []);
      const { left, right, bottom } = await page.$eval("dialog", (dialog) =>
        dialog.getBoundingClientRect().toJSON(),
      );
      assert.ok(left >= 0 && right <= 320 && bottom <= 640);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
    });
  }
});

describe("downloading", () => {
  for (const [path, content] of Object.entries(FILES).filter(([path]) => path !== FAR)) {
    it(path, async (t) => {
      const page = await site.visit(t);
      await press(page, button(path, DOWNLOAD));
      const { name, bytes } = await site.waitForDownload(content.length);
      assert.equal(`files/${name}`, path);
      assert.equal(digestOf(bytes), digestOf(content));
    });
  }

  it("through a link in a text", async (t) => {
    const page = await site.visit(t);
    await press(page, `.prose button[data-file="${LARGE}"]`);
    const { bytes } = await site.waitForDownload(LARGE_BYTES);
    assert.equal(digestOf(bytes), digestOf(FILES[LARGE]));
  });

  it("is all there is for what could run, even if a page asked to show it", async (t) => {
    const page = await site.visit(t);
    await page.evaluate(() => {
      globalThis.types = [];
      const original = URL.createObjectURL;
      URL.createObjectURL = (blob) => {
        types.push(blob.type);
        return original(blob);
      };
    });
    for (const path of ["files/page.html", "files/plan.svg"]) {
      assert.equal(await page.$(button(path, VIEW)), null);
      await page.$eval(button(path), (one) => {
        one.setAttribute("data-view", "");
        one.setAttribute("data-type", one.dataset.file.endsWith("svg") ? "image/svg+xml" : "text/html");
      });
      await press(page, button(path));
      await site.waitForDownload(FILES[path].length);
      site.forgetDownloads();
      assert.equal(await page.$("dialog"), null);
    }
    const types = await page.evaluate(() => globalThis.types.filter((type) => type !== "image/png"));
    assert.deepEqual(types, ["application/octet-stream", "application/octet-stream"]);
  });
});

/** A host that sends half of the large file, and waits: for `finish()`, or `cut()`. */
async function serveHalves(t) {
  const waiting = [];
  const untilWaiting = async () => {
    while (!waiting.length) await setTimeout(10);
    return waiting.splice(0);
  };
  const sendHalf = async (found, response) => {
    let left = LARGE_BYTES / 2;
    for await (const bytes of found) {
      response.write(bytes);
      left -= bytes.length;
      if (left < 0 && left + bytes.length >= 0) {
        await new Promise((resolve) => waiting.push({ resolve, response }));
      }
    }
    response.end();
  };
  const server = createServer((request, response) => {
    get(new URL(request.url, site.url), (found) => {
      response.writeHead(found.statusCode, found.headers);
      const isLarge = found.headers["content-length"] > LARGE_BYTES;
      if (isLarge) sendHalf(found, response).catch(() => {});
      else found.pipe(response);
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    finish: async () => (await untilWaiting()).forEach(({ resolve }) => resolve()),
    cut: async () => (await untilWaiting()).forEach(({ response }) => response.destroy()),
  };
}

describe("a download that takes its time", () => {
  const large = button(LARGE);

  async function beginHalf(t, expected) {
    const slow = await serveHalves(t);
    const page = await site.visit(t, { url: slow.url, expected });
    await press(page, large);
    await page.waitForFunction(() => document.querySelector("progress")?.value > 9e6);
    return { slow, page };
  }

  const isBusy = (page) => page.$eval(large, (one) => one.getAttribute("aria-disabled"));

  it("says how far it is, and arrives", async (t) => {
    const { slow, page } = await beginHalf(t);
    assert.match(await textOf(page, ".file-row .note [aria-hidden]"), /^10\sMo sur 20\sMo$/);
    assert.match(await textOf(page, ".file-row .note [role=status]"), /Mo sur 20\sMo$/);
    assert.equal(await page.$eval("progress", (bar) => bar.ariaLabel), "film d’été.mp4");
    assert.equal(await isBusy(page), "true");
    assert.deepEqual(await violations(page), []);
    await press(page, large); // is ignored
    await slow.finish();
    const { bytes } = await site.waitForDownload(LARGE_BYTES);
    assert.equal(digestOf(bytes), digestOf(FILES[LARGE]));
    await page.waitForFunction(() => !document.querySelector("progress"));
    assert.equal(await isBusy(page), null);
  });

  it("may be cancelled, and begun anew", async (t) => {
    const { slow, page } = await beginHalf(t, BROKEN_OFF);
    await press(page, ".file-row .note button");
    await page.waitForFunction(() => !document.querySelector("progress"));
    await page.waitForSelector(`${large}:focus`);
    assert.equal(await page.$(".problem"), null);
    assert.equal(await isBusy(page), null);
    assert.deepEqual(site.saved(), []);
    await slow.finish();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector("progress")?.value > 9e6);
    await slow.finish();
    await site.waitForDownload(LARGE_BYTES);
  });

  it("and breaks off is said so, and leaves nothing", async (t) => {
    const { slow, page } = await beginHalf(t, /ERR_|NS_ERROR_/);
    await slow.cut();
    await page.waitForSelector(".file-row .problem[role=alert]");
    assert.match(await textOf(page, ".problem"), /n’a pas pu être chargé.*connexion/);
    assert.equal(await page.$("progress"), null);
    assert.equal(await isBusy(page), null);
    assert.deepEqual(site.saved(), []);
  });
});

describe("from the disk", () => {
  it("no file comes, and the page says where they are", async (t) => {
    const page = await openTab(t, site.browser);
    await unlock(page, `${pathToFileURL(join(site.output, DELIVERABLES))}index.html`);
    await page.waitForSelector(".prose .problem");
    assert.match(await textOf(page, ".prose .note"), /^La maquette, de face.*adresse web/);
    await press(page, button(PDF, DOWNLOAD));
    await page.waitForSelector(".file-row .problem");
    assert.match(await textOf(page, ".file-row .problem"), /adresse web/);
    assert.deepEqual(site.saved(), []);
    assert.deepEqual(await violations(page), []);
  });
});
