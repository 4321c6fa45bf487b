// Where the ciphertext of a file comes from: the host of the page. An archive has another in its place.

const source = (() => {
  "use strict";

  const ROOT = new URL("..", document.currentScript.src); // the script lives in assets/

  /** The bytes at an address of the portal, as a stream. */
  async function open(address, signal) {
    if (location.protocol === "file:") throw new LockError("disk");
    const response = await fetch(new URL(address, ROOT), { signal });
    if (!response.ok) throw new LockError("unreachable");
    return response.body;
  }

  return { open };
})();
