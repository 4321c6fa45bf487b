// The bar below the page: what it is, whom it greets, what is wrong.

const bar = (() => {
  "use strict";

  const { makeProblems, countAll } = problems;
  const FOLDED = "portalgen-preview:folded";

  const frame = make("aside", { class: "frame", "aria-label": "Preview" });
  const panel = make("section", { class: "panel", role: "alert", hidden: true });
  const list = make("section", {
    class: "list",
    id: "list",
    hidden: true,
    tabindex: "0",
    "aria-label": "Warnings and notes",
  });
  const kind = make("p", { class: "kind" });
  const lost = make("p", { class: "quiet", role: "status" });
  const more = make("button", {
    type: "button",
    "aria-expanded": "false",
    "aria-controls": "list",
    hidden: true,
  });
  const end = make("div", { class: "end" });
  let written = ""; // the errors that the panel shows

  function describe(state) {
    const where = told.isPrivate ? "only on this machine" : "on your network";
    const long = (text) => make("span", { class: "long quiet" }, text);
    kind.classList.toggle("draft", Boolean(told.isDraftInvoice) || state === "draft");
    if (told.isDraftInvoice) return ["Draft invoice: your client does not see it"];
    if (state === "draft") return ["Draft, not published", long(` · preview, ${where}`)];
    if (told.kind === "locked") return ["Preview, locked as published", long(` · ${where}`)];
    return ["Preview in clear", long(`, ${where}`)];
  }

  function makeReaders() {
    if (!told.readers?.length) return [];
    const chosen = sessionStorage.getItem(CHOSEN) ?? told.reader;
    const options = told.readers.map(({ kid, name, isStudio }) =>
      make("option", { value: kid, selected: kid === chosen }, isStudio ? `${name} (studio)` : name),
    );
    const select = make("select", { name: "reader", "aria-label": "Greet" }, ...options);
    select.addEventListener("change", () => {
      sessionStorage.setItem(CHOSEN, select.value);
      stay.reload();
    });
    return [make("label", {}, make("span", { class: "quiet" }, "as "), select)];
  }

  function makeLinks() {
    const isHere = (address) => location.pathname.startsWith(address);
    const drafts = (told.drafts ?? []).filter(([, address]) => !isHere(address));
    const links = drafts.map(([title, href]) => make("a", { href }, `Draft: ${title}`));
    if (told.kind !== "list") links.push(make("a", { href: "/" }, "All portals"));
    return links;
  }

  function toggle(open) {
    list.hidden = !open;
    more.setAttribute("aria-expanded", String(open));
    makeRoom();
  }

  /** The end of a page can be read above the bar, however high it is. */
  function makeRoom() {
    const { height } = frame.querySelector(".bar").getBoundingClientRect();
    room.replaceSync(`@media screen { html { padding-bottom: ${Math.ceil(height)}px !important;
      scroll-padding-bottom: ${Math.ceil(height)}px; } }`);
  }

  const room = new CSSStyleSheet();

  function start() {
    const host = make("div", { id: "portalgen-bar" });
    const shadow = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(BAR_STYLE); // written before this file by the preview
    shadow.adoptedStyleSheets = [sheet];
    kind.replaceChildren(...describe("shown"));
    end.append(lost, more, ...makeLinks());
    frame.append(panel, list, make("div", { class: "bar" }, kind, ...makeReaders(), end));
    shadow.append(frame);
    more.addEventListener("click", () => toggle(list.hidden));
    frame.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape" || list.hidden) return;
      toggle(false);
      more.focus();
    });
    document.documentElement.append(host);
    addEventListener("resize", makeRoom);
    return isShown.then(() => {
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, room];
      makeRoom();
    });
  }

  const SAYS = {
    last: "this page is the last good one",
    broken: told.kind === "clear" ? "this page lacks what cannot be read" : "",
  };

  /** Tells errors apart; their lines themselves stay out of what a browser may write to the disk. */
  const sumOf = (text) => String([...text].reduce((sum, sign) => (sum * 31 + sign.codePointAt(0)) | 0, 7));

  function showErrors(errors, state) {
    const text = JSON.stringify([errors, state]);
    if (text === written) return;
    written = text;
    panel.hidden = errors.length === 0;
    if (!errors.length) return panel.replaceChildren();
    const title = make("h2", {}, countAll(errors), SAYS[state] ? `: ${SAYS[state]}` : "");
    const body = makeProblems(errors);
    const fold = make("button", { type: "button", "aria-expanded": "true" }, "Fold");
    const setFolded = (folded) => {
      body.hidden = folded;
      fold.textContent = folded ? "Show" : "Fold";
      fold.setAttribute("aria-expanded", String(!folded));
      if (folded) sessionStorage.setItem(FOLDED, sumOf(text));
      else sessionStorage.removeItem(FOLDED);
    };
    fold.addEventListener("click", () => setFolded(!body.hidden));
    panel.replaceChildren(make("header", {}, title, fold), body);
    if (sessionStorage.getItem(FOLDED) === sumOf(text)) setFolded(true);
  }

  function showOthers(others) {
    more.hidden = others.length === 0;
    more.textContent = countAll(others);
    list.replaceChildren(...(others.length ? [makeProblems(others)] : []));
    if (!others.length) toggle(false);
  }

  function update({ problems: all, state }) {
    kind.replaceChildren(...describe(state));
    showErrors(all.filter(({ severity }) => severity === "error"), state);
    showOthers(all.filter(({ severity }) => severity !== "error"));
    makeRoom();
  }

  const sayLost = (isLost) => {
    lost.textContent = isLost ? "Connection lost, trying again…" : "";
  };

  const say = (text) => {
    lost.textContent = text;
  };

  return { start, update, sayLost, say };
})();
