// In a preview, files are not locked: their address is their path, and they come as they are.

const files = (() => {
  "use strict";

  /** Where a file is in the portal. */
  async function keysOf(_key, _portal, path) {
    const segments = path.split("/").map(encodeURIComponent);
    return { address: `files/${segments.join("/")}` };
  }

  /** The whole of a file as a Blob; `onProgress` hears how many bytes have come. */
  async function open(stream, _keys, { type, onProgress }) {
    const reader = stream.getReader();
    const pieces = [];
    let done = 0;
    for (;;) {
      const piece = await reader.read();
      if (piece.done) return new Blob(pieces, { type });
      pieces.push(piece.value);
      done += piece.value.length;
      onProgress?.(done);
    }
  }

  return { keysOf, open };
})();
