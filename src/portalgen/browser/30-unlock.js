// From a passphrase to the document: docs/lock-format.md, section 6, on WebCrypto alone.

const unlock = (() => {
  "use strict";

  const MAX_PAGE_BYTES = 32 * 1024 * 1024;
  const GCM = { name: "AES-GCM", length: 256 };

  const utf8 = (text) => new TextEncoder().encode(text);

  function join(...parts) {
    const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let offset = 0;
    for (const part of parts) {
      whole.set(part, offset);
      offset += part.length;
    }
    return whole;
  }

  /** A 32-bit number, most significant byte first. */
  const uint32 = (number) => Uint8Array.of(number >>> 24, number >>> 16, number >>> 8, number);

  /** Runs a WebCrypto operation whose failure means that something was altered. */
  async function expectWhole(operation) {
    try {
      return await operation;
    } catch (error) {
      throw new LockError("damaged", error.message);
    }
  }

  async function decrypt(encrypted, key) {
    const { iv, aad, ciphertext, tag } = encrypted;
    const algorithm = { name: "AES-GCM", iv, additionalData: utf8(aad) };
    const operation = crypto.subtle.decrypt(algorithm, key, join(ciphertext, tag));
    return new Uint8Array(await expectWhole(operation));
  }

  const unwrap = (wrapped, key) =>
    crypto.subtle.unwrapKey("raw", wrapped, key, "AES-KW", GCM, false, ["decrypt"]);

  /** RFC 7518 section 4.8.1.1: the salt of PBKDF2 begins with the name of the algorithm. */
  async function deriveFromPassphrase(folded, { alg, p2s, p2c }) {
    const password = await crypto.subtle.importKey("raw", utf8(folded), "PBKDF2", false, [
      "deriveKey",
    ]);
    const salt = join(utf8(alg), Uint8Array.of(0), base64url.decode(p2s));
    const pbkdf2 = { name: "PBKDF2", hash: "SHA-512", salt, iterations: p2c };
    const wrapping = { name: "AES-KW", length: 256 };
    return crypto.subtle.deriveKey(pbkdf2, password, wrapping, false, ["unwrapKey"]);
  }

  /** Finds the lock that a passphrase opens: { lock, key }. One derivation for each salt. */
  async function findLock(locks, folded) {
    const derived = new Map();
    for (const lock of locks) {
      const salt = `${lock.header.p2s} ${lock.header.p2c}`;
      if (!derived.has(salt)) derived.set(salt, await deriveFromPassphrase(folded, lock.header));
      const key = await unwrap(lock.key, derived.get(salt)).catch(() => null);
      if (key) return { lock, key };
    }
    throw new LockError("passphrase");
  }

  /** Concat KDF of one SHA-256 block (RFC 7518 section 4.6.2); no engine has it built in. */
  async function concatKdf(secret, algorithm) {
    const name = utf8(algorithm);
    const info = join(uint32(name.length), name, uint32(0), uint32(0), uint32(256));
    return crypto.subtle.digest("SHA-256", join(uint32(1), secret, info));
  }

  async function agree(privateJwk, publicJwk) {
    const p256 = { name: "ECDH", namedCurve: "P-256" };
    const own = await crypto.subtle.importKey("jwk", privateJwk, p256, false, ["deriveBits"]);
    const other = await crypto.subtle.importKey("jwk", publicJwk, p256, false, []);
    const secret = await crypto.subtle.deriveBits({ name: "ECDH", public: other }, own, 256);
    const key = await concatKdf(new Uint8Array(secret), "ECDH-ES+A256KW");
    return crypto.subtle.importKey("raw", key, "AES-KW", false, ["unwrapKey"]);
  }

  async function openWrap(wrap, kid, readKey) {
    const recipient = wrap.recipients.find((one) => one.kid === kid);
    if (!recipient) throw new LockError("damaged", "no key wrap for this person");
    const wrapping = await expectWhole(agree(readKey, recipient.epk));
    const contentKey = await expectWhole(unwrap(recipient.key, wrapping));
    return shape.readPortalKey(await decrypt(wrap, contentKey));
  }

  /** Returns { key, reader }: the portal key (32 bytes) and the kid of whose lock opened. */
  async function withPassphrase(envelope, passphrase) {
    const folded = fold(passphrase);
    if (!folded) throw new LockError("passphrase");
    const { lock, key } = await findLock(envelope.locks, folded);
    const [readKey] = shape.readKeySet(await decrypt(lock, key));
    const reader = lock.header.kid;
    return { key: await openWrap(envelope.wrap, reader, readKey), reader };
  }

  async function inflate(bytes) {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    const reader = stream.getReader(); // WebKit cannot iterate over a stream
    const chunks = [];
    let size = 0;
    for (;;) {
      const { done, value } = await expectWhole(reader.read());
      if (done) return join(...chunks);
      size += value.length;
      if (size > MAX_PAGE_BYTES) {
        reader.cancel().catch(() => {});
        throw new LockError("damaged", "the page is too large");
      }
      chunks.push(value);
    }
  }

  /** Returns the document as text. */
  async function page(envelope, portalKey) {
    const key = await crypto.subtle.importKey("raw", portalKey, GCM, false, ["decrypt"]);
    return shape.readUtf8(await inflate(await decrypt(envelope.page, key)));
  }

  return { withPassphrase, page };
})();
