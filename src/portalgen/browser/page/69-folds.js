// What is folded opens for a link that leads into it, and for paper.

(() => {
  "use strict";

  function openTarget() {
    const target = document.querySelector(":target");
    const fold = target?.closest("details:not([open])");
    if (!fold) return;
    fold.open = true;
    target.scrollIntoView();
  }

  document.addEventListener("portalgen:shown", openTarget);
  addEventListener("hashchange", openTarget);
  addEventListener("beforeprint", () => {
    for (const fold of document.querySelectorAll(".fold")) fold.open = true;
  });
})();
