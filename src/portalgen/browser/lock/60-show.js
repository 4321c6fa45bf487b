// Showing a decrypted document in place of the lock page: docs/lock-format.md, "Showing".

const show = (() => {
  "use strict";

  const LOAD_WAIT = 4000; // milliseconds; what does not come must not keep the page away
  const NO_MEDIA = "not all"; // a style sheet of it is loaded, and does nothing
  const DATA_SHEET = "data:text/css,";
  const OWN_RULES = `style, link[rel~="stylesheet"][href^="${DATA_SHEET}"]`;
  const ICON = 'link[rel~="icon"]';
  const COLOURS = 'meta[name="color-scheme"], meta[name="theme-color"]';
  const HEAD = `${ICON}, ${COLOURS}, link[rel~="stylesheet"]`;
  const ASSETS = document.currentScript.src;

  // The text comes out of authenticated encryption, or from the build; the policy exists so that no
  // other code can turn a string into markup, or load a script.
  const policy = globalThis.trustedTypes?.createPolicy("portalgen", {
    createHTML: (text) => text,
    createScriptURL: (address) => address,
  });

  function parse(html) {
    const parsed = new DOMParser().parseFromString(policy?.createHTML(html) ?? html, "text/html");
    for (const script of parsed.querySelectorAll("script")) script.remove();
    return parsed;
  }

  /** Loads the elements, in the head; resolves when each has come, or cannot. */
  function load(...added) {
    const settled = (element) =>
      new Promise((resolve) => {
        element.addEventListener("load", resolve);
        element.addEventListener("error", resolve);
        setTimeout(resolve, LOAD_WAIT);
      });
    const waits = added.filter(({ href, src }) => href || src).map(settled);
    document.head.append(...added);
    return Promise.all(waits);
  }

  const addressOf = (asset) => new URL(asset, ASSETS).href;

  /** Runs a script of this portal. */
  function run(asset) {
    const address = addressOf(asset);
    const src = policy?.createScriptURL(address) ?? address;
    return load(Object.assign(document.createElement("script"), { src }));
  }

  const prepared = new Map();

  /**
   * Loads what every page needs while its reader may still be typing: its styles, and a script.
   * Resolves when the script has run.
   */
  function prepare() {
    for (const href of SHELL.styles.map(addressOf)) {
      const link = document.createElement("link");
      Object.assign(link, { rel: "stylesheet", media: NO_MEDIA, href });
      prepared.set(href, { link, whenLoaded: load(link) });
    }
    return run(SHELL.page);
  }

  /**
   * Puts the document's own sheets and icons in place of those of the lock page, whose empty icon
   * stays where no other comes, else the browser would ask for /favicon.ico.
   */
  async function replaceHead(parsed) {
    const kept = [parsed.head.querySelector(ICON) ?? document.head.querySelector(ICON)];
    const added = [];
    const waits = [];
    for (const element of parsed.head.querySelectorAll(HEAD)) {
      const ready = prepared.get(element.href);
      if (!ready) added.push(document.adoptNode(element));
      else {
        kept.push(ready.link);
        waits.push(ready.whenLoaded);
      }
    }
    const old = [...document.head.querySelectorAll(HEAD)].filter((one) => !kept.includes(one));
    await Promise.all([load(...added), ...waits]);
    for (const link of kept) link?.removeAttribute("media");
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

  /** Replaces the lock page; `until` is when this device forgets the reader. */
  async function page(html, { reader, moveFocus, until }) {
    const parsed = parse(html);
    keepOwn(parsed, reader);
    sayDevice(parsed, until);
    const ownSheets = takeOwnSheets(parsed);
    await replaceHead(parsed);
    document.adoptedStyleSheets = ownSheets;
    copyRootAttributes(parsed);
    document.title = parsed.title;
    document.body.replaceWith(document.adoptNode(parsed.body));
    if (moveFocus) focusBeginning();
    goToFragment();
  }

  return { page, parse, prepare, run, sayDevice, focusOn };
})();
