// Showing a decrypted document in place of the lock page: docs/lock-format.md, "Showing".

const show = (() => {
  "use strict";

  const STYLE_WAIT = 4000; // a style sheet that does not come must not keep the page away
  const DATA_SHEET = "data:text/css,";
  const OWN_RULES = `style, link[rel~="stylesheet"][href^="${DATA_SHEET}"]`;
  const ICON = 'link[rel~="icon"]';
  const COLOURS = 'meta[name="color-scheme"], meta[name="theme-color"]';
  const HEAD = `${ICON}, ${COLOURS}, link[rel~="stylesheet"]`;

  // The text comes out of authenticated encryption; the policy exists so that no other code can
  // turn a string into markup.
  const policy = globalThis.trustedTypes?.createPolicy("portalgen", { createHTML: (text) => text });

  function parse(html) {
    const parsed = new DOMParser().parseFromString(policy?.createHTML(html) ?? html, "text/html");
    for (const script of parsed.querySelectorAll("script")) script.remove();
    return parsed;
  }

  const loaded = (link) =>
    new Promise((resolve) => {
      link.addEventListener("load", resolve);
      link.addEventListener("error", resolve);
      setTimeout(resolve, STYLE_WAIT);
    });

  /**
   * Loads the document's own sheets and icons, and then drops those of the lock page; its empty
   * icon stays where no other comes, else the browser would ask for /favicon.ico.
   */
  async function replaceHead(parsed) {
    const kept = parsed.head.querySelector(ICON) ? null : document.head.querySelector(ICON);
    const old = [...document.head.querySelectorAll(HEAD)].filter((one) => one !== kept);
    const added = [...parsed.head.querySelectorAll(HEAD)].map((one) => document.adoptNode(one));
    const sheets = added.filter((one) => one.relList?.contains("stylesheet"));
    const waits = sheets.map(loaded);
    document.head.append(...added);
    await Promise.all(waits);
    for (const element of old) element.remove();
  }

  /** The rules of an element that holds its own: `<style>`, or a link to `data:text/css,…`. */
  function readRules(element) {
    if (element.localName === "style") return element.textContent;
    return decodeURIComponent(element.getAttribute("href").slice(DATA_SHEET.length));
  }

  /** Takes out the rules that are dead under the policy, as constructed sheets, which are not. */
  function takeOwnSheets(parsed) {
    return [...parsed.querySelectorAll(OWN_RULES)].map((element) => {
      const sheet = new CSSStyleSheet({ media: element.media });
      sheet.replaceSync(readRules(element));
      element.remove();
      return sheet;
    });
  }

  function copyRootAttributes(parsed) {
    const root = document.documentElement;
    for (const { name } of [...root.attributes]) root.removeAttribute(name);
    for (const { name, value } of parsed.documentElement.attributes) {
      if (name !== "style" && !name.startsWith("on")) root.setAttribute(name, value);
    }
  }

  /** Lets the browser scroll to the fragment as if the page had just been loaded. */
  function goToFragment() {
    if (location.hash.length > 1) location.replace(location.hash);
  }

  /** Moves the focus where a keyboard alone would not take it; nothing scrolls. */
  function focusOn(element) {
    if (!element.hasAttribute("tabindex")) element.tabIndex = -1;
    element.focus({ preventScroll: true });
  }

  /** A reader who typed is taken to the beginning of what they opened. */
  function focusBeginning() {
    const heading = document.querySelector("main h1") ?? document.querySelector("h1");
    focusOn(heading ?? document.querySelector("main") ?? document.body);
  }

  /** Of the elements that are for one reader each, leaves those of this one, or of everybody. */
  function keepOwn(parsed, reader) {
    const isOwn = (element) => element.dataset?.reader === reader;
    const others = [...parsed.querySelectorAll("[data-reader]")].filter((element) =>
      element.dataset.reader ? !isOwn(element) : [...element.parentNode.children].some(isOwn),
    );
    for (const element of others) element.remove();
  }

  /** Says that this device opens the portal by itself until then (milliseconds since 1970). */
  function sayDevice(root, until) {
    for (const element of root.querySelectorAll("[data-device]")) {
      element.hidden = !until;
      const time = element.querySelector("time");
      if (!until || !time) continue;
      const language = time.closest("[lang]")?.lang;
      time.dateTime = new Date(until).toISOString();
      time.textContent = new Intl.DateTimeFormat(language, { dateStyle: "long" }).format(until);
    }
  }

  /**
   * Replaces the lock page. `detail` goes with the event `portalgen:shown`; `until` is when this
   * device forgets the reader.
   */
  async function page(html, { detail, moveFocus, until }) {
    const parsed = parse(html);
    keepOwn(parsed, detail.reader);
    sayDevice(parsed, until);
    const ownSheets = takeOwnSheets(parsed);
    await replaceHead(parsed);
    document.adoptedStyleSheets = ownSheets;
    copyRootAttributes(parsed);
    document.title = parsed.title;
    document.body.replaceWith(document.adoptNode(parsed.body));
    if (moveFocus) focusBeginning();
    goToFragment();
    document.dispatchEvent(new CustomEvent("portalgen:shown", { detail }));
  }

  return { page, sayDevice, focusOn };
})();
