// What depends on the reader's day, which no build knows: docs/lock-format.md, "Showing".

(() => {
  "use strict";

  /** The day on the reader's calendar, as `2026-03-20`. */
  function readToday() {
    const now = new Date();
    return new Date(now - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  }

  document.addEventListener("portalgen:shown", () => {
    const today = readToday();
    for (const mark of document.querySelectorAll("[data-late-after]")) {
      mark.hidden = today <= mark.dataset.lateAfter;
    }
  });
})();
