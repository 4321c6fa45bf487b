// The order of things on a page in clear: it is shown as the lock shows one that it opened, less the
// lock. What it leaves to the scripts of the page is in `globalThis.portalgen`, as there.

globalThis.portalgen = (() => {
  "use strict";

  const told = JSON.parse(document.getElementById("portalgen-preview").textContent);
  const root = document.documentElement;
  const CHOSEN = `portalgen-preview:reader:${told.portal}`;
  const whenPrepared = show.prepare();

  const parsed = new Promise((resolve) => {
    document.addEventListener("DOMContentLoaded", resolve, { once: true });
  });

  /** Whom the page greets: who was chosen in this tab, else who the command says. */
  function findReader() {
    const chosen = sessionStorage.getItem(CHOSEN);
    return told.readers.some(({ kid }) => kid === chosen) ? chosen : told.reader;
  }

  async function open() {
    const { portal, page, html } = told;
    const reader = findReader();
    await parsed;
    await show.page(html, { reader, moveFocus: false, until: null });
    await Promise.all([words.choose([], root.lang), whenPrepared]);
    return { envelope: { portal, page: { header: { portal, page } } }, key: null, reader };
  }

  // Nothing is remembered, and nothing can be unlocked: 67-seals.js is never asked to.
  const device = { load: async () => null };
  const opened = open();
  return Object.freeze({ opened, device, shape, show, unlock: {}, words, LockError });
})();
