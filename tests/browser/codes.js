// QR codes read as a camera does, from a picture of the page.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";

const wasm = createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm");
prepareZXingModule({ overrides: { wasmBinary: readFileSync(wasm).buffer } });

/** What the codes in a PNG say. */
export async function readCodes(png) {
  const found = await readBarcodes(png, { formats: ["QRCode"] });
  return found.map(({ bytes }) => new TextDecoder().decode(bytes));
}
