// The reader speaks the browser's language on the lock page, and then the page's. SHELL is written
// before this file by the build; other languages are scripts that are loaded when they are needed.

const words = (() => {
  "use strict";

  const spoken = { en: [], ...SHELL.words }; // by language, in the order of the English texts
  let language = "en";

  const primary = (tag) => tag.toLowerCase().split("-")[0];

  /** Called by the script of a language, with its words for SHELL.messages, in that order. */
  function learn(name, translations) {
    spoken[name] = translations;
  }

  /** Takes the first language of the reader that ships, else the page's own; returns its tag. */
  async function choose(preferred, pageLanguage) {
    const known = { ...SHELL.languages, ...spoken };
    const wanted = [...preferred, pageLanguage].map(primary);
    const found = wanted.find((tag) => Object.hasOwn(known, tag)) ?? "en";
    if (!spoken[found]) await show.run(SHELL.languages[found]);
    if (spoken[found]) language = found;
    return language;
  }

  /** A message in the chosen language; `{name}` in it becomes `values.name`. */
  const say = (msgid, values = {}) =>
    (spoken[language][SHELL.messages.indexOf(msgid)] ?? msgid).replace(/\{(\w+)\}/g, (_, name) => values[name]);

  /** Puts every marked element into the chosen language. */
  function translate(root) {
    for (const element of root.querySelectorAll("[data-word]")) {
      element.textContent = say(element.dataset.word);
    }
  }

  return { choose, learn, say, translate };
})();
