"""The languages that portals speak: words, dates, numbers and money. The home of Babel.

A message's id is its English text, with named fields in braces. `locales/fr.po` holds the French,
in formal address; entries under the context "informal" take over when the client is addressed
so. English needs no catalogue: it makes no such difference, and its texts are the ids. Dates,
numbers, lists and plurals follow CLDR.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal, format_percent
from babel.units import format_unit

from portalgen.model.spellings import folded
from portalgen.model.values import Span

LANGUAGES = ("en", "fr", "de", "es", "it", "nl", "pt")

Form = Literal["formal", "informal"]
"""How the reader is addressed: vous or tu, Sie or du, usted or tú."""

_SOURCE = "en"
_MINUS = "\u2212"
"""As wide as the plus sign and the digits; the locales that ship would write a hyphen."""

_LOCALES: Mapping[str, str] = {
    "en": "en_GB",
    "fr": "fr_FR",
    "de": "de_DE",
    "es": "es_ES",
    "it": "it_IT",
    "nl": "nl_NL",
    "pt": "pt_PT",
}
_FIRST: Mapping[str, str] = {"fr": "1er", "it": "1º"}
"""The first of the month, where it is an ordinal and the other days are not."""
_SOUNDS_LIKE_Y = re.compile(r"[«“]?h?[ií](?![aeáé])", re.IGNORECASE)
"""Before this sound, Spanish says e for y (CLDR leaves that to the program)."""
_DAY_ALONE: Mapping[str, str] = {"de": "d."}
"""A day within a range, where it is not a bare number."""
_YEAR_AT_END = re.compile(r"(?: 'de')? y$")
_LOCK = "lock"
_UNITS = ("kilobyte", "megabyte", "gigabyte")
_NEXT_UNIT = Decimal("999.5")
"""From here on, a size would be rounded to a thousand of its unit."""
_TEN = Decimal(10)

_FIELD = re.compile(r"\{(\w+)\}")

_NO_COUNTRIES = ("EU", "EZ", "UN", "QO", "XA", "XB", "ZZ")
_OTHER_COUNTRIES: Mapping[str, str] = {
    "uk": "GB",
    "u.k.": "GB",
    "great britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "grande bretagne": "GB",
    "angleterre": "GB",
    "usa": "US",
    "u.s.a.": "US",
    "holland": "NL",
    "hollande": "NL",
    "czech republic": "CZ",
    "republique tcheque": "CZ",
}
"""What countries are called beside their names in CLDR; folded."""

_Key = tuple[str, str]
_Forms = tuple[str, ...]


def country_code(name: str) -> str | None:
    """The country of that name in any of our languages, or of that code (ISO 3166-1 alpha-2)."""
    wanted = folded(name)
    named = (_countries(language).get(wanted) for language in LANGUAGES)
    return _OTHER_COUNTRIES.get(wanted) or next(filter(None, named), None)


@cache
def _countries(language: str) -> Mapping[str, str]:
    """The code of each country by its name and by its code, folded."""
    territories = Locale.parse(_LOCALES[language]).territories.items()
    names = {str(code): str(name) for code, name in territories}
    codes = [code for code in names if code.isalpha() and code not in _NO_COUNTRIES]
    return {folded(word): code for code in codes for word in (names[code], code)}


def message(msgid: str) -> str:
    """Mark a text that is translated later, where `Words.text` meets it in a variable."""
    return msgid


@dataclass(frozen=True, slots=True)
class Words:
    """What a portal says in one language, to a reader addressed in one form.

    Raises:
        KeyError: from `text` and `plural`, when a field of the message is not given.
    """

    language: str
    form: Form = "formal"

    def text(self, msgid: str, **values: object) -> str:
        """The message in this language, its fields filled in; English when it is missing."""
        found = self._forms(msgid)
        return _filled(found[0] if found else msgid, values)

    def plural(self, one: str, many: str, n: int, **values: object) -> str:
        """The form of the message for `n` things; the field `n` is filled in too."""
        found = self._forms(one) or (one, many)
        # A third form of Romance languages is for round millions, which no count here reaches.
        form = found[0] if self._locale.plural_form(n) == "one" else found[-1]
        return _filled(form, {"n": self.number(Decimal(n)), **values})

    def date(self, day: dt.date) -> str:
        """A day in full: "9 March 2026", "1er mars 2026", "9. März 2026"."""
        return self._day(day, self._locale.date_formats["long"].pattern)

    def day_of_week(self, day: dt.date, *, year: bool = False) -> str:
        """A day with its name: "Thursday 26 November", "jeudi 26 novembre 2026"."""
        pattern = self._locale.date_formats["full"].pattern
        return self._day(day, pattern if year else _YEAR_AT_END.sub("", pattern))

    def short_day(self, day: dt.date) -> str:
        """A day without its year, as short as can be: "9 Mar", "9 mars", "9. März"."""
        return format_skeleton("MMMd", day, locale=self._locale)

    def short_month(self, day: dt.date) -> str:
        """A month without its year, as short as can be: "Sept", "sept."."""
        return format_date(day, "LLL", locale=self._locale)

    def month(self, day: dt.date) -> str:
        """A month with its year, as a heading: "March 2026", "mars 2026", "marzo de 2026"."""
        return format_skeleton("yMMMM", day, locale=self._locale)

    def span(self, span: Span) -> str:
        """A day, or a range that says no month or year twice."""
        first, last = span.first, span.last
        if not span.is_range:
            return self.date(last)
        if (first.year, first.month) == (last.year, last.month):
            begin = self._day(first, _DAY_ALONE.get(self.language, "d"))
            return self.text("{first}\u2013{last}", first=begin, last=self.date(last))
        in_same_year = self._locale.datetime_skeletons["MMMMd"].pattern
        begin = self._day(first, in_same_year) if first.year == last.year else self.date(first)
        return self.text("{first} \u2013 {last}", first=begin, last=self.date(last))

    def money(self, amount: Decimal, currency: str) -> str:
        """An amount with the sign of its currency (ISO 4217), never rounded here."""
        text = format_currency(amount, currency, locale=self._locale, decimal_quantization=False)
        return text.replace("-", _MINUS)

    def number(self, number: Decimal) -> str:
        """A number with all its decimals."""
        text = format_decimal(number, locale=self._locale, decimal_quantization=False)
        return text.replace("-", _MINUS)

    def percent(self, percent: Decimal) -> str:
        """A rate given in percent: 5.5 becomes "5.5%", "5,5 %"."""
        return format_percent(percent / 100, locale=self._locale, decimal_quantization=False)

    def size(self, size: int) -> str:
        """The size of a file given in bytes, in decimal units with at most one decimal."""
        if size < _NEXT_UNIT:
            return self.plural("{n} byte", "{n} bytes", size)
        value, units = Decimal(size) / 1000, iter(_UNITS)
        unit = next(units)
        while value >= _NEXT_UNIT and (larger := next(units, None)):
            value, unit = value / 1000, larger
        shown = round(value, 0 if value >= _TEN else 1)
        return format_unit(shown, f"digital-{unit}", length="short", locale=self._locale)

    def list(self, names: Sequence[str]) -> str:
        """Names as one says them: "A, B and C"."""
        listed = format_list(names, locale=self._locale)
        if self.language == "es" and names and _SOUNDS_LIKE_Y.match(names[-1]):
            before = listed.removesuffix(f" y {names[-1]}")
            return listed if before == listed else f"{before} e {names[-1]}"
        return listed

    @property
    def _locale(self) -> Locale:
        return _locale(self.language)

    def _day(self, day: dt.date, pattern: str) -> str:
        """A day by a pattern of CLDR that begins with the day of the month."""
        first = _FIRST.get(self.language)
        if first and day.day == 1:
            pattern = pattern.replace("d", f"'{first}'", 1)
        return format_date(day, pattern, locale=self._locale)

    def _forms(self, msgid: str) -> _Forms | None:
        found = _catalogue(self.language)
        informal = found.get(("informal", msgid)) if self.form == "informal" else None
        return informal or found.get(("", msgid))


def _filled(form: str, values: Mapping[str, object]) -> str:
    """A message with its fields filled in.

    Templates hand over both. `str.format` would follow `{x.attribute}` to whatever the program
    knows, past the sandbox that they run in.
    """
    return _FIELD.sub(lambda field: str(values[field[1]]), form)


def lock_words() -> dict[str, dict[str, str]]:
    """For every language, the messages of the lock page, which speaks the browser's language."""
    msgids = sorted(
        {msgid for name in LANGUAGES for context, msgid in _catalogue(name) if context == _LOCK}
    )
    return {name: _lock_words(name, msgids) for name in LANGUAGES}


def _lock_words(language: str, msgids: Sequence[str]) -> dict[str, str]:
    found = _catalogue(language)
    return {msgid: found.get((_LOCK, msgid), (msgid,))[0] for msgid in msgids}


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(_LOCALES[language])


@cache
def _catalogue(language: str) -> Mapping[_Key, _Forms]:
    """The translations by context and id; a plural stands under the id of its singular."""
    if language == _SOURCE:
        return MappingProxyType({})
    with (files("portalgen") / "locales" / f"{language}.po").open("rb") as file:
        entries = [entry for entry in read_po(file, locale=language) if entry.id and entry.string]
    found: dict[_Key, _Forms] = {}
    for entry in entries:
        msgid = entry.id if isinstance(entry.id, str) else entry.id[0]
        forms = (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())
        found[entry.context or "", msgid] = forms
    return MappingProxyType(found)
