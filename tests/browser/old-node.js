// What browsers have, newer versions of Node.js have, and Debian 12's Node.js 18 has not:
// a global `crypto`, and a DecompressionStream that reads "deflate-raw".

import { webcrypto } from "node:crypto";
import { Duplex } from "node:stream";
import { createInflateRaw } from "node:zlib";

globalThis.crypto ??= webcrypto;

try {
  new DecompressionStream("deflate-raw");
} catch {
  globalThis.DecompressionStream = class {
    constructor() {
      const { readable, writable } = Duplex.toWeb(createInflateRaw());
      Object.assign(this, { readable, writable });
    }
  };
}
