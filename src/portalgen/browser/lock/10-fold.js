// Folding a passphrase: docs/lock-format.md, section 3. Python does the same in passphrase.py.

const fold = (() => {
  "use strict";

  const EXPANSIONS = { œ: "oe", æ: "ae", ß: "ss", ς: "σ" };

  return (text) =>
    text
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/[œæßς]/g, (letter) => EXPANSIONS[letter])
      .replace(/[^\p{L}\p{N}]+/gu, "-")
      .replace(/^-|-$/g, "");
})();
