// From a passphrase or a link to the document: docs/lock-format.md, section 7, on WebCrypto alone.

const unlock = (() => {
  "use strict";

  const MAX_PAGE_BYTES = 32 * 1024 * 1024;
  const GCM = { name: "AES-GCM", length: 256 };
  const P256 = { name: "ECDH", namedCurve: "P-256" };

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
    } catch {
      throw new LockError("damaged");
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

  const importWrapping = (bytes) =>
    crypto.subtle.importKey("raw", bytes, "AES-KW", false, ["unwrapKey"]);

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

  /** Concat KDF of one SHA-256 block (RFC 7518 section 4.6.2); no engine has it built in. */
  async function concatKdf(secret, algorithm) {
    const name = utf8(algorithm);
    const info = join(uint32(name.length), name, uint32(0), uint32(0), uint32(256));
    return crypto.subtle.digest("SHA-256", join(uint32(1), secret, info));
  }

  async function agree(readKey, publicJwk) {
    const other = await crypto.subtle.importKey("jwk", publicJwk, P256, false, []);
    const secret = await crypto.subtle.deriveBits({ name: "ECDH", public: other }, readKey, 256);
    return importWrapping(await concatKdf(new Uint8Array(secret), "ECDH-ES+A256KW"));
  }

  /**
   * Decrypts what `shape.readGeneral` read, as the person `kid`. `readKey` is their private key:
   * a CryptoKey for ECDH that may derive bits.
   */
  async function openRecipient(encrypted, kid, readKey) {
    const recipient = encrypted.recipients.find((one) => one.kid === kid);
    if (!recipient) throw new LockError("damaged");
    const wrapping = await expectWhole(agree(readKey, recipient.epk));
    return decrypt(encrypted, await expectWhole(unwrap(recipient.key, wrapping)));
  }

  /** Returns { key, reader }: the portal key (32 bytes) and whose read key this is. */
  async function withReadKey({ wrap }, reader, readKey) {
    return { key: shape.readPortalKey(await openRecipient(wrap, reader, readKey)), reader };
  }

  /** Opens the first of the locks that unwraps with the key made for its header, or throws. */
  async function withLock(envelope, locks, makeKey, reason) {
    for (const lock of locks) {
      const key = await unwrap(lock.key, await makeKey(lock.header)).catch(() => null);
      if (!key) continue;
      const [jwk] = shape.readKeySet(await decrypt(lock, key));
      const readKey = await expectWhole(
        crypto.subtle.importKey("jwk", jwk, P256, false, ["deriveBits"]),
      );
      return { ...(await withReadKey(envelope, lock.header.kid, readKey)), readKey };
    }
    throw new LockError(reason);
  }

  /**
   * Returns { key, reader, readKey }: the portal key (32 bytes), the kid of whose lock opened, and
   * their private read key, which cannot be exported. One derivation for each salt.
   */
  async function withPassphrase(envelope, passphrase) {
    const folded = fold(passphrase);
    if (!folded) throw new LockError("passphrase");
    const locks = envelope.locks.filter((lock) => !lock.isLink);
    const derived = new Map();
    const derive = (header) => {
      const salt = `${header.p2s} ${header.p2c}`;
      if (!derived.has(salt)) derived.set(salt, deriveFromPassphrase(folded, header));
      return derived.get(salt);
    };
    return withLock(envelope, locks, derive, "passphrase");
  }

  /** As withPassphrase, with the secret of an access link: 32 bytes in base64url. */
  async function withLink(envelope, secret) {
    const locks = envelope.locks.filter((lock) => lock.isLink);
    const key = await importWrapping(base64url.decode(secret));
    return withLock(envelope, locks, () => key, "link");
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
        throw new LockError("damaged");
      }
      chunks.push(value);
    }
  }

  /** Returns the document as text. */
  async function page(envelope, portalKey) {
    const key = await crypto.subtle.importKey("raw", portalKey, GCM, false, ["decrypt"]);
    return shape.readUtf8(await inflate(await decrypt(envelope.page, key)));
  }

  return { withPassphrase, withLink, withReadKey, openRecipient, page };
})();
