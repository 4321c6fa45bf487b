"""From what an author typed to a value: dates, amounts, choices, lists.

Each converter takes a node of YAML and returns a value or fails with a code, a message and the
right form. pydantic calls them, one per field, and never converts anything by itself.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, NoReturn

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from portalgen.model import fixed_values, spellings
from portalgen.model.spellings import Spellings
from portalgen.yaml_source import Node, Scalar, Sequence

_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_LOOSE_DATES = (
    re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})"),
    re.compile(r"(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4})"),
)
_WORDED_DATE = re.compile(
    r"(?P<d>\d{1,2})(?:er|st|nd|rd|th|[.º°])?\s+(?:de\s+)?(?P<m>[^\W\d]+)\.?\s+(?:de\s+)?(?P<y>\d{4})"
)
_AMOUNT = re.compile(r"[+-]?\d{1,15}(\.\d{1,30})?")
_YEARS = range(1900, 3000)
_CURRENCY_SIGNS = {"€": "EUR", "£": "GBP", "$": "USD", "euro": "EUR", "euros": "EUR"}
_GROUP = 3
"""Digits between two separators of thousands: 1,800 is no decimal number."""
_PATH_SEGMENT = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


def fail(code: str, message: str, hint: str = "") -> NoReturn:
    """Refuse a value; `parse` turns this into a problem at the value's place."""
    raise PydanticCustomError(code, "{message}", {"message": message, "hint": hint})


def scalar(node: Node) -> Scalar:
    """The node, which has to be a single value."""
    if isinstance(node, Scalar):
        return node
    kind = "a list" if isinstance(node, Sequence) else "a group of keys"
    fail("wrong-type", f"{kind} stands where one value is expected", "write a single value")


def to_text(node: Node) -> str:
    """Any text, as typed, without the spaces around it."""
    text = scalar(node).text.strip()
    return text or fail("empty-value", "this value is empty", "fill it in or remove it")


def to_date(node: Node) -> date:
    """A date written year-month-day (ISO 8601)."""
    return _date(scalar(node).text.strip())


def _date(text: str) -> date:
    found = _ISO_DATE.fullmatch(text)
    if found:
        try:
            day = date(*(int(part) for part in found.groups()))
        except ValueError:
            day = None
        if day is None or day.year not in _YEARS:
            fail("impossible-date", f"{text} is not in the calendar", "check year, month and day")
        return day
    right = _loose_date(text)
    if right:
        fail("date-form", f'"{text}" is not written as a date here', f"write {right.isoformat()}")
    fail("not-a-date", f'"{text}" is not a date', "write year-month-day, such as 2026-03-09")


def _loose_date(text: str) -> date | None:
    """A date in a form that is not ours but has one reading; day before month, as in France."""
    for form in _LOOSE_DATES:
        found = form.fullmatch(text)
        if found:
            return _calendar(int(found["y"]), int(found["m"]), int(found["d"]))
    found = _WORDED_DATE.fullmatch(text)
    if found:
        name = spellings.folded(found["m"])
        for number, names in enumerate(spellings.MONTHS, 1):
            if name in names:
                return _calendar(int(found["y"]), number, int(found["d"]))
    return None


