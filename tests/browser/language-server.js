// The YAML server of most editors (VS Code, Neovim, Helix, Zed…), spoken to as an editor does.
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

const SERVER = new URL("./node_modules/yaml-language-server/bin/yaml-language-server", import.meta.url);

// what an editor has set for YAML; without the network
const SETTINGS = {
  yaml: {
    validate: true,
    hover: true,
    completion: true,
    schemaStore: { enable: false },
    kubernetesCRDStore: { enable: false },
  },
};

export async function startServer(root) {
  const server = new Server(root);
  await server.begin();
  return server;
}

class Server {
  constructor(root) {
    this.root = root;
    this.waiting = new Map();
    this.found = new Map();
    this.last = 0;
    this.opened = 0;
    this.read = Buffer.alloc(0);
    this.process = spawn(process.execPath, [SERVER.pathname, "--stdio"], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.process.stdout.on("data", (data) => this.#take(data));
  }

  async begin() {
    const rootUri = pathToFileURL(this.root).href;
    const documentation = { completion: { completionItem: { snippetSupport: true } } };
    await this.#ask("initialize", {
      processId: process.pid,
      rootUri,
      capabilities: {
        workspace: { configuration: true },
        textDocument: { ...documentation, publishDiagnostics: {} },
      },
    });
    this.#tell("initialized", {});
    this.#tell("workspace/didChangeConfiguration", { settings: SETTINGS });
  }

  // What the server marks in a file, or in another text at its place: "line:column message".
  async marks(path, text) {
    const uri = this.#uri(path);
    const told = this.#told(uri);
    await this.#open(path, text);
    const marks = await told;
    const cleared = this.#told(uri);
    this.#tell("textDocument/didClose", { textDocument: { uri } });
    await cleared;
    return marks.map(({ range, message }) => {
      const { line, character } = range.start;
      return `${line + 1}:${character + 1} ${message}`;
    });
  }

  // What is offered where `|` stands in the text.
  async offers(path, text) {
    const answer = await this.#at("textDocument/completion", path, text);
    return answer.items;
  }

  // What is explained where `|` stands in the text.
  async explains(path, text) {
    const answer = await this.#at("textDocument/hover", path, text);
    return answer?.contents.value ?? "";
  }

  end() {
    this.process.kill();
  }

  async #at(method, path, text) {
    const offset = text.indexOf("|");
    const before = text.slice(0, offset).split("\n");
    const position = { line: before.length - 1, character: before.at(-1).length };
    await this.#open(path, text.slice(0, offset) + text.slice(offset + 1));
    const textDocument = { uri: this.#uri(path) };
    const answer = await this.#ask(method, { textDocument, position });
    this.#tell("textDocument/didClose", { textDocument });
    return answer;
  }

  async #open(path, text) {
    this.opened += 1; // it keeps what it read of a version
    const document = { uri: this.#uri(path), languageId: "yaml", version: this.opened };
    const content = text ?? (await readFile(new URL(document.uri), "utf8"));
    this.#tell("textDocument/didOpen", { textDocument: { ...document, text: content } });
  }

  // What the server says next of a file.
  #told(uri) {
    return new Promise((resolve) => this.found.set(uri, resolve));
  }

  #uri(path) {
    return pathToFileURL(`${this.root}/${path}`).href;
  }

  #ask(method, params) {
    const id = (this.last += 1);
    const answer = new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
    this.#send({ id, method, params });
    return answer;
  }

  #tell(method, params) {
    this.#send({ method, params });
  }

  #send(message) {
    const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
    this.process.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.process.stdin.write(body);
  }

  #take(data) {
    this.read = Buffer.concat([this.read, data]);
    for (;;) {
      const end = this.read.indexOf("\r\n\r\n");
      const length = Number(/Content-Length: (\d+)/.exec(this.read.subarray(0, end))?.[1]);
      if (end < 0 || this.read.length < end + 4 + length) return;
      const body = this.read.subarray(end + 4, end + 4 + length);
      this.read = this.read.subarray(end + 4 + length);
      this.#hear(JSON.parse(body));
    }
  }

  #hear(message) {
    if (message.method === "textDocument/publishDiagnostics") {
      const { uri, diagnostics } = message.params;
      this.found.get(uri)?.(diagnostics);
    } else if (message.method && "id" in message) {
      this.#send({ id: message.id, result: this.#answer(message) });
    } else if ("id" in message) {
      const { resolve, reject } = this.waiting.get(message.id);
      this.waiting.delete(message.id);
      if (message.error) reject(new Error(message.error.message));
      else resolve(message.result);
    }
  }

  #answer({ method, params }) {
    if (method !== "workspace/configuration") return null;
    return params.items.map(({ section }) => SETTINGS[section] ?? {});
  }
}
