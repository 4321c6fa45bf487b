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

  // A tab that sleeps hears of nothing. So logging out leaves a mark that all tabs can see, and a
  // session holds only as long as the mark it was saved under.
  const markOf = (portal) => localStorage.getItem(nameOf(portal)) ?? undefined;

  const forget = (portal) => attempt(() => sessionStorage.removeItem(nameOf(portal)));

  /** Returns { key, reader } or null. */
  function load(portal) {
    return attempt(() => {
      const { key, reader, mark } = JSON.parse(sessionStorage.getItem(nameOf(portal)));
      if (mark === markOf(portal)) return { key: base64url.decode(key), reader };
      forget(portal);
      return null;
    });
  }

  function save(portal, { key, reader }) {
    attempt(() => {
      const record = { key: base64url.encode(key), reader, mark: markOf(portal) };
      sessionStorage.setItem(nameOf(portal), JSON.stringify(record));
    });
  }

  /** Ends the sessions of every tab. */
  function end(portal) {
    forget(portal);
    attempt(() => localStorage.setItem(nameOf(portal), crypto.randomUUID()));
  }

  /** Calls back when another tab ends them. */
  function onEnd(portal, callback) {
    addEventListener("storage", ({ key }) => key === nameOf(portal) && callback());
  }

  return { load, save, forget, end, onEnd };
})();
