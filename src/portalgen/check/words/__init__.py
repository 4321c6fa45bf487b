"""The lists of words that a client should not have to read, found in a text.

A list is a file beside this one: forms, what to write instead, and words that show that a form
means something else in this client's trade. The words of a text tell which forms may be in it at
all: in most texts none, so that no pattern has to be tried.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

Name = Literal["jargon", "apologies"]
LANGUAGES = ("en", "fr")

_WORD = re.compile(r"[^\W_]+")
_BEFORE = r"(?<![\w@/.-])"
_AFTER = "(?![\\w\u0300-\u036f@-]|\\.\\w|://)"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Something not to say.

    Attributes:
        forms: how it is written, in the list's own spelling.
        instead: a plainer wording.
        elsewhere: words of a client's texts that show that it means something else there.
    """

    forms: tuple[str, ...]
    instead: str
    elsewhere: frozenset[str]


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase in a text, from `start` to before `end`."""

    phrase: Phrase
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrases:
    """A list, ready to be looked for."""

    _by_form: Mapping[str, Phrase] = field(repr=False)
    _by_word: Mapping[str, tuple[tuple[frozenset[str], str], ...]] = field(repr=False)
    """The forms, with their words, by the longest of these."""

    def possible_in(self, plain: str, words: frozenset[str]) -> tuple[str, ...]:
        """The forms that a text may have, the longest first.

        Args:
            plain: the text, as `plain_text` makes it.
            words: its words.
        """
        keys = self._by_word.keys() & words
        found = {form for key in keys for needed, form in self._by_word[key] if needed <= words}
        return self.near(plain, sorted(found, key=lambda form: (-len(form), form)))

    def near(self, plain: str, forms: Iterable[str]) -> tuple[str, ...]:
        """Those of the forms that a text may have, as `plain_text` makes it."""
        return tuple(form for form in forms if _stands(plain, plain_text(form)))

    def phrase_of(self, form: str) -> Phrase:
        """The phrase that a form of the list belongs to."""
        return self._by_form[_key(form)]

    def found_in(self, text: str, possible: tuple[str, ...]) -> Iterator[Found]:
        """Every phrase in a text, the longest where several fit.

        Args:
            possible: the forms to look for.
        """
        for match in _pattern(possible).finditer(text):
            phrase = self._by_form.get(_key(match[0])) or self._by_form.get(_key(match[0].lower()))
            if phrase:
                yield Found(phrase, match.start(), match.end())


def words_in(text: str) -> frozenset[str]:
    """The words of a text; what joins words parts them."""
    # most words come again and again: what stands between blanks is looked at once
    return frozenset(_WORD.findall(" ".join(set(text.split()))))


def plain_text(text: str) -> str:
    """A text in small letters, on one line, each accent one sign with its letter."""
    composed = text if text.isascii() else unicodedata.normalize("NFC", text)
    return " ".join(_straight(composed).lower().split())


def _straight(text: str) -> str:
    """With one kind of apostrophe; YAML doubles it between two of them."""
    return text.replace("’", "'").replace("''", "'")


def _stands(plain: str, form: str) -> bool:
    """Whether a form stands there by itself, and not in an address or a file's name."""
    start = plain.find(form)
    while start >= 0:
        end = start + len(form)
        before, after = plain[start - 1 : start], plain[end : end + 3]
        joined = before.isalnum() or before in ("/", ".", "@") or after[:1].isalnum()
        if not joined and after != "://":
            return True
        start = plain.find(form, end)
    return False


@cache
def phrases(name: Name, language: str) -> Phrases | None:
    """The list of that name; None where a language has none."""
    if language not in LANGUAGES:
        return None
    listed = tuple(_read((files(__name__) / f"{name}-{language}.txt").read_text("utf-8")))
    by_form = {_key(form): phrase for phrase in listed for form in phrase.forms}
    by_word: dict[str, list[tuple[frozenset[str], str]]] = {}
    for form in (form for phrase in listed for form in phrase.forms):
        needed = words_in(plain_text(form))
        by_word.setdefault(max(needed, key=_by_length), []).append((needed, form))
    return Phrases(by_form, {word: tuple(each) for word, each in by_word.items()})


def _by_length(word: str) -> tuple[int, str]:
    return len(word), word


@lru_cache(maxsize=256)
def _pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    alternatives = "|".join(spelling for form in forms for spelling in _spellings(form))
    return re.compile(f"{_BEFORE}(?:{alternatives}){_AFTER}", re.IGNORECASE)


def _read(text: str) -> Iterator[Phrase]:
    for line in text.splitlines():
        if line and not line.startswith("#"):
            forms, instead, *elsewhere = line.split(" | ")
            yield Phrase(tuple(forms.split(", ")), instead, frozenset(" ".join(elsewhere).split()))


def _key(form: str) -> str:
    """A form as it is looked up: whatever apostrophe, accent or line break it is written with."""
    return " ".join(_straight(unicodedata.normalize("NFC", form)).split())


def _spellings(form: str) -> Iterable[str]:
    """Patterns of a form, with its accents as one sign or as two (Macs decompose them)."""
    written = dict.fromkeys((form, unicodedata.normalize("NFD", form)))
    for spelling in written:  # YAML doubles an apostrophe between two of them
        words = (re.escape(word).replace("’", "['’]{1,2}") for word in spelling.split())
        yield r"\s++".join(words)
