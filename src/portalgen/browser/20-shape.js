// The exact shape of a locked page: docs/lock-format.md, sections 2, 4 and 5. Decrypts nothing.

/** Why a page could not be opened; the form has a sentence for each reason. */
class LockError extends Error {
  /** @param {"passphrase"|"damaged"|"address"|"insecure"|"browser"} reason */
  constructor(reason, detail = reason) {
    super(detail);
    this.name = "LockError";
    this.reason = reason;
  }
}

const base64url = (() => {
  "use strict";

  const CHUNK = 32768; // String.fromCharCode takes its arguments on the stack

  function decode(text) {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = new Uint8Array(binary.length);
    for (let index = 0; index < bytes.length; index += 1) bytes[index] = binary.charCodeAt(index);
    return bytes;
  }

  function encode(bytes) {
    let binary = "";
    for (let start = 0; start < bytes.length; start += CHUNK) {
      binary += String.fromCharCode(...bytes.subarray(start, start + CHUNK));
    }
    return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  }

  return { decode, encode };
})();

const shape = (() => {
  "use strict";

  const MAX_PEOPLE = 1000;
  const PAGE_ID = /^(?:index|spec|deliverables|journal|invoice(?:-(?:[2-9]|[1-9][0-9]{1,2}))?)$/;
  const BASE64URL = /^[A-Za-z0-9_-]*$/;

  const damaged = (detail) => new LockError("damaged", detail);
  const is = (wanted) => (value) => value === wanted;
  const isText = (value) => typeof value === "string";
  const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  const isList = (least, most, isItem) => (value) =>
    Array.isArray(value) && value.length >= least && value.length <= most && value.every(isItem);

  // The unused bits of the last character must be zero, so encoding again gives the same text.
  const isBase64url = (size) => (value) =>
    isText(value) &&
    BASE64URL.test(value) &&
    value.length === Math.ceil((size * 4) / 3) &&
    base64url.encode(base64url.decode(value)) === value;

  const isIterations = (value) =>
    Number.isInteger(value) && value >= 600_000 && value <= 10_000_000;

  const PUBLIC_KEY = {
    kty: is("EC"),
    crv: is("P-256"),
    x: isBase64url(32),
    y: isBase64url(32),
  };
  const PRIVATE_KEY = { ...PUBLIC_KEY, d: isBase64url(32) };
  const KEY_SET = { keys: isList(2, 2, isObject) };
  const PORTAL_KEY = { kty: is("oct"), k: isBase64url(32) };
  const LOCK_HEADER = {
    alg: is("PBES2-HS512+A256KW"),
    enc: is("A256GCM"),
    p2s: isBase64url(16),
    p2c: isIterations,
    cty: is("jwk-set+json"),
    kid: isBase64url(8),
  };
  const WRAP_HEADER = { enc: is("A256GCM"), cty: is("jwk+json"), portal: isBase64url(8) };
  const RECIPIENT_HEADER = { alg: is("ECDH-ES+A256KW"), kid: isBase64url(8), epk: isObject };
  const PAGE_HEADER = {
    alg: is("dir"),
    enc: is("A256GCM"),
    zip: is("DEF"),
    portal: isBase64url(8),
    page: (value) => isText(value) && PAGE_ID.test(value),
  };
  const WRAP = {
    protected: isText,
    recipients: isList(1, MAX_PEOPLE, isObject),
    iv: isBase64url(12),
    ciphertext: isText,
    tag: isBase64url(16),
  };
  const RECIPIENT = { header: isObject, encrypted_key: isBase64url(40) };
  const ENVELOPE = {
    v: is(1),
    locks: isList(1, MAX_PEOPLE, isText),
    key: isObject,
    page: isText,
  };

  /** Reads JSON in its shortest form; white space and repeated names are refused. */
  function readJson(text) {
    let value;
    try {
      value = JSON.parse(text);
    } catch {
      throw damaged("not JSON");
    }
    if (JSON.stringify(value) !== text) throw damaged("not JSON in its shortest form");
    return value;
  }

  /** Returns an object that has exactly these members, each as it must be. */
  function check(value, members, what) {
    const names = isObject(value) ? Object.keys(value) : [];
    const isRight = (name) => Object.hasOwn(members, name) && members[name](value[name]);
    if (names.length !== Object.keys(members).length || !names.every(isRight)) {
      throw damaged(`wrong ${what}`);
    }
    return value;
  }

  function readBytes(text) {
    if (!BASE64URL.test(text) || text.length % 4 === 1) throw damaged("not base64url");
    return base64url.decode(text);
  }

  const readUtf8 = (bytes) => {
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      throw damaged("not UTF-8");
    }
  };

  const readHeader = (text, members, what) =>
    check(readJson(readUtf8(readBytes(text))), members, what);

  /** Reads one encryption of five parts; `aad` is what AES-GCM authenticates beside it. */
  function readCompact(text, members, keySize, what) {
    const parts = text.split(".");
    if (parts.length !== 5) throw damaged(`wrong ${what}`);
    const [key, iv, ciphertext, tag] = parts.slice(1).map(readBytes);
    if (key.length !== keySize || iv.length !== 12 || tag.length !== 16) {
      throw damaged(`wrong lengths in ${what}`);
    }
    return { header: readHeader(parts[0], members, what), aad: parts[0], key, iv, ciphertext, tag };
  }

  const readLock = (text) => readCompact(text, LOCK_HEADER, 40, "lock");
  const readPage = (text) => readCompact(text, PAGE_HEADER, 0, "page");

  function readRecipient(value) {
    check(value, RECIPIENT, "recipient");
    const { kid, epk } = check(value.header, RECIPIENT_HEADER, "recipient header");
    check(epk, PUBLIC_KEY, "ephemeral key");
    return { kid, epk, key: readBytes(value.encrypted_key) };
  }

  function readWrap(value) {
    check(value, WRAP, "key wrap");
    return {
      header: readHeader(value.protected, WRAP_HEADER, "key wrap header"),
      aad: value.protected,
      recipients: value.recipients.map(readRecipient),
      iv: readBytes(value.iv),
      ciphertext: readBytes(value.ciphertext),
      tag: readBytes(value.tag),
    };
  }

  /** Reads the text of the data block; throws LockError "damaged". */
  function readEnvelope(text) {
    const data = check(readJson(text), ENVELOPE, "envelope");
    const wrap = readWrap(data.key);
    const page = readPage(data.page);
    if (wrap.header.portal !== page.header.portal) throw damaged("two portals");
    return { portal: page.header.portal, locks: data.locks.map(readLock), wrap, page };
  }

  const readKeySet = (bytes) =>
    check(readJson(readUtf8(bytes)), KEY_SET, "key set").keys.map((key) =>
      check(key, PRIVATE_KEY, "private key"),
    );

  const readPortalKey = (bytes) =>
    readBytes(check(readJson(readUtf8(bytes)), PORTAL_KEY, "portal key").k);

  /** Whether a page may be shown at a path, so that no host can swap two pages. */
  function fitsAddress(pageId, pathname) {
    const segments = pathname.split("/");
    if (["", "index.html"].includes(segments.at(-1))) segments.pop();
    let place = segments.at(-1) ?? "";
    try {
      place = decodeURIComponent(place);
    } catch {
      // A stray % is no page id either way.
    }
    return pageId === "index" ? place === "index" || !PAGE_ID.test(place) : pageId === place;
  }

  return { readEnvelope, readKeySet, readPortalKey, readUtf8, fitsAddress };
})();
