// Sealed codes: shown when asked for, to who can open them, and hidden again. Nothing is kept.

const seals = (() => {
  "use strict";

  const { make, makeButton, note, showDialog, work } = elements;

  const SHOWN = 60_000; // milliseconds

  const hiders = new Map();
  let envelope;
  let reader;

  /** Resolves with what a passphrase opens, or with null when the dialog is closed. */
  function ask(button) {
    return new Promise((resolve) => {
      const own = { class: "field", autocapitalize: "none", spellcheck: "false", required: "" };
      const known = { name: "password", autocomplete: "current-password" };
      const field = make("input", { type: "password", ...known, ...own });
      const name = { name: "username", autocomplete: "username", value: envelope.portal, hidden: "" };
      const label = make("label", {}, words.say("Passphrase"), field);
      const submit = make("button", { class: "button" }, words.say("Open"));
      const content = make("form", {}, make("input", name), label, submit);
      content.addEventListener("submit", (event) => {
        event.preventDefault();
        field.select();
        work(submit, async () => {
          note(submit, make("span", { role: "status" }, words.say("Opening…")));
          resolve(await unlock.withPassphrase(envelope, field.value));
          dialog.close();
        });
      });
      const title = words.say("Show the code");
      const dialog = showDialog(button, title, { content, onClose: () => resolve(null) });
      field.focus();
    });
  }

  /** Who opens a code, and their private read key: as this device remembers, or as they say. */
  async function findPerson(button) {
    const remembered = await device.load(envelope.portal);
    if (remembered?.kid === reader) return remembered;
    const opened = await ask(button);
    return opened && { kid: opened.reader, key: opened.readKey };
  }

  function checkRecipient(seal, person) {
    if (!seal.recipients.some(({ kid }) => kid === person)) throw new LockError("stranger");
  }

  function show(button, text) {
    const label = button.textContent;
    const output = make("output", { class: "code" }, text);
    const copy = makeButton("Copy", async () => {
      if (await copying.copy(output)) copy.textContent = words.say("Copied");
    });
    const hide = () => {
      clearTimeout(timer);
      hiders.delete(button);
      if (document.activeElement === copy) button.focus();
      output.remove();
      copy.remove();
      button.textContent = label;
    };
    const timer = setTimeout(hide, SHOWN);
    hiders.set(button, hide);
    button.before(output, ...(navigator.clipboard ? [copy] : []));
    button.textContent = words.say("Hide");
  }

  async function reveal(button) {
    const seal = shape.readSeal(button.dataset.seal, envelope.portal);
    checkRecipient(seal, reader);
    const person = await findPerson(button);
    if (!person) return;
    checkRecipient(seal, person.kid);
    show(button, shape.readSealed(await unlock.openRecipient(seal, person.kid, person.key)));
  }

  /** Opens the codes of the page that is shown; `kid` says to whom it is shown. */
  function start(shown, kid) {
    envelope = shown;
    reader = kid;
    addEventListener("pagehide", () => {
      for (const hide of hiders.values()) hide();
    });
    document.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-seal]");
      if (hiders.has(button)) hiders.get(button)();
      else if (button) work(button, () => reveal(button));
    });
  }

  return { start };
})();
