// What is new since the reader's last visit, as this device alone knows: docs/lock-format.md, "What
// the browser keeps".

(() => {
  "use strict";

  const MOST = 4000; // ids that are kept
  const LISTED = 5; // events that the first page lists; the journal has all
  const SETTLED = 100; // milliseconds; a status is spoken when it changes on a page that is there

  const { make } = elements;
  const find = (selector) => document.querySelector(selector);

  let name; // of what this device keeps
  let told; // every event: its id, the tab of the page that tells it, the anchor there
  let opened; // ids of those that were new as this page was opened, which tells them
  let settling; // the timer of what is spoken first

  /** Returns the ids that were seen, or null; throws where storage is refused. */
  function load() {
    const text = localStorage.getItem(name);
    try {
      return text && new Set(JSON.parse(text));
    } catch {
      return null;
    }
  }

  function remember(events) {
    const seen = load() || new Set();
    for (const { id } of events) seen.add(id);
    localStorage.setItem(name, JSON.stringify([...seen].slice(-MOST)));
  }

  function readEvents() {
    return [...document.querySelectorAll("[data-events]")].flatMap((tab) =>
      tab.dataset.events.split(" ").map((text) => {
        const [id, anchor] = text.split("#");
        return { id, anchor, tab, isHere: tab.matches("[aria-current]") };
      }),
    );
  }

  // Marks

  function markTab(tab, count) {
    const number = make("span", { "aria-hidden": "true" }, String(count));
    const text = make("span", { class: "unseen" }, words.say("New: {n}", { n: count }));
    const badge = make("span", { class: "tab-new" }, number, text);
    tab.append(make("span", { "data-new": "" }, " ", badge));
  }

  function markPlace(element) {
    const head = element?.querySelector("h1, h2, h3, h4") ?? element;
    if (!head || head.querySelector("[data-new]")) return;
    const badge = make("span", { class: "badge new" }, words.say("New"));
    head.append(make("span", { "data-new": "" }, " ", badge));
  }

  /** Marks the events wherever they are told on this page; on the first one, all are listed. */
  function markPlaces(events) {
    for (const { id, anchor, isHere } of events) {
      const places = document.querySelectorAll(`[data-event="${id}"]:not([data-news] *)`);
      places.forEach(markPlace);
      if (isHere && anchor) markPlace(document.getElementById(anchor));
      else if (isHere && !find("[data-news]")) markPlace(find("h1"));
    }
  }

  /** Lists the newest of the events, and says how many there are. */
  function list(section, events) {
    const ids = new Set(events.map(({ id }) => id));
    let left = LISTED;
    for (const item of section.querySelectorAll("[data-event]")) {
      item.hidden = !ids.has(item.dataset.event) || left-- <= 0;
    }
    section.querySelector("[data-count]").textContent = ids.size;
    section.hidden = ids.size === 0;
  }

  function refresh() {
    const seen = load();
    const isNew = ({ id }) => seen && (!seen.has(id) || opened.has(id));
    const events = told.filter(isNew);
    for (const mark of document.querySelectorAll("[data-new]")) mark.remove();
    for (const tab of new Set(events.map((event) => event.tab))) {
      markTab(tab, events.filter((event) => event.tab === tab).length);
    }
    markPlaces(events);
    const section = find("[data-news]");
    if (section) list(section, events);
    return events.length;
  }

  function announce(count) {
    const status = find("[data-news-status]");
    if (!status) return;
    const { none, one, many } = status.dataset;
    const text = count > 1 ? many.replace("{n}", count) : [none, one][count];
    status.replaceChildren(count ? make("a", { href: "#fresh" }, text) : text);
  }

  // Visits

  /**
   * What a page tells is seen once it is opened, and stays marked until it is left. The first page
   * tells too much for that: there, what the reader went to is seen.
   */
  function see() {
    const seen = load();
    const isRead = ({ isHere, anchor }) =>
      isHere && (!find("[data-news]") || location.hash === `#${anchor || "content"}`);
    const events = told.filter(isRead);
    for (const { id } of events) if (!seen.has(id)) opened.add(id);
    remember(events);
  }

  function start() {
    told = readEvents();
    opened = new Set();
    if (!load()) return remember(told); // the first visit, to which nothing is new
    see();
    const count = refresh();
    if (count) settling = setTimeout(announce, SETTLED, count);
  }

  function onClick({ target }) {
    if (target.closest("[data-seen]")) {
      clearTimeout(settling); // it would say again what was new
      remember(told);
      opened.clear();
      announce(refresh());
      show.focusOn(find("main h1"));
    }
    if (target.closest("[data-lock], [data-forget]")) {
      localStorage.removeItem(name);
      refresh();
    }
  }

  document.addEventListener("portalgen:shown", ({ detail: { portal, reader } }) => {
    name = `portalgen:${portal}:seen:${reader}`;
    try {
      start();
    } catch {
      return; // storage is refused: nothing is marked
    }
    document.addEventListener("click", onClick);
    addEventListener("hashchange", () => load() && see());
    addEventListener("storage", ({ key }) => key === name && refresh());
    addEventListener("pageshow", ({ persisted }) => persisted && refresh());
  });
})();
