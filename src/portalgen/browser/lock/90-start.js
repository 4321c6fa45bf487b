// The order of things on a locked page. Runs in the head, after the data block. What it leaves to
// the scripts of the page, once that is shown, is in `globalThis.portalgen`.

globalThis.portalgen = (() => {
  "use strict";

  const LINK = /^#k=([\w-]{43})$/; // docs/lock-format.md, section 2
  const root = document.documentElement;
  let envelope = null;
  let isLeaving = false;
  let tellOpened;
  const whenPrepared = show.prepare();

  /** Resolves once the page is shown and its script is there, with { envelope, key, reader }. */
  const opened = new Promise((resolve) => {
    tellOpened = resolve;
  });

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

  /** The secret of an access link, if one led here; the address bar does not keep it. */
  function takeLink() {
    const secret = LINK.exec(location.hash)?.[1];
    if (secret) history.replaceState(history.state, "", location.href.split("#")[0]);
    return secret;
  }

  async function open(access, { moveFocus = false, remember = false } = {}) {
    const { portal } = envelope;
    const html = await unlock.page(envelope, access.key);
    if (isLeaving) return; // somebody logged out meanwhile, perhaps in another tab
    session.save(portal, access);
    if (remember) await device.save(portal, access);
    const kept = await device.load(portal);
    await parsed;
    if (isLeaving) return;
    await show.page(html, { reader: access.reader, moveFocus, until: kept?.until });
    await Promise.all([words.choose([], root.lang), whenPrepared]); // it now speaks like the page
    tellOpened({ envelope, key: access.key, reader: access.reader });
  }

  async function openWithPassphrase(passphrase, remember) {
    await open(await unlock.withPassphrase(envelope, passphrase), { moveFocus: true, remember });
  }

  async function openWithLink(secret) {
    await open(await unlock.withLink(envelope, secret), { moveFocus: true });
  }

  /** What this device remembers opens, unless that person may no longer read: then it forgets. */
  async function findDevice() {
    const kept = await device.load(envelope.portal);
    if (!kept) return null;
    const mayRead = envelope.wrap.recipients.some(({ kid }) => kid === kept.kid);
    if (!mayRead) return device.forget(envelope.portal);
    return unlock.withReadKey(envelope, kept.kid, kept.key);
  }

  /** The ways in that ask for nothing, best first; each finds { key, reader }, or nothing. */
  const WAYS = [
    () => session.load(envelope.portal),
    findDevice,
    (secret) => secret && unlock.withLink(envelope, secret),
  ];

  /** Empties the page at once, and asks again; a second call would break off the first. */
  function relock() {
    if (isLeaving) return;
    isLeaving = true;
    document.body?.replaceChildren();
    location.reload();
  }

  /** Logs out: nothing of this portal is remembered any more, in any tab. */
  async function lock() {
    await device.forget(envelope.portal);
    session.end(envelope.portal);
    relock();
  }

  /** The device forgets; the page stays open as long as its session. */
  async function forget(button) {
    await device.forget(envelope.portal);
    show.sayDevice(document, null);
    show.focusOn(button.closest("[data-device]").parentElement);
  }

  /** What a click does, by the name of the data attribute. */
  const ACTIONS = { lock, forget };

  function onClick({ target }) {
    for (const [name, act] of Object.entries(ACTIONS)) {
      const element = target.closest?.(`[data-${name}]`);
      if (element) act(element);
    }
  }

  /** Going back must not bring a page to light that was locked meanwhile. */
  function onPageShow({ persisted }) {
    if (persisted && !session.load(envelope.portal)) relock();
  }

  /** An access link may be pasted over the address of a page that waits for a passphrase. */
  function onHashChange() {
    const secret = takeLink();
    if (secret) form.attempt(() => openWithLink(secret));
  }

  async function startForm(problem, { final = false } = {}) {
    await parsed;
    const canRemember = !final && (await device.isAllowed(envelope.portal));
    root.lang = await words.choose(navigator.languages, root.lang);
    document.getElementById("lock-notice").replaceWith(...show.parse(SHELL.form).body.childNodes);
    words.translate(document);
    document.title = words.say("Private space");
    root.classList.remove("is-opening");
    if (!final) form.start(envelope.portal, canRemember, openWithPassphrase);
    if (problem) form.fail(problem.reason, { final });
  }

  /** Opens the page by itself, if it can; else the form asks, and says what a link lacks. */
  async function start() {
    const secret = takeLink();
    try {
      envelope = readPage();
    } catch (error) {
      return startForm(error, { final: true });
    }
    addEventListener("click", onClick);
    addEventListener("pageshow", onPageShow);
    addEventListener("hashchange", onHashChange);
    session.onEnd(envelope.portal, relock);
    root.classList.add("is-opening"); // no flash of the form
    let problem = null;
    for (const find of WAYS) {
      try {
        const access = await find(secret);
        if (access) return await open(access);
      } catch (error) {
        session.forget(envelope.portal); // a new build may have a new key
        problem = secret && error;
      }
    }
    return startForm(problem);
  }

  start();
  return Object.freeze({ opened, device, shape, show, unlock, words, LockError });
})();
