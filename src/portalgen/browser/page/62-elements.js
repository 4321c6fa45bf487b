// What the reader adds to a page: elements, a note beside a button, dialogs, and why it cannot.

const elements = (() => {
  "use strict";

  const SENTENCES = {
    damaged:
      "This content is damaged or was changed on its way. Load the page again; if this stays, please tell us.",
    disk: "To get the files, open this page at its web address.",
    incomplete:
      "Something is missing from this archive, or damaged. Unpack the whole archive again; if this stays, please tell us.",
    passphrase: "This is not the passphrase. Please check the words and their order.",
    stranger: "Your access does not open this code. Please ask us for it.",
    unreachable:
      "This file could not be loaded. Check the connection and load the page again; if this stays, please tell us.",
  };

  const notes = new WeakMap();

  function make(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes)) {
      element.setAttribute(attribute, value);
    }
    element.append(...children);
    return element;
  }

  function makeButton(text, onClick) {
    const button = make("button", { type: "button", class: "button quiet" }, words.say(text));
    button.addEventListener("click", onClick);
    return button;
  }

  /** Puts something below a button's text or row, in place of what it had there before. */
  function note(button, ...children) {
    if (!notes.has(button)) {
      const place = make("span", { class: "note" });
      (button.closest("p, li, dd, td, th, form") ?? button.parentElement).append(place);
      notes.set(button, place);
    }
    notes.get(button).replaceChildren(...children);
  }

  /** Says why something failed; an error of the network has no reason of ours. */
  const makeProblem = ({ reason = "unreachable" }, attributes) =>
    make("span", { class: "problem", ...attributes }, words.say(SENTENCES[reason]));

  /** Works for a button that ignores clicks meanwhile; what fails is said beside it. */
  async function work(button, action) {
    if (button.hasAttribute("aria-disabled")) return;
    button.setAttribute("aria-disabled", "true");
    note(button);
    try {
      await action();
    } catch (error) {
      note(button, makeProblem(error, { role: "alert" }));
    } finally {
      button.removeAttribute("aria-disabled");
    }
  }

  /** Shows a modal dialog; once closed it is gone, and the focus is back on the button. */
  function showDialog(button, title, { content, actions = [], onClose }) {
    const close = makeButton("Close", () => dialog.close());
    close.autofocus = true;
    const buttons = make("span", { class: "dialog-actions" }, ...actions, close);
    const head = make("div", { class: "dialog-head" }, make("h2", {}, title), buttons);
    const dialog = make("dialog", { "aria-label": title, closedby: "any" }, head, content);
    dialog.addEventListener("close", () => {
      dialog.remove();
      button.focus();
      onClose();
    });
    document.body.append(dialog);
    dialog.showModal();
    return dialog;
  }

  return { make, makeButton, makeProblem, note, work, showDialog };
})();
