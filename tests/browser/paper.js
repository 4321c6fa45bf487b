// What a browser printed, as far as tests can tell.

import { constants, inflateSync } from "node:zlib";

/** The end of a stream may look like a line's, and be cut off with it: nothing but a checksum. */
const CUT = { finishFlush: constants.Z_SYNC_FLUSH };

/** The sheets of paper in a PDF, whose objects Firefox compresses. */
export function countPages(pdf) {
  const streams = pdf.toString("latin1").matchAll(/ObjStm.*?stream\r?\n(.*?)\r?\nendstream/gs);
  const compressed = [...streams].map(([, bytes]) => inflateSync(Buffer.from(bytes, "latin1"), CUT));
  const objects = Buffer.concat([pdf, ...compressed]).toString("latin1");
  return objects.match(/\/Type ?\/Page\b/g).length;
}
