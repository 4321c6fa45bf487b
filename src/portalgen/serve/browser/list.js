// The list of all portals, with how each stands.

(() => {
  "use strict";

  const { make, makeProblems, countAll } = globalThis.portalgenPreview;
  const SAYS = {
    draft: "Draft, not published",
    last: "In error: shown as it was",
    broken: "In error",
  };

  function makePortal({ folder, client, title, path, state, problems }) {
    const name = path ? make("a", { href: path, lang: "" }, client) : client;
    const head = [make("h2", { dir: "auto" }, name)];
    if (title) head.push(make("p", { class: "list-title", dir: "auto" }, title));
    const facts = [make("code", {}, `content/${folder}/`)];
    const isWrong = state === "last" || state === "broken";
    if (SAYS[state]) facts.push(make("span", { class: isWrong ? "list-error" : "list-draft" }, SAYS[state]));
    const item = make("li", { class: "list-portal" }, ...head, make("p", { class: "list-facts" }, ...facts));
    if (problems.length) {
      const summary = make("summary", {}, countAll(problems));
      item.append(make("details", { open: isWrong }, summary, makeProblems(problems)));
    }
    return item;
  }

  function makeList({ portals, dashboard }) {
    const parts = [make("h1", {}, "Portals")];
    if (dashboard) parts.push(make("p", {}, make("a", { href: dashboard }, "Your dashboard")));
    if (portals.length) parts.push(make("ul", { class: "list-portals" }, ...portals.map(makePortal)));
    else parts.push(make("p", {}, "There is no client yet: portalgen new client NAME makes the first."));
    return parts;
  }

  let written = "";

  /** Writes the list, if it is another one; what is unfolded stays so. */
  async function write() {
    const response = await fetch("/.preview/list");
    const text = await response.text();
    if (text === written) return;
    written = text;
    const main = document.querySelector("main");
    const folds = () => new Map([...main.querySelectorAll("details")].map((fold) => [nameOf(fold), fold]));
    const nameOf = (fold) => fold.parentElement.querySelector("code").textContent;
    const earlier = folds();
    main.replaceChildren(...makeList(JSON.parse(text)));
    for (const [name, fold] of folds()) {
      if (earlier.has(name)) fold.open = earlier.get(name).open;
    }
  }

  document.addEventListener("portalgen-preview:changed", () => write().catch(() => {}));
})();
