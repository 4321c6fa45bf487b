"""Passphrases: folding, generation, and the rule against weak ones.

The folding is section 3 of docs/lock-format.md; the browser does the same in 10-fold.js.
"""

import math
import re
import secrets
import unicodedata
from collections.abc import Sequence
from importlib.resources import files

WORDS_IN_A_LIST = 7776
"""Words in each shipped list: five dice, 12.9 bits a word."""

MINIMUM_BITS = 64
"""What a passphrase somebody chose must be worth after folding; five words of a list are 64.6."""

_FALLBACK_LANGUAGE = "en"
_EXPANSIONS = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ς": "σ"})
_BITS_OF_A_WORD = math.log2(WORDS_IN_A_LIST)
_LETTERS, _DIGITS = 26, 10


def fold(text: str) -> str:
    """Return the form of a passphrase that locks and unlocks (docs/lock-format.md, section 3).

    Capitals, accents, ligatures and the signs between words make no difference. The result may
    be empty; an empty one must not lock anything.
    """
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(sign for sign in decomposed if not unicodedata.category(sign).startswith("M"))
    expanded = bare.lower().translate(_EXPANSIONS)
    spaced = "".join(sign if _is_letter_or_number(sign) else " " for sign in expanded)
    return "-".join(spaced.split())


def _is_letter_or_number(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LN"


def load_words(language: str) -> tuple[str, ...]:
    """Return the word list of a language such as `fr` or `fr-CA`; English where none ships."""
    lists = files(__package__) / "words"
    primary = re.split("[-_]", language.lower())[0]
    name = primary if primary.isalpha() else _FALLBACK_LANGUAGE
    chosen = lists / f"{name}.txt"
    if not chosen.is_file():
        chosen = lists / f"{_FALLBACK_LANGUAGE}.txt"
    return tuple(chosen.read_text(encoding="ascii").split())


def generate(words: Sequence[str], count: int = 6) -> str:
    """Return `count` words drawn independently by a cryptographic source, joined by hyphens."""
    return "-".join(secrets.choice(words) for _ in range(count))


def estimated_bits(folded: str) -> float:
    """Return an upper bound, in bits, of what a folded passphrase is worth to a guesser.

    A word of letters counts at most as one drawn from a word list, whatever its length; a token
    with digits or other scripts counts by its alphabet and length; a token seen before counts
    nothing. It is a guard against the careless, not a proof: a line of a song passes.
    """
    return sum(_token_bits(token) for token in dict.fromkeys(folded.split("-")))


def _token_bits(token: str) -> float:
    by_alphabet = len(set(token)) * math.log2(_alphabet_size(token)) if token else 0.0
    return min(by_alphabet, _BITS_OF_A_WORD) if token.isalpha() else by_alphabet


def _alphabet_size(token: str) -> int:
    """A foreign script counts as 26 letters too: most have about as many in use."""
    has_letters = any(sign.isalpha() for sign in token)
    has_others = any(not sign.isalpha() for sign in token)
    return _LETTERS * has_letters + _DIGITS * has_others


def weakness(folded: str) -> str | None:
    """Say why a folded passphrase must be refused (`empty` or `guessable`), or None if it is fine.

    The caller words the message; both answers mean that nothing may be locked with it.
    """
    if not folded:
        return "empty"
    return "guessable" if estimated_bits(folded) < MINIMUM_BITS else None
