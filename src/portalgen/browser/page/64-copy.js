// Copying a text for the reader. Where a page may not copy, it selects, and the reader copies.

const copying = (() => {
  "use strict";

  /** Copies what an element says, or a text in its place; false when it is selected instead. */
  async function copy(element, text = element.textContent) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      element.hidden = false;
      getSelection().selectAllChildren(element);
      return false;
    }
  }

  /** A button copies its own text, else the message that it belongs to. */
  async function answer(button) {
    const { copy: text, copied, selected } = button.dataset;
    const isCopied = text
      ? await copy(button.previousElementSibling, text)
      : await copy(button.closest("[data-message]").querySelector(".message-text"));
    button.nextElementSibling.textContent = isCopied ? copied : selected;
  }

  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-copy]");
    if (button) answer(button);
  });

  return { copy };
})();