def _calendar(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Span:
    """A date, or a range of dates when nobody can promise the day."""

    first: date
    last: date

    @property
    def is_range(self) -> bool:
        return self.first != self.last


def to_span(node: Node) -> Span:
    """A date, or two of them with a slash between (ISO 8601 interval)."""
    text = scalar(node).text.strip()
    if len(text) > len("2026-03-16") and text.count("/") == 1:
        first, last = (_date(part.strip()) for part in text.split("/"))
        if last < first:
            fail(
                "range-reversed",
                "this range ends before it begins",
                f"write {last.isoformat()}/{first.isoformat()}",
            )
        return Span(first, last)
    day = _date(text)
    return Span(day, day)


def to_decimal(node: Node) -> Decimal:
    """A number with a decimal point, made from its text and never through a float."""
    text = scalar(node).text.strip()
    if _AMOUNT.fullmatch(text):
        return Decimal(text)
    right = _plain_number(text)
    if right:
        fail("number-form", f'"{text}" is not written as a number here', f"write {right}")
    fail("not-a-number", f'"{text}" is not a number', "write digits, with a point for decimals")


def _plain_number(text: str) -> str | None:
    """The number in the form wanted here, when the text has one reading."""
    bare = re.sub(r"[\s\u00a0\u202f'’]|[€$£%]|EUR|GBP|USD|CHF", "", text)
    whole, comma, decimals = bare.rpartition(",")
    if comma:
        point = "" if len(decimals) == _GROUP else "."
        bare = re.sub(r"[.,]", "", whole) + point + decimals
    bare = re.sub(r"^([+-]?)\.", r"\g<1>0.", bare)
    return bare if _AMOUNT.fullmatch(bare) else None


def to_whole(node: Node) -> int:
    """A whole number, zero or more."""
    text = scalar(node).text.strip()
    if re.fullmatch(r"\d{1,4}", text):
        return int(text)
    fail("not-a-number", f'"{text}" is not a whole number', "write up to four digits, such as 30")


def to_currency(node: Node) -> str:
    """An ISO 4217 code."""
    text = scalar(node).text.strip()
    if re.fullmatch(r"[A-Z]{3}", text):
        return text
    right = _CURRENCY_SIGNS.get(text, text.upper() if len(text) == len("EUR") else "EUR")
    fail("not-a-currency", f'"{text}" is not the code of a currency', f"write {right}")


def to_yes_no(node: Node) -> bool:
    """yes or no, in any shipped language."""
    return choice("yes-or-no", "yes or no", "answers", fixed_values.YES_NO)(node) == "yes"


def choice(code: str, kind: str, kinds: str, allowed: Spellings) -> Callable[[Node], str]:
    """A converter to one of the fixed values of that kind, in any shipped language.

    `kind` and `kinds` name it in messages: "a status", "statuses".
    """

    def convert(node: Node) -> str:
        text = scalar(node).text.strip()
        value = spellings.meant(text, allowed)
        if value is not None:
            return value
        near = spellings.nearest(text, allowed)
        suggestion = f'did you mean "{near}"? ' if near else ""
        listed = ", ".join(allowed.others)
        fail(code, f'"{text}" is not {kind}', f"{suggestion}the {kinds} are: {listed}")

    return convert


def to_colour(node: Node) -> str:
    """A colour as `#rrggbb` or `#rgb`."""
    text = scalar(node).text.strip()
    if re.fullmatch(r"#(?:[0-9a-fA-F]{3}){1,2}", text):
        return text.lower()
    fail("not-a-colour", f'"{text}" is not a colour', 'write it as "#8a3b5c", with the quotes')


def to_path_segment(node: Node) -> str:
    """One segment of an address: small letters without accents, digits and hyphens."""
    text = scalar(node).text.strip()
    if _PATH_SEGMENT.fullmatch(text):
        return text
    fail("bad-path", f'"{text}" cannot stand in an address', _path_hint(text))


def _path_hint(text: str) -> str:
    right = path_segment(text)
    return f"write {right}" if right else "use small letters, digits and hyphens"


def path_segment(text: str) -> str:
    """The text as a segment of an address; empty when nothing of it can stay."""
    return re.sub(r"[^a-z0-9]+", "-", spellings.folded(text)).strip("-")


def to_email(node: Node) -> str:
    """An e-mail address, checked for its shape only."""
    text = scalar(node).text.strip()
    if re.fullmatch(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+", text):
        return text
    fail("not-an-email", f'"{text}" is not an e-mail address', "write it as name@example.org")


def to_link(node: Node) -> str:
    """A web address a reader may follow; no other scheme can run in the portal."""
    text = scalar(node).text.strip()
    if re.fullmatch(r"(?:https?://[^\s]+|mailto:[^\s]+|tel:[^\s]+)", text):
        return text
    fail("not-a-link", f'"{text}" is not a web address', "write it whole, with https://")


def to_items(node: Node) -> tuple[Node, ...]:
    """A list; its items are converted one by one afterwards."""
    if isinstance(node, Sequence):
        return node.items
    if isinstance(node, Scalar):
        inner = ", ".join(part.strip() for part in re.split(r"[,;]", node.text) if part.strip())
        fail("wrong-type", "a single value stands where a list is expected", f"write [{inner}]")
    fail("wrong-type", "a group of keys stands where a list is expected", "begin it with a hyphen")


Text = Annotated[str, BeforeValidator(to_text)]
Day = Annotated[date, BeforeValidator(to_date)]
Days = Annotated[Span, BeforeValidator(to_span)]
Amount = Annotated[Decimal, BeforeValidator(to_decimal)]
Whole = Annotated[int, BeforeValidator(to_whole)]
YesNo = Annotated[bool, BeforeValidator(to_yes_no)]
Colour = Annotated[str, BeforeValidator(to_colour)]
PathSegment = Annotated[str, BeforeValidator(to_path_segment)]
Email = Annotated[str, BeforeValidator(to_email)]
Currency = Annotated[str, BeforeValidator(to_currency)]
Link = Annotated[str, BeforeValidator(to_link)]
Items = BeforeValidator(to_items)
Texts = Annotated[tuple[Text, ...], Items]


def one_of(code: str, kind: str, kinds: str, allowed: Spellings) -> Any:
    """The annotation of a field that takes one fixed value."""
    return BeforeValidator(choice(code, kind, kinds, allowed))
