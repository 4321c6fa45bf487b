// Where the ciphertext of a file comes from in an archive: out of scripts beside its pages, which are
// all that a page from the disk may load. docs/lock-format.md, "An archive".

const source = (() => {
  "use strict";

  const NAME = /[0-9a-f]{32}/;

  const parts = new Map(); // { count, text } of what has come, by name and number, until it is taken

  /** Called by each part. */
  globalThis.portalgenPart = (name, number, count, text) => {
    parts.set(`${name} ${number}`, { count, text });
  };

  const incomplete = () => new LockError("incomplete");

  function toBytes(base64) {
    const signs = decode(base64);
    const bytes = new Uint8Array(signs.length);
    for (let at = 0; at < signs.length; at += 1) bytes[at] = signs.charCodeAt(at);
    return bytes;
  }

  function decode(base64) {
    try {
      return atob(base64);
    } catch {
      throw incomplete();
    }
  }

  /** Runs the script of a part; throws LockError where there is none, or another. */
  async function load(name, number) {
    show.run(`../files/${name}.${number}.js`);
    const script = document.head.lastElementChild; // only `show` may make one
    await new Promise((resolve, reject) => {
      script.addEventListener("load", resolve);
      script.addEventListener("error", () => reject(incomplete()));
    });
    script.remove();
    const part = parts.get(`${name} ${number}`);
    parts.delete(`${name} ${number}`);
    if (!part) throw incomplete();
    return part;
  }

  /** The bytes at an address of the portal, as a stream: one part at a time, however many. */
  function open(address, signal) {
    const [name] = NAME.exec(address);
    let number = 0;
    const pull = async (controller) => {
      signal?.throwIfAborted();
      const { count, text } = await load(name, number);
      controller.enqueue(toBytes(text));
      number += 1;
      if (number >= count) controller.close();
    };
    return new ReadableStream({ pull }, { highWaterMark: 0 });
  }

  return { open };
})();
