// The form: what it says while it works and when it cannot. It knows nothing of encryption.

const form = (() => {
  "use strict";

  const MESSAGES = {
    passphrase: "This is not the passphrase. Please check the words and their order.",
    link: "This link no longer opens the page. Please type your passphrase, or ask for a new link.",
    damaged:
      "This page is damaged or was changed on its way. Load it again; if this stays, please tell us.",
    address: "This page is not at its right address. Please use the link that you were given.",
    insecure:
      "Your browser opens this page only over a secure connection. Change http:// to https:// in the address.",
    browser: "This browser is too old to open the page. Please update it, or use another one.",
  };

  const find = (name) => document.getElementById(`lock-${name}`);

  /** Shows a sentence for a reason; for good when nothing the reader types could help. */
  function fail(reason, { final = false } = {}) {
    const error = find("error");
    error.textContent = words.say(MESSAGES[reason] ?? MESSAGES.damaged);
    find("form").classList.toggle("is-hidden", final);
    if (final) return;
    const field = find("passphrase");
    field.setAttribute("aria-invalid", String(reason === "passphrase"));
    field.focus();
    field.select();
  }

  /** `aria-disabled` rather than `disabled`: the focus stays where it is. */
  function setBusy(busy) {
    find("submit").setAttribute("aria-disabled", String(busy));
    find("form").setAttribute("aria-busy", String(busy));
    find("status").textContent = busy ? words.say("Opening…") : "";
    if (!busy) return;
    find("error").textContent = "";
    find("passphrase").removeAttribute("aria-invalid");
  }

  function toggleVisible() {
    const field = find("passphrase");
    const visible = field.type === "password";
    field.type = visible ? "text" : "password";
    find("reveal").setAttribute("aria-pressed", String(visible));
  }

  /** Runs one way of opening the page; a LockError it throws is said to the reader. */
  async function attempt(open) {
    if (find("submit")?.getAttribute("aria-disabled") !== "false") return; // busy, or not there
    setBusy(true);
    try {
      await open();
    } catch (error) {
      setBusy(false);
      fail(error.reason);
    }
  }

  /**
   * Calls `open` with what is typed, and whether this device shall remember it. The portal's id
   * stands in for a user name, so that a password manager keeps two portals of one host apart.
   */
  function start(portal, canRemember, open) {
    find("name").value = portal;
    setBusy(false);
    if (!canRemember) find("device")?.remove();
    find("reveal").addEventListener("click", toggleVisible);
    find("form").addEventListener("submit", (event) => {
      event.preventDefault();
      attempt(() => open(find("passphrase").value, find("remember")?.checked));
    });
    find("passphrase").focus();
  }

  return { start, attempt, fail };
})();
