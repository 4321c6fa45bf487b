// What stays as it is when the page is loaded again.

const stay = (() => {
  "use strict";

  const KEPT = `portalgen-preview:kept:${location.pathname}`;

  const folds = () => [...document.querySelectorAll("details")];

  /** The way to an element: which child of which. Ids would say what the content says. */
  function pathTo(element) {
    if (!element || element === document.body) return null;
    const steps = [];
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      const place = [...(at.parentElement?.children ?? [])].indexOf(at) + 1;
      steps.unshift(`${at.localName}:nth-child(${place})`);
    }
    return ["body", ...steps].join(" > ");
  }

  function keep() {
    const kept = {
      scroll: [scrollX, scrollY],
      open: folds().map((fold) => fold.open),
      focus: pathTo(document.activeElement),
    };
    sessionStorage.setItem(KEPT, JSON.stringify(kept));
  }

  function restore() {
    const kept = JSON.parse(sessionStorage.getItem(KEPT));
    sessionStorage.removeItem(KEPT);
    if (!kept) return;
    const isAlike = folds().length === kept.open.length;
    if (isAlike) folds().forEach((fold, place) => (fold.open = kept.open[place]));
    const focused = kept.focus && document.querySelector(kept.focus);
    focused?.focus({ preventScroll: true });
    scrollTo({ left: kept.scroll[0], top: kept.scroll[1], behavior: "instant" });
  }

  let isLeaving = false;

  function reload() {
    if (isLeaving) return;
    isLeaving = true;
    keep();
    location.reload();
  }

  return { reload, restore, isLeaving: () => isLeaving };
})();
