"""Whether what is written after `password:` is a password, or says something about one.

The rule, on the first word after the name:

1. A place holder never counts: `***`, `…`, `xxx`, `<yours>`, `$VARIABLE`, `your-password`.
2. What has digits for a reason of its own never counts: dates, times, amounts, numbers of
   something, versions, requirements, addresses, names of files and of algorithms.
3. A **password** counts when it mixes letters with digits, or either with signs (`hunter2`,
   `P@ssword`), wherever it stands. One word of letters (`soleil`), or four digits and more, count
   when nothing else is said in that phrase, and when the word is none of those that tell about a
   password (`unchanged`, `aucun`, `envoyé`).
4. An **access code** counts when it is four digits or more, or mixes them with letters.
5. A **key or token** counts when a part of it, between signs, mixes letters and digits in six
   signs or more, and is not a word with a number (`gray500`).
6. A **passphrase** counts when it is five words or more, all of them from the lists that
   portalgen draws passphrases from.
"""

import re
from dataclasses import dataclass
from functools import cache

from portalgen.passphrase import fold as fold_passphrase
from portalgen.passphrase import load_words
from portalgen.secret_scan.folding import fold_line
from portalgen.secret_scan.sayings import NUMBERED, PLACEHOLDER, TELLING_ENDING, TELLING_WORDS

_SHORTEST_WORD, _SHORTEST_MIX, _SHORTEST_WITH_SIGNS, _SHORTEST_PART = 3, 4, 6, 6
_WORDS_OF_A_PASSPHRASE = 5
_SIGNS = frozenset("!#$%&*+=?@^~£§µ€")

_CODE = re.compile(r"[#*]?[ab]?\d{3,10}[ab]?[#*]?", re.IGNORECASE)
_MIXED_CODE = re.compile(r"[A-Za-z0-9#*]{4,12}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_WORD = re.compile(r"[^\W\d_]+(?:['’_.-]?[^\W\d_]+)*")
_CONSTANT = re.compile(r"[A-Z0-9]+(?:_[A-Z0-9]+)+")
_WORD_WITH_NUMBER = re.compile(r"[A-Za-z]+\d{1,4}")


@dataclass(frozen=True, slots=True)
class Value:
    """What stands after a name.

    Attributes:
        text: its first word, or all of what is in quotes.
        alone: whether the phrase says nothing else.
    """

    text: str
    alone: bool


def is_password(value: Value) -> bool:
    """Rule 3."""
    return is_mixed(value) or (value.alone and _is_word(value.text))


def is_mixed(value: Value) -> bool:
    """Rule 3, for what stands anywhere in a phrase."""
    return _mixes(value.text) and not _is_innocent(value.text)


def is_code(value: Value) -> bool:
    """Rule 4."""
    if len(value.text) >= _SHORTEST_MIX and _CODE.fullmatch(value.text):
        return True
    return bool(_MIXED_CODE.fullmatch(value.text)) and is_mixed(value)


def is_key(value: Value) -> bool:
    """Rule 5."""
    parts = re.split(r"[^A-Za-z0-9]+", value.text)
    return any(map(_is_random, parts)) and not _is_innocent(value.text)


def is_placeholder(text: str) -> bool:
    """Rule 1."""
    return bool(PLACEHOLDER.fullmatch(fold_line(text)))


def is_passphrase(text: str) -> bool:
    """Rule 6."""
    words = fold_passphrase(text).split("-")
    distinct = len(set(words)) == len(words) >= _WORDS_OF_A_PASSPHRASE
    return distinct and _drawn_from().issuperset(words)


@cache
def _drawn_from() -> frozenset[str]:
    return frozenset((*load_words("fr"), *load_words("en")))


def _is_innocent(text: str) -> bool:
    """Rules 1 and 2."""
    folded = fold_line(text)
    found = PLACEHOLDER.fullmatch(folded) or NUMBERED.fullmatch(folded)
    return bool(found or _CONSTANT.fullmatch(text))


def _mixes(text: str) -> bool:
    if " " in text or len(text) < _SHORTEST_MIX:
        return False
    letters = any(sign.isalpha() for sign in text)
    digits = any(sign.isdigit() for sign in text)
    signs = not _SIGNS.isdisjoint(text.strip("!?+*&"))
    if letters and digits:
        return True
    return signs and (letters or digits) and len(text) >= _SHORTEST_WITH_SIGNS


def _is_random(part: str) -> bool:
    return (
        len(part) >= _SHORTEST_PART
        and _mixes(part)
        and not _is_innocent(part)
        and not _WORD_WITH_NUMBER.fullmatch(part)
    )


def _is_word(text: str) -> bool:
    """One word of letters that tells nothing, or digits that count nothing."""
    if text.isdigit():
        return len(text) >= _SHORTEST_MIX and not _YEAR.fullmatch(text)
    word = text.lower()
    return (
        len(word) >= _SHORTEST_WORD
        and bool(_WORD.fullmatch(word))
        and fold_line(word) not in TELLING_WORDS
        and not TELLING_ENDING.fullmatch(word)
        and not _is_innocent(word)
    )
