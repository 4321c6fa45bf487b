// The explanation of a term opens without a script, at the foot of the screen. Where there is room,
// this puts it beside the term: CSS that could do so is not in every browser yet.

(() => {
  "use strict";

  const WIDE = "(min-width: 40rem)";
  const LOW = 0.7; // of the window's height: below it, the explanation stands above its term
  const GAP = 6; // pixels

  function place({ target, newState }) {
    const term = target.previousElementSibling;
    if (newState !== "open" || !target.matches(".term-says")) return;
    const near = matchMedia(WIDE).matches;
    target.classList.toggle("is-near", near);
    const { left, top, bottom } = term.getBoundingClientRect();
    const { clientHeight } = document.documentElement;
    const side =
      bottom < clientHeight * LOW
        ? `top:${bottom + scrollY + GAP}px`
        : `bottom:${clientHeight - top - scrollY + GAP}px`;
    target.style.cssText = near ? `left:min(${left + scrollX}px,100vw - 26rem);${side}` : "";
  }

  document.addEventListener("beforetoggle", place, true);
})();
