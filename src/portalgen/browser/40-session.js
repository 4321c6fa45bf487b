// What this tab remembers until it is closed: the portal key, never a passphrase.

const session = (() => {
  "use strict";

  const nameOf = (portal) => `portalgen:${portal}`;

  // Storage may be refused altogether; then each page asks for the passphrase.
  function attempt(action) {
    try {
      return action();
    } catch {
      return null;
    }
  }

  /** Returns { key, reader } or null. */
  function load(portal) {
    return attempt(() => {
      const { key, reader } = JSON.parse(sessionStorage.getItem(nameOf(portal)));
      return { key: base64url.decode(key), reader };
    });
  }

  function save(portal, { key, reader }) {
    const record = JSON.stringify({ key: base64url.encode(key), reader });
    attempt(() => sessionStorage.setItem(nameOf(portal), record));
  }

  const forget = (portal) => attempt(() => sessionStorage.removeItem(nameOf(portal)));

  return { load, save, forget };
})();
