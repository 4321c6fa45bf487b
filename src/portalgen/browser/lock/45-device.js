// What this device remembers for a month, if its reader asks for it: their private read key, as a
// CryptoKey that cannot be exported.

const device = (() => {
  "use strict";

  const LIFETIME = 30 * 24 * 60 * 60 * 1000; // in milliseconds
  const STORE = "reader";
  const ENTRY = "me";

  const settled = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  /** Does one thing in the portal's store, which only `mayCreate` brings into being. */
  async function inStore(portal, act, mayCreate = false) {
    const opening = indexedDB.open(`portalgen:${portal}`);
    opening.onupgradeneeded = () => {
      if (mayCreate) opening.result.createObjectStore(STORE);
      else opening.transaction.abort();
    };
    const database = await settled(opening);
    try {
      return await settled(act(database.transaction(STORE, "readwrite").objectStore(STORE)));
    } finally {
      database.close();
    }
  }

  const nothing = () => null;

  const forget = (portal) => inStore(portal, (store) => store.delete(ENTRY)).catch(nothing);

  /** Returns { kid, key, until } or null; what has expired is deleted. */
  async function load(portal) {
    const kept = await inStore(portal, (store) => store.get(ENTRY)).catch(nothing);
    if (!kept || kept.until > Date.now()) return kept ?? null;
    await forget(portal);
    return null;
  }

  function save(portal, { reader, readKey }) {
    const entry = { kid: reader, key: readKey, until: Date.now() + LIFETIME };
    return inStore(portal, (store) => store.put(entry, ENTRY), true).catch(nothing);
  }

  /** Whether this browser would keep anything: then all that can be missing is the database. */
  const isAllowed = (portal) =>
    inStore(portal, (store) => store.count()).then(
      () => true,
      ({ name }) => name === "AbortError",
    );

  return { load, save, forget, isAllowed };
})();
