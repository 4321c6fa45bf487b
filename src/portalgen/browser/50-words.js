// The lock page speaks the browser's language. WORDS is written before this file by the build.

const words = (() => {
  "use strict";

  let language = "en";

  const primary = (tag) => tag.toLowerCase().split("-")[0];

  /** Takes the first language of the reader that ships, else the page's own. */
  function choose(preferred, pageLanguage) {
    const wanted = [...preferred, pageLanguage].map(primary);
    language = wanted.find((tag) => Object.hasOwn(WORDS, tag)) ?? "en";
    return language;
  }

  /** A message in the chosen language; `{name}` in it becomes `values.name`. */
  const say = (msgid, values = {}) =>
    (WORDS[language]?.[msgid] ?? msgid).replace(/\{(\w+)\}/g, (_, name) => values[name]);

  /** Puts every marked element into the chosen language. */
  function translate(root) {
    for (const element of root.querySelectorAll("[data-word]")) {
      element.textContent = say(element.dataset.word);
    }
  }

  return { choose, say, translate };
})();
