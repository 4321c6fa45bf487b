"""Dates, numbers and names in a form that is not ours, and the one right form of each."""

import re
from dataclasses import dataclass
from datetime import date

from portalgen.model import spellings
from portalgen.problem import COMMA_GROUPS, DAY_FIRST, amounts_in
from portalgen.yaml_source import quote_if_needed

PLAIN_NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,30})?")
_YEAR_FIRST = re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})")
_DAY_FIRST = re.compile(r"(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4})")
_WORDED = re.compile(
    r"(?P<d>\d{1,2})(?:er|st|nd|rd|th|[.º°])?\s+(?:de\s+)?(?P<m>[^\W\d]+)\.?\s+(?:de\s+)?(?P<y>\d{4})"
)
_MONTHS = 12
_GROUP = 3
"""Digits between two separators of thousands: 1,800 is no decimal number."""
_NOTHING = ("", "0", "+", "-", "+0", "-0")
"""What may stand before a comma that can only be a decimal one."""
_ONE_GROUP = re.compile(r"[^,]*,\d{3}(?!\d)[^,]*")
"""One comma, and three digits: 1,800 in English, which is 1.8 elsewhere."""
_SIGNS = {"€": "EUR", "£": "GBP", "$": "USD", "euro": "EUR", "euros": "EUR"}
_CURRENCY = re.compile(r"[€$£]|EUR|GBP|USD|CHF")
_CODE = 3
"""Letters of a currency's code."""


@dataclass(frozen=True, slots=True)
class RightForm:
    """A stretch of a value, and its one right form, as YAML; `assumes` as in `problem.Fix`."""

    wrong: str
    right: str
    assumes: str = ""


def right_date(text: str) -> RightForm | None:
    """A date in a form that has one reading; day before month, as everywhere but in America."""
    for form in (_YEAR_FIRST, _DAY_FIRST):
        found = form.fullmatch(text)
        if found:
            day = _calendar(int(found["y"]), int(found["m"]), int(found["d"]))
            return _dated(text, day, DAY_FIRST if _is_two_days(text) else "")
    found = _WORDED.fullmatch(text)
    if found:
        name = spellings.folded(found["m"])
        for number, names in enumerate(spellings.MONTHS, 1):
            if name in names:
                return _dated(text, _calendar(int(found["y"]), number, int(found["d"])))
    return None


def _dated(text: str, day: date | None, assumes: str = "") -> RightForm | None:
    return RightForm(text, day.isoformat(), assumes) if day else None


def _calendar(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _is_two_days(text: str) -> bool:
    """Whether somebody else would read another day: 03/04/2026 in France and in America."""
    found = _DAY_FIRST.fullmatch(text)
    one, other = (int(found["d"]), int(found["m"])) if found else (0, 0)
    return one != other and max(one, other) <= _MONTHS and "." not in text


def plain_number(text: str) -> str | None:
    """The number in the form wanted here, when the text has a likely reading."""
    bare = re.sub(r"[\s\u00a0\u202f'’]|[€$£%]|EUR|GBP|USD|CHF", "", text)
    whole, comma, decimals = bare.rpartition(",")
    if comma:
        point = "" if len(decimals) == _GROUP and whole not in _NOTHING else "."
        bare = re.sub(r"[.,]", "", whole) + point + decimals
    bare = re.sub(r"^([+-]?)\.", r"\g<1>0.", bare)
    return bare if PLAIN_NUMBER.fullmatch(bare) else None


def right_number(text: str) -> RightForm | None:
    """The number, with what it takes for granted; None when that is more than one thing."""
    right = plain_number(text)
    if right is None:
        return None
    assumes = [amounts_in(_SIGNS.get(sign, sign)) for sign in _CURRENCY.findall(text)]
    if _ONE_GROUP.fullmatch(text) and "." not in right:
        assumes.append(COMMA_GROUPS)
    return RightForm(text, right, *assumes) if len(assumes) <= 1 else None


def likely_currency(text: str) -> str:
    """The code of a currency that was probably meant."""
    return _SIGNS.get(text, text.upper() if len(text) == _CODE else "EUR")


def right_currency(text: str) -> RightForm | None:
    """The code of a currency, where its sign or its letters leave no other."""
    right = likely_currency(text)
    is_sure = text.startswith(("€", "euro")) or re.fullmatch(r"[A-Za-z]{3}", text)
    return RightForm(text, right) if is_sure else None


def right_colour(text: str) -> RightForm | None:
    """A colour that lacks nothing but its hash."""
    is_bare = re.fullmatch(r"(?:[0-9a-fA-F]{3}){1,2}", text)
    return RightForm(text, f'"#{text}"') if is_bare else None


def right_list(text: str) -> RightForm | None:
    """A list of words that lacks its brackets; a text with spaces could be one item, or several."""
    words = [word for word in re.split(r"[,;]\s*", text) if word]
    if not words or any(re.search(r"\s", word) for word in words):
        return None
    return RightForm(text, f"[{', '.join(map(quote_if_needed, words))}]")
