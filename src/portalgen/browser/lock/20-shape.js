// The exact shape of a locked page: docs/lock-format.md, sections 2, 4 and 5. Decrypts nothing.

/** Why a page could not be opened; the form has a sentence for each reason. */
class LockError extends Error {
  /** @param {"passphrase"|"link"|"damaged"|"address"|"insecure"|"browser"} reason */
  constructor(reason) {
    super(reason);
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
  const LINK = "A256KW"; // the algorithm that tells a link's lock from one of a passphrase
  const PAGE_ID =
    /^(?:index|plan|spec|agreement|deliverables|corrections|journal|glossary|invoice-[0-9a-f]{10})$/;
  const SEAL_NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
  const SEAL_BLOCK_BYTES = 64;
  const BASE64URL = /^[A-Za-z0-9_-]*$/;

  const damaged = () => new LockError("damaged");
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
  const LINK_HEADER = {
    alg: is(LINK),
    enc: is("A256GCM"),
    cty: is("jwk-set+json"),
    kid: isBase64url(8),
  };
  const LOCK_HEADER = {
    ...LINK_HEADER,
    alg: is("PBES2-HS512+A256KW"),
    p2s: isBase64url(16),
    p2c: isIterations,
  };
  const WRAP_HEADER = { enc: is("A256GCM"), cty: is("jwk+json"), portal: isBase64url(8) };
  const SEAL_HEADER = {
    enc: is("A256GCM"),
    cty: is("text/plain"),
    portal: isBase64url(8),
    seal: (value) => isText(value) && value.length <= 64 && SEAL_NAME.test(value),
  };
  const RECIPIENT_HEADER = { alg: is("ECDH-ES+A256KW"), kid: isBase64url(8), epk: isObject };
  const PAGE_HEADER = {
    alg: is("dir"),
    enc: is("A256GCM"),
    zip: is("DEF"),
    portal: isBase64url(8),
    page: (value) => isText(value) && PAGE_ID.test(value),
  };
  const GENERAL = {
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
      throw damaged();
    }
    if (JSON.stringify(value) !== text) throw damaged();
    return value;
  }

  /** Returns an object that has exactly these members, each as it must be. */
  function check(value, members) {
    const names = isObject(value) ? Object.keys(value) : [];
    const isRight = (name) => Object.hasOwn(members, name) && members[name](value[name]);
    if (names.length !== Object.keys(members).length || !names.every(isRight)) {
      throw damaged();
    }
    return value;
  }

  function readBytes(text) {
    if (!BASE64URL.test(text) || text.length % 4 === 1) throw damaged();
    return base64url.decode(text);
  }

  const readUtf8 = (bytes) => {
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      throw damaged();
    }
  };

  const parseHeader = (text) => readJson(readUtf8(readBytes(text)));
  const readHeader = (text, members) => check(parseHeader(text), members);

  /** Reads one encryption of five parts; `aad` is what AES-GCM authenticates beside it. */
  function readCompact(text, members, keySize) {
    const parts = text.split(".");
    if (parts.length !== 5) throw damaged();
    const [key, iv, ciphertext, tag] = parts.slice(1).map(readBytes);
    if (key.length !== keySize || iv.length !== 12 || tag.length !== 16) {
      throw damaged();
    }
    return { header: readHeader(parts[0], members), aad: parts[0], key, iv, ciphertext, tag };
  }

  /** Reads a lock; `isLink` tells whether the secret of a link opens it, or a passphrase. */
  function readLock(text) {
    const isLink = parseHeader(text.split(".")[0])?.alg === LINK;
    return { isLink, ...readCompact(text, isLink ? LINK_HEADER : LOCK_HEADER, 40) };
  }

  const readPage = (text) => readCompact(text, PAGE_HEADER, 0);

  function readRecipient(value) {
    check(value, RECIPIENT);
    const { kid, epk } = check(value.header, RECIPIENT_HEADER);
    check(epk, PUBLIC_KEY);
    return { kid, epk, key: readBytes(value.encrypted_key) };
  }

  /** Reads an encryption to several people: a JWE in general JSON serialisation. */
  function readGeneral(value, members) {
    check(value, GENERAL);
    return {
      header: readHeader(value.protected, members),
      aad: value.protected,
      recipients: value.recipients.map(readRecipient),
      iv: readBytes(value.iv),
      ciphertext: readBytes(value.ciphertext),
      tag: readBytes(value.tag),
    };
  }

  /** Reads the text of the data block; throws LockError "damaged". */
  function readEnvelope(text) {
    const data = check(readJson(text), ENVELOPE);
    const wrap = readGeneral(data.key, WRAP_HEADER);
    const page = readPage(data.page);
    if (wrap.header.portal !== page.header.portal) throw damaged();
    return { portal: page.header.portal, locks: data.locks.map(readLock), wrap, page };
  }

  const readKeySet = (bytes) =>
    check(readJson(readUtf8(bytes)), KEY_SET).keys.map((key) =>
      check(key, PRIVATE_KEY),
    );

  const readPortalKey = (bytes) =>
    readBytes(check(readJson(readUtf8(bytes)), PORTAL_KEY).k);

  /** Reads the text of a seal of that portal, and opens nothing; throws LockError "damaged". */
  function readSeal(text, portal) {
    const seal = readGeneral(readJson(text), SEAL_HEADER);
    const { length } = seal.ciphertext;
    if (!length || length % SEAL_BLOCK_BYTES) throw damaged();
    if (seal.header.portal !== portal) throw damaged();
    return seal;
  }

  /** Returns the text of a seal that was decrypted: before its padding (ISO/IEC 7816-4). */
  function readSealed(bytes) {
    const end = bytes.findLastIndex(Boolean);
    if (bytes[end] !== 0x80) throw damaged();
    return readUtf8(bytes.subarray(0, end));
  }

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

  return {
    readEnvelope,
    readKeySet,
    readPortalKey,
    readSeal,
    readSealed,
    readUtf8,
    fitsAddress,
  };
})();
