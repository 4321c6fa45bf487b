// The frozen vectors, and the very scripts that a portal ships, to read them with.

import { readFileSync } from "node:fs";

const BROWSER = new URL("../../src/portalgen/browser/", import.meta.url);
const PURE = ["lock/10-fold.js", "lock/20-shape.js", "lock/30-unlock.js", "page/35-files.js"];
const VECTORS = new URL("../vectors/", import.meta.url);

export const vectors = (name) => JSON.parse(readFileSync(new URL(name, VECTORS), "utf8"));

/** What a good vector gives when it is read. */
export const expected = ({ portal, page, reader, html }) => ({ portal, page, reader, html });

/** The scripts that need no document, as one text. */
const readScripts = () =>
  PURE.map((name) => readFileSync(new URL(name, BROWSER), "utf8")).join("\n");

/** The whole reader of docs/lock-format.md, without a window. */
async function read({ text, passphrase, link, path }) {
  const envelope = shape.readEnvelope(text);
  const { portal, page } = envelope.page.header;
  if (!shape.fitsAddress(page, path)) throw new LockError("address");
  const opening = link
    ? unlock.withLink(envelope, link)
    : unlock.withPassphrase(envelope, passphrase);
  const { key, reader } = await opening;
  const html = (await unlock.page(envelope, key)).replace(/^\n+|\n+$/g, ""); // less its padding
  return { portal, page, reader, html };
}

/** What came of reading a vector: the values, or the reason of the refusal, as vectors name it. */
const outcome = (vector) =>
  read(vector).catch(({ reason, message }) =>
    reason === "link" ? "passphrase" : (reason ?? message),
  );

/** A file: where it lives, and the digest of what it holds. */
async function readFile({ key, portal, path, digest, size, encrypted }) {
  const keys = await files.keysOf(base64url.decode(key), portal, path, digest);
  const stream = new Blob([base64url.decode(encrypted)]).stream();
  const content = await files.open(stream, keys, { size });
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await content.arrayBuffer()));
  return { address: keys.address, digest: base64url.encode(hash) };
}

/** A seal: the text in it. */
async function readSeal({ sealed, portal, kid, read }) {
  const p256 = { name: "ECDH", namedCurve: "P-256" };
  const key = await crypto.subtle.importKey("jwk", read, p256, false, ["deriveBits"]);
  return shape.readSealed(await unlock.openRecipient(shape.readSeal(sealed, portal), kid, key));
}

const fileOutcome = (vector) => readFile(vector).catch(({ reason, message }) => reason ?? message);
const sealOutcome = (vector) => readSeal(vector).catch(({ reason, message }) => reason ?? message);

/** The files to be read, good and hostile, each with what came of it where it is read well. */
export function fileVectors() {
  const { good, hostile } = vectors("files.json");
  const expected = ({ address, digest }) => ({
    address,
    digest: Buffer.from(digest, "hex").toString("base64url"),
  });
  const spoil = ({ name, of, pieces, ...changes }) => {
    const original = good.find((one) => one.name === of);
    const bytes = Buffer.from(original.encrypted, "base64url");
    const parts = pieces.map((piece) =>
      typeof piece === "string" ? Buffer.from(piece, "base64url") : bytes.subarray(...piece),
    );
    return { ...original, ...changes, name, encrypted: Buffer.concat(parts).toString("base64url") };
  };
  return [
    ...good.map((vector) => ({ vector, expected: expected(vector) })),
    ...hostile.map((vector) => ({ vector: spoil(vector), expected: "damaged" })),
  ];
}

/** The same for seals. */
export function sealVectors() {
  const { good, hostile } = vectors("seals.json");
  return [...good, ...hostile].map((vector) => ({ vector, expected: vector.text ?? "damaged" }));
}

/** A script that leaves `fold`, `shape` and three functions behind: what came of a vector. */
export const SCRIPTS = [
  readScripts(),
  ...[read, readFile, readSeal],
  `const outcome = ${outcome};`,
  `const fileOutcome = ${fileOutcome};`,
  `const sealOutcome = ${sealOutcome};`,
].join("\n");
