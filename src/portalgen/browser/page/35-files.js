// From a portal key to the content of a file: docs/lock-format.md, section 6. RFC 8188 as a stream.

const files = (() => {
  "use strict";

  const RECORD_BYTES = 65536;
  const TAG_BYTES = 16;
  const CONTENT_BYTES = RECORD_BYTES - TAG_BYTES - 1; // less the tag and the delimiter
  const RECORD_SIZE_AND_NO_ID = [0, 1, 0, 0, 0];
  const MORE = 1; // the delimiters: records follow, or none
  const LAST = 2;
  const BATCH = 128; // records of a Blob, about 8 MiB: a browser keeps it out of the page's memory

  const utf8 = (text) => new TextEncoder().encode(text);
  const damaged = () => new LockError("damaged");

  /** HKDF-SHA-256 (RFC 5869). */
  async function derive(key, salt, info, size) {
    const material = await crypto.subtle.importKey("raw", key, "HKDF", false, ["deriveBits"]);
    const hkdf = { name: "HKDF", hash: "SHA-256", salt, info: utf8(info) };
    return new Uint8Array(await crypto.subtle.deriveBits(hkdf, material, size * 8));
  }

  /** What a file is locked with, and where it lives in the portal: { material, salt, address }. */
  async function keysOf(portalKey, portal, path, digest) {
    const info = ["portalgen file", portal, path, digest].join("\0");
    const made = await derive(portalKey, new Uint8Array(0), info, 48);
    const digits = Array.from(made.subarray(32), (byte) => byte.toString(16).padStart(2, "0"));
    const address = `files/${digits.join("")}.bin`;
    return { material: made.subarray(0, 16), salt: made.subarray(16, 32), address };
  }

  /** Section 8, in bytes. Counting binary digits is exact where a logarithm is not. */
  function paddedLength(length) {
    if (length < 2) return length;
    const exponent = length.toString(2).length - 1;
    const step = 2 ** (exponent - exponent.toString(2).length);
    return Math.ceil(length / step) * step;
  }

  /** Takes pieces of a wanted size out of a stream; at its end they are shorter. */
  function takeFrom(reader) {
    let left = new Uint8Array(0);
    return async (size) => {
      const piece = new Uint8Array(size);
      let filled = 0;
      while (filled < size) {
        if (!left.length) {
          const { done, value } = await reader.read(); // WebKit cannot iterate over a stream
          if (done) break;
          left = value;
        }
        const part = left.subarray(0, size - filled);
        piece.set(part, filled);
        filled += part.length;
        left = left.subarray(part.length);
      }
      return piece.subarray(0, filled);
    };
  }

  /** Returns a function that decrypts a record by its number (RFC 8188 sections 2.2 and 2.3). */
  async function makeCipher({ material, salt }) {
    const bits = await derive(material, salt, "Content-Encoding: aes128gcm\0", 16);
    const key = await crypto.subtle.importKey("raw", bits, "AES-GCM", false, ["decrypt"]);
    const nonce = await derive(material, salt, "Content-Encoding: nonce\0", 12);
    const nonceEnd = new DataView(nonce.buffer).getUint32(8);
    return async (number, record) => {
      const iv = nonce.slice();
      new DataView(iv.buffer).setUint32(8, nonceEnd ^ number);
      try {
        return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, record));
      } catch {
        throw damaged();
      }
    };
  }

  /** The content of a decrypted record: `size` bytes, then the delimiter, then `padding` zeros. */
  function readRecord(bytes, { size, padding, delimiter }) {
    const zeros = bytes.subarray(size + 1);
    if (bytes[size] !== delimiter || zeros.length !== padding || zeros.some(Boolean)) {
      throw damaged();
    }
    return bytes.subarray(0, size);
  }

  /** Yields the content record by record; it is worth nothing if this throws before the end. */
  async function* decrypt(take, size, keys) {
    const header = [...keys.salt, ...RECORD_SIZE_AND_NO_ID];
    if (String(await take(header.length)) !== String(header)) throw damaged();
    const cipher = await makeCipher(keys);
    let left = size;
    let leftPadded = paddedLength(size);
    for (let number = 0; number === 0 || leftPadded > 0; number += 1) {
      const covered = Math.min(CONTENT_BYTES, leftPadded);
      const content = Math.min(covered, left);
      left -= content;
      leftPadded -= covered;
      const record = await cipher(number, await take(covered + 1 + TAG_BYTES));
      const delimiter = leftPadded ? MORE : LAST;
      yield readRecord(record, { size: content, padding: covered - content, delimiter });
    }
    if ((await take(1)).length) throw damaged();
  }

  /**
   * Decrypts a whole file of `size` bytes into a Blob. `onProgress` hears how many bytes are done.
   * Throws LockError "damaged", and what the stream itself throws; then there is no Blob.
   */
  async function open(stream, keys, { size, type, onProgress }) {
    const reader = stream.getReader();
    const blobs = [];
    const contents = [];
    let done = 0;
    try {
      for await (const content of decrypt(takeFrom(reader), size, keys)) {
        done += content.length;
        onProgress?.(done);
        contents.push(content);
        if (contents.length === BATCH) blobs.push(new Blob(contents.splice(0)));
      }
      return new Blob([...blobs, ...contents], { type });
    } finally {
      reader.cancel().catch(() => {});
    }
  }

  return { keysOf, open };
})();
