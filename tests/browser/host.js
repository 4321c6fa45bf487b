// A static host that sends the headers the build wrote.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createReadStream, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { pipeline } from "node:stream/promises";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript",
  ".bin": "application/octet-stream",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/** The headers for every path, from the file that hosts read. */
function readHeaders(folder) {
  const lines = readFileSync(join(folder, "_headers"), "utf8").trimEnd().split("\n");
  assert.equal(lines.shift(), "/*");
  return lines.map((line) => line.trim().split(/: (.*)/s, 2));
}

/** Sends a file as it comes from the disk, however large; a reader who leaves ends it. */
async function sendFile(response, file, size) {
  response.setHeader("Content-Type", TYPES[extname(file)]);
  response.setHeader("Content-Length", size);
  await pipeline(createReadStream(file), response).catch((error) => {
    if (error.code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
  });
}

/**
 * Serves `host.folder`, which a test may change, like a static host: `name/` is its index.html,
 * and a folder without the slash is sent there.
 */
export async function serve(folder, mount = "") {
  const host = { folder };
  const find = (path) => statSync(path, { throwIfNoEntry: false });
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://host");
    const path = join(host.folder, decodeURIComponent(pathname.slice(mount.length)));
    const isFolder = pathname.startsWith(mount) && find(path)?.isDirectory();
    if (isFolder && !pathname.endsWith("/")) {
      return response.writeHead(301, { Location: `${pathname}/` }).end();
    }
    const file = isFolder ? join(path, "index.html") : path;
    for (const [name, value] of readHeaders(host.folder)) response.setHeader(name, value);
    const found = pathname.startsWith(mount) && find(file);
    if (!found) return response.writeHead(404).end("not here");
    return sendFile(response, file, found.size);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return Object.assign(host, { port, url: `http://127.0.0.1:${port}${mount}/`, close });
}
