// The order of things on a locked page. Runs in the head, after the data block.

const portalgen = (() => {
  "use strict";

  let envelope = null;

  const parsed = new Promise((resolve) => {
    document.addEventListener("DOMContentLoaded", resolve, { once: true });
  });

  function checkBrowser() {
    if (!globalThis.isSecureContext) throw new LockError("insecure");
    try {
      new DecompressionStream("deflate-raw"); // throws where only older formats are known
      new CSSStyleSheet();
    } catch {
      throw new LockError("browser");
    }
    if (!globalThis.crypto?.subtle) throw new LockError("browser");
  }

  function readPage() {
    checkBrowser();
    const found = shape.readEnvelope(document.getElementById("portalgen-lock").textContent);
    if (!shape.fitsAddress(found.page.header.page, location.pathname)) {
      throw new LockError("address");
    }
    return found;
  }

  async function open(access, moveFocus) {
    const { portal, page } = envelope;
    const html = await unlock.page(envelope, access.key);
    session.save(portal, access);
    const detail = { portal, page: page.header.page, reader: access.reader };
    await parsed;
    await show(html, { detail, moveFocus });
  }

  async function openWithPassphrase(passphrase) {
    await open(await unlock.withPassphrase(envelope, passphrase), true);
  }

  /** Whether the key of this session still opens the page; one that does not is forgotten. */
  async function openWithSession() {
    const access = session.load(envelope.portal);
    if (!access) return false;
    document.documentElement.classList.add("is-opening"); // no flash of the form
    try {
      await open(access, false);
      return true;
    } catch {
      session.forget(envelope.portal);
      return false;
    } finally {
      document.documentElement.classList.remove("is-opening");
    }
  }

  /** Forgets the key of this session and locks the page again. */
  function lock() {
    session.forget(envelope.portal);
    location.reload();
  }

  function onClick(event) {
    const button = event.target.closest?.("[data-print], [data-lock]");
    if (!button) return;
    if (button.hasAttribute("data-lock")) lock();
    else print();
  }

  /** Going back must not bring a page to light that was locked meanwhile. */
  function onPageShow(event) {
    if (event.persisted && envelope && !session.load(envelope.portal)) location.reload();
  }

  async function startForm(problem) {
    await parsed;
    document.documentElement.lang = words.choose(navigator.languages, document.documentElement.lang);
    words.translate(document);
    document.title = words.say("Private space");
    document.getElementById("lock-unstarted").remove();
    if (problem) form.fail(problem.reason, { final: true });
    else form.start(envelope.portal, openWithPassphrase);
  }

  async function start() {
    try {
      envelope = readPage();
    } catch (error) {
      return startForm(error);
    }
    addEventListener("click", onClick);
    addEventListener("pageshow", onPageShow);
    if (!(await openWithSession())) await startForm();
  }

  start();
  return { lock };
})();
