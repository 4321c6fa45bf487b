// What an author sees while typing: the schemas that `portalgen schema` writes, in the YAML server
// of most editors.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { startServer } from "../language-server.js";
import { TODAY, python } from "../sample-clients.js";
import { EXPLAINED, OFFERED, SLIPS } from "../editor-samples.js";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const PROBLEMS = join(ROOT, "tests/problems");
const SCHEMAS = join(ROOT, "content/.schemas");
// what is no YAML is marked by the server in words and places of its own
const NO_YAML = /error\[(?:bad-yaml|hash-in-value|merge-conflict|tab-indent)\]/;
const KINDS = readdirSync(SCHEMAS).map((name) => basename(name, ".json"));

let server;
before(async () => {
  server = await startServer(ROOT);
});
after(() => server.end());

describe("an editor", () => {
  it("marks nothing in the sample content", async () => {
    const files = readdirSync(join(ROOT, "content"), { recursive: true }).filter(isYaml);
    assert.ok(files.length > 10);
    await allOf(files, async (file) => {
      const text = readFileSync(join(ROOT, "content", file), "utf8");
      if (file.endsWith("access.yaml")) return assert.deepEqual(await marks(file, text), [], file);
      assert.match(text, /^# yaml-language-server: \$schema=/, file);
      return assert.deepEqual(await server.marks(`content/${file}`, text), [], file);
    });
  });

  for (const language of ["en", "fr"]) {
    it(`marks nothing in what portalgen writes in ${language}`, async (t) => {
      const root = await begun(t, language);
      const files = readdirSync(join(root, "content"), { recursive: true }).filter(isYaml);
      assert.ok(files.length > 12, files);
      await allOf(files, async (file) => {
        const text = readFileSync(join(root, "content", file), "utf8");
        assert.deepEqual(await marks(file, text), [], `${file}\n${text}`);
      });
    });
  }

  it("marks nothing in the examples of the guide", async () => {
    const guide = readFileSync(join(ROOT, "docs/content.md"), "utf8");
    const examples = [...guide.matchAll(/^`content\/(.+\.yaml)`\n```yaml\n([^]*?)^```/gm)];
    assert.ok(examples.length > 20);
    await allOf(examples, async ([, file, text]) => {
      assert.deepEqual(await marks(file, text), [], `${file}\n${text}`);
    });
  });

  it("marks no line in which portalgen check finds nothing", async () => {
    await allOf(readdirSync(PROBLEMS), async (name) => {
      const [site, says] = readFileSync(join(PROBLEMS, name), "utf8").split("=== says\n");
      for (const [file, text] of filesOf(site).filter(([path]) => KINDS.includes(kindOf(path)))) {
        if (NO_YAML.test(says)) continue;
        const wrong = new Set([...says.matchAll(placesIn(file))].map(([, line]) => Number(line)));
        const marked = await marks(file, text);
        const alone = marked.filter((mark) => !wrong.has(parseInt(mark, 10)));
        assert.deepEqual(alone, [], `${name}, ${file}:\n${text}\n${says}`);
      }
    });
  });

  for (const { file, text, says } of SLIPS) {
    it(`marks ${JSON.stringify(text)} in ${file}`, async () => {
      assert.deepEqual(await marks(file, text), says);
    });
  }

  for (const { file, text, offers } of OFFERED) {
    it(`offers what may stand at | in ${JSON.stringify(text)}, ${file}`, async () => {
      const found = await server.offers(anew(file), linked(file, text));
      assert.deepEqual(found.map((item) => item.insertText ?? item.textEdit.newText), offers);
    });
  }

  for (const { file, text, says } of EXPLAINED) {
    it(`explains what stands at | in ${JSON.stringify(text)}, ${file}`, async () => {
      const said = await server.explains(anew(file), linked(file, text));
      assert.equal(said.replace(/\n*Source: .*$/, ""), says);
    });
  }
});

const LISTS = {
  steps: "- title: One\n",
  deliverables: "- title: One\n",
  updates: "- {title: One, on: 2026-11-02}\n",
  corrections: "- {text: One, on: 2026-11-02}\n",
  amendments: "- title: One\n",
};

// A workspace as the commands begin it: the demo, and a client whose collections are lists.
async function begun(t, language) {
  const root = mkdtempSync(join(tmpdir(), "portalgen-"));
  t.after(() => rmSync(root, { recursive: true }));
  const portalgen = (...words) => python("-m", "portalgen", ...words);
  const made = ["--language", language, "--demo", "--host", "netlify", "--today", TODAY];
  await portalgen("init", root, "--name", "Atelier", "--owner", "Lise Roux", ...made);
  const here = ["--workspace", root];
  const today = [...here, "--today", TODAY];
  const client = ["--title", "Orders", "--contact", "Ned Carr", "--unlisted"];
  await portalgen("new", "client", "Mill Bakery", ...client, ...today);
  for (const [name, text] of Object.entries(LISTS)) {
    writeFileSync(join(root, `content/mill-bakery/${name}.yaml`), text);
    await portalgen("new", name.slice(0, -1), "mill-bakery", "Two", ...today);
  }
  for (const kind of ["deposit", "invoice"]) {
    await portalgen("new", "invoice", "mill-bakery", "--kind", kind, "--price", "1800", ...today);
  }
  await portalgen("new", "term", "DNS", "The address book.", ...here);
  return root;
}

// What the server marks in a text, by the lines of that text.
async function marks(file, text) {
  const found = await server.marks(anew(file), linked(file, text));
  return found.map((mark) => mark.replace(/^\d+/, (line) => line - 1));
}

// The text, with the line that names its schema.
const linked = (file, text) =>
  `# yaml-language-server: $schema=${pathToFileURL(join(SCHEMAS, `${kindOf(file)}.json`))}\n${text}`;

// A place where nothing was opened yet, so that many can be open at once.
let places = 0;
const anew = (file) => `${(places += 1)}/${file.replace("../", "")}`;

function kindOf(file) {
  if (!isYaml(file)) return "";
  return dirname(file).endsWith("invoices") ? "invoice" : basename(file, ".yaml");
}

async function allOf(things, work) {
  const ends = await Promise.allSettled(things.map(work));
  for (const { reason } of ends) if (reason) throw reason;
}

function filesOf(site) {
  const parts = site.split(/^=== (.+)\n/m).slice(1);
  return parts.flatMap((path, index) => (index % 2 ? [] : [[path, parts[index + 1]]]));
}

const placesIn = (file) => new RegExp(`^content/${file.replaceAll(".", "\\.")}:(\\d+):`, "gm");

const isYaml = (path) => path.endsWith(".yaml");
