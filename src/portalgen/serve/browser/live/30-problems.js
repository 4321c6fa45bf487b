// Problems as elements, in the bar and on the list of portals.

const problems = (() => {
  "use strict";

  const LEAD = 5; // columns of a line's number

  /** The line of a problem, with carets below its place; the copy of the text keeps them there. */
  function makeExcerpt({ number, line: [before, marked, after] }) {
    const lead = `${String(number).padStart(LEAD)} | `;
    const below = `${" ".repeat(LEAD)} | `;
    const carets = "^".repeat([...marked].length);
    return make(
      "pre",
      {},
      make("span", { class: "lead" }, lead),
      before,
      make("mark", {}, marked),
      `${after}\n`,
      make("span", { class: "lead" }, below),
      make("span", { class: "unseen", "aria-hidden": "true" }, before),
      make("span", { class: "caret", "aria-hidden": "true" }, carets),
    );
  }

  function makeProblem(problem) {
    const { severity, code, message, place, line, hint } = problem;
    const head = make(
      "p",
      {},
      make("span", { class: `severity ${severity}` }, severity),
      " ",
      make("strong", {}, message),
    );
    const where = make("p", { class: "place" }, make("code", {}, place), ` [${code}]`);
    const item = make("li", { class: `of-${severity}` }, head, where);
    if (line) item.append(makeExcerpt(problem));
    if (hint) item.append(make("pre", { class: "hint" }, hint));
    return item;
  }

  const makeProblems = (problems) => make("ul", { class: "problems" }, ...problems.map(makeProblem));

  const count = (number, noun) => (number ? [`${number} ${noun}${number > 1 ? "s" : ""}`] : []);

  /** How many there are of each kind, in words. */
  function countAll(problems) {
    const of = (kind) => problems.filter(({ severity }) => severity === kind).length;
    return ["error", "warning", "note"].flatMap((kind) => count(of(kind), kind)).join(", ");
  }

  return { makeProblems, countAll };
})();

globalThis.portalgenPreview = Object.freeze({ make, ...problems });
