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

from portalgen.model import fixed_values, input_forms, right_forms, spellings
from portalgen.model.input_forms import written
from portalgen.model.right_forms import RightForm
from portalgen.model.spellings import Spellings
from portalgen.problem import Place, Source
from portalgen.yaml_source import Node, Scalar, Sequence

_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_YEARS = range(1900, 3000)


def fail(code: str, message: str, hint: str = "", right: RightForm | None = None) -> NoReturn:
    """Refuse a value; `parse` turns this into a problem at the value's place."""
    raise PydanticCustomError(code, "{message}", {"message": message, "hint": hint, "right": right})


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
    right = right_forms.right_date(text)
    if right:
        fail("date-form", f'"{text}" is not written as a date here', f"write {right.right}", right)
    fail("not-a-date", f'"{text}" is not a date', "write year-month-day, such as 2026-03-09")


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


def days_said(text: str) -> Span:
    """A date or a range that was not written in a file, but said to a command.

    Raises:
        ValueError: it is none; the text says why, and the right form.
    """
    try:
        return to_span(Scalar(text, Place(Source(""))))
    except PydanticCustomError as error:
        said = error.context or {}
        raise ValueError(f"{said['message']}: {said['hint']}") from None


def to_decimal(node: Node) -> Decimal:
    """A number with a decimal point, made from its text and never through a float."""
    text = scalar(node).text.strip()
    if right_forms.PLAIN_NUMBER.fullmatch(text):
        return Decimal(text)
    right = right_forms.plain_number(text)
    if right:
        message = f'"{text}" is not written as a number here'
        fail("number-form", message, f"write {right}", right_forms.right_number(text))
    fail("not-a-number", f'"{text}" is not a number', "write digits, with a point for decimals")


def to_whole(node: Node) -> int:
    """A whole number, zero or more."""
    text = scalar(node).text.strip()
    if re.fullmatch(input_forms.WHOLE_NUMBER, text):
        return int(text)
    fail("not-a-number", f'"{text}" is not a whole number', "write up to four digits, such as 30")


def to_currency(node: Node) -> str:
    """An ISO 4217 code."""
    text = scalar(node).text.strip()
    if re.fullmatch(input_forms.CURRENCY_CODE, text):
        return text
    hint = f"write {right_forms.likely_currency(text)}"
    right = right_forms.right_currency(text)
    fail("not-a-currency", f'"{text}" is not the code of a currency', hint, right)


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
    if re.fullmatch(input_forms.HEX_COLOUR, text):
        return text.lower()
    right = right_forms.right_colour(text)
    shown = right.right if right else '"#8a3b5c"'
    fail(
        "not-a-colour",
        f'"{text}" is not a colour',
        f"write it as {shown}, with the quotes",
        right,
    )


def to_path_segment(node: Node) -> str:
    """One segment of an address: small letters without accents, digits and hyphens."""
    text = scalar(node).text.strip()
    if re.fullmatch(input_forms.SEGMENT, text):
        return text
    right = path_segment(text)
    form = RightForm(text, right) if right else None
    fail("bad-path", f'"{text}" cannot stand in an address', _path_hint(text), form)


def _path_hint(text: str) -> str:
    right = path_segment(text)
    return f"write {right}" if right else "use small letters, digits and hyphens"


def path_segment(text: str) -> str:
    """The text as a segment of an address; empty when nothing of it can stay."""
    return re.sub(r"[^a-z0-9]+", "-", spellings.folded(text)).strip("-")


def to_email(node: Node) -> str:
    """An e-mail address, checked for its shape only."""
    text = scalar(node).text.strip()
    if re.fullmatch(input_forms.MAIL_ADDRESS, text):
        return text
    fail("not-an-email", f'"{text}" is not an e-mail address', "write it as name@example.org")


def to_link(node: Node) -> str:
    """A web address a reader may follow; no other scheme can run in the portal."""
    text = scalar(node).text.strip()
    if re.fullmatch(input_forms.WEB_ADDRESS, text):
        return text
    fail("not-a-link", f'"{text}" is not a web address', "write it whole, with https://")


def to_items(node: Node) -> tuple[Node, ...]:
    """A list; its items are converted one by one afterwards."""
    return _items(node, None)


def to_words(node: Node) -> tuple[Node, ...]:
    """A list of texts; one that lacks nothing but its brackets is understood, and refused."""
    return _items(node, right_forms.right_list(node.text) if isinstance(node, Scalar) else None)


def _items(node: Node, right: RightForm | None) -> tuple[Node, ...]:
    if isinstance(node, Sequence):
        return node.items
    if isinstance(node, Scalar):
        inner = ", ".join(part.strip() for part in re.split(r"[,;]", node.text) if part.strip())
        message = "a single value stands where a list is expected"
        fail("wrong-type", message, f"write [{inner}]", right)
    fail("wrong-type", "a group of keys stands where a list is expected", "begin it with a hyphen")


Text = Annotated[str, written(to_text, input_forms.TEXT)]
Day = Annotated[date, written(to_date, input_forms.DAY)]
Days = Annotated[Span, written(to_span, input_forms.DAYS)]
Amount = Annotated[Decimal, written(to_decimal, input_forms.AMOUNT)]
Whole = Annotated[int, written(to_whole, input_forms.WHOLE)]
YesNo = Annotated[bool, written(to_yes_no, input_forms.yes_no(fixed_values.YES_NO))]
Colour = Annotated[str, written(to_colour, input_forms.COLOUR)]
PathSegment = Annotated[str, written(to_path_segment, input_forms.PATH_SEGMENT)]
Email = Annotated[str, written(to_email, input_forms.EMAIL)]
Currency = Annotated[str, written(to_currency, input_forms.CURRENCY)]
Link = Annotated[str, written(to_link, input_forms.LINK)]
Items = BeforeValidator(to_items)
Texts = Annotated[tuple[Text, ...], BeforeValidator(to_words)]


def one_of(code: str, kind: str, kinds: str, allowed: Spellings) -> Any:
    """The annotation of a field that takes one fixed value."""
    says = f"the {kinds} are: {', '.join(allowed.others)}"
    return written(choice(code, kind, kinds, allowed), input_forms.one_of_values(allowed, says))
