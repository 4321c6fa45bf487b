"""The languages that portals speak: words, dates, numbers and money. The home of Babel.

A message's id is its English text, with named fields in braces. `locales/fr.po` holds the French,
in formal address; entries under the context "informal" take over when the client is addressed
so. English needs no catalogue: it makes no such difference, and its texts are the ids.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal, format_percent
from babel.units import format_unit

from portalgen.model.values import Span

LANGUAGES = ("en", "fr")

Form = Literal["formal", "informal"]
"""How the reader is addressed; French tells vous from tu."""

_SOURCE = "en"
_LOCALES: Mapping[str, str] = {"en": "en_GB", "fr": "fr_FR"}
_FIRST: Mapping[str, str] = {"fr": "1er"}
"""The first of the month, where it is an ordinal and the other days are not."""
_LOCK = "lock"
_UNITS = ("byte", "kilobyte", "megabyte", "gigabyte")
_NEXT_UNIT = Decimal("999.5")
"""From here on, a size would be rounded to a thousand of its unit."""
_TEN = Decimal(10)

_Key = tuple[str, str]
_Forms = tuple[str, ...]


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
        return (found[0] if found else msgid).format(**values)

    def plural(self, one: str, many: str, n: int, **values: object) -> str:
        """The form of the message for `n` things; the field `n` is filled in too."""
        found = self._forms(one) or (one, many)
        # CLDR's French has a third form for round millions, which no count here reaches.
        form = found[0] if self._locale.plural_form(n) == "one" else found[-1]
        return form.format(n=self.number(Decimal(n)), **values)

    def date(self, day: dt.date) -> str:
        """A day in full: "9 March 2026", "9 mars 2026", "1er mars 2026"."""
        return self._day(day, "MMMM y")

    def span(self, span: Span) -> str:
        """A day, or a range that says no month or year twice."""
        first, last = span.first, span.last
        if not span.is_range:
            return self.date(last)
        if (first.year, first.month) == (last.year, last.month):
            return self.text("{first}\u2013{last}", first=self._day(first), last=self.date(last))
        begin = self._day(first, "MMMM" if first.year == last.year else "MMMM y")
        return self.text("{first} \u2013 {last}", first=begin, last=self.date(last))

    def money(self, amount: Decimal, currency: str) -> str:
        """An amount with the sign of its currency (ISO 4217), never rounded here."""
        return format_currency(amount, currency, locale=self._locale, decimal_quantization=False)

    def number(self, number: Decimal) -> str:
        """A number with all its decimals."""
        return format_decimal(number, locale=self._locale, decimal_quantization=False)

    def percent(self, percent: Decimal) -> str:
        """A rate given in percent: 5.5 becomes "5.5%", "5,5 %"."""
        return format_percent(percent / 100, locale=self._locale, decimal_quantization=False)

    def size(self, size: int) -> str:
        """The size of a file given in bytes, in decimal units with at most one decimal."""
        value, units = Decimal(size), iter(_UNITS)
        unit = next(units)
        while value >= _NEXT_UNIT and (larger := next(units, None)):
            value, unit = value / 1000, larger
        if unit == _UNITS[0]:
            return format_unit(size, f"digital-{unit}", locale=self._locale)
        shown = round(value, 0 if value >= _TEN else 1)
        return format_unit(shown, f"digital-{unit}", length="short", locale=self._locale)

    def list(self, names: Sequence[str]) -> str:
        """Names as one says them: "A, B and C"."""
        return format_list(names, locale=self._locale)

    @property
    def _locale(self) -> Locale:
        return _locale(self.language)

    def _day(self, day: dt.date, rest: str = "") -> str:
        number = _FIRST.get(self.language, "1") if day.day == 1 else str(day.day)
        return f"{number} {format_date(day, rest, locale=self._locale)}" if rest else number

    def _forms(self, msgid: str) -> _Forms | None:
        found = _catalogue(self.language)
        informal = found.get(("informal", msgid)) if self.form == "informal" else None
        return informal or found.get(("", msgid))


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
