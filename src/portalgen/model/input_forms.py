"""What an editor is told about values: how they may be written, as JSON Schema (draft 7).

Each form stands beside its converter in `model.values`, and is never stricter than it: an editor
that marks what `portalgen check` accepts would be switched off. A value that is not written yet is
accepted everywhere, so that nothing is marked while somebody types.
"""

import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from portalgen.model.spellings import Spellings, folded

Form = Mapping[str, Any]

FORM = "$form"
"""In a form, the name under which the keys of a file share it; no key of an author begins so."""

# What a value looks like: for the converters in `model.values`, and for ECMA 262 alike.
WHOLE_NUMBER = r"[0-9]{1,4}"
CURRENCY_CODE = r"[A-Z]{3}"
HEX_COLOUR = r"#(?:[0-9a-fA-F]{3}){1,2}"
SEGMENT = r"[a-z0-9]+(?:[-_][a-z0-9]+)*"
MAIL_ADDRESS = r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+"
WEB_ADDRESS = r"(?:https?://|mailto:|tel:)\S+"

_TYPES = ("array", "boolean", "null", "number", "object", "string")
_LETTERS = range(0x41, 0x100)
"""Latin letters, with all accents that the shipped languages use."""


def written(convert: Callable[[Any], Any], form: Form) -> BeforeValidator:
    """A converter, and the form of what it accepts."""
    return BeforeValidator(convert, json_schema_input_type=Annotated[Any, WithJsonSchema({**form})])


def silently(*types: str) -> Form:
    """Accepts values of those types; said this way round, no editor offers `null` or `true`."""
    others = [name for name in _TYPES if name not in types]
    return {"description": f"also: {', '.join(types)}", "not": {"type": others}}


GROUPS: Mapping[str, str] = {
    "array": "a list is expected here: begin each entry with a hyphen, or write [a, b]",
    "object": "keys are expected here, each with its value",
}
"""What is said where a list, or a group of keys, is expected."""


def group(schema: Form) -> dict[str, Any]:
    """The form of a list or of a group of keys, which may also be empty still."""
    kind = schema["type"]
    others = [name for name in _TYPES if name not in (kind, "null")]
    demand = {"type": kind, "errorMessage": GROUPS[kind]}
    rest = {key: value for key, value in schema.items() if key != "type"}
    return {**rest, "if": {"type": others}, "then": demand}


def text_like(pattern: str, says: str, *, name: str, types: tuple[str, ...] = ()) -> Form:
    """A text of that pattern, spaces around it left aside, or a value of another of the types.

    Args:
        pattern: a regular expression of ECMA 262, for the whole text.
        says: what is expected, for who wrote something else.
        name: of the form, where several keys share it.
    """
    return {
        FORM: name,
        "anyOf": [
            {"type": "string", "pattern": rf"^\s*(?:{pattern})\s*$", "errorMessage": says},
            silently("null", *types),
        ],
    }


def one_of_values(spellings: Spellings, says: str) -> Form:
    """The fixed values, which are offered, and all their spellings, which are accepted."""
    return {
        "anyOf": [
            {
                "enum": list(spellings.others),
                "enumDescriptions": [_spelled(words) for words in spellings.others.values()],
                "errorMessage": says,
            },
            {"type": "string", "pattern": rf"^\s*(?:{pattern_of(spellings)})\s*$"},
            silently("null"),
        ]
    }


def _spelled(words: Mapping[str, tuple[str, ...]]) -> str:
    return "; ".join(f"{language}: {', '.join(known)}" for language, known in words.items())


def pattern_of(spellings: Spellings) -> str:
    """A regular expression for every spelling, whatever its case, accents and apostrophes."""
    return "|".join("".join(map(_signs, known)) for known in spellings.known)


def _signs(sign: str) -> str:
    """Whatever is read as that sign of a folded spelling."""
    if sign == " ":
        return r"[\s_-]+"
    if sign == "'":
        return "['’]"
    codes = [code for code in _LETTERS if chr(code).isalpha() and folded(chr(code)) == sign]
    firsts = [chr(code) for code in codes if code - 1 not in codes]
    lasts = [chr(code) for code in codes if code + 1 not in codes]
    runs = (a if a == b else f"{a}-{b}" for a, b in zip(firsts, lasts, strict=True))
    return f"[{''.join(runs)}]" if len(codes) > 1 else re.escape(sign)


TEXT: Form = {
    FORM: "text",
    "anyOf": [
        {"type": "string", "pattern": r"\S", "errorMessage": "a text is expected here"},
        silently("boolean", "null", "number"),
    ],
}
MARKDOWN: Form = {
    FORM: "markdown",
    "anyOf": [
        {"type": "string", "errorMessage": "a text is expected here"},
        silently("boolean", "null", "number"),
    ],
}
DATE = (
    r"(?:19|2\d)\d\d-"
    r"(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-9])|(?:0[13-9]|1[0-2])-30|(?:0[13578]|1[02])-31)"
)
DAY = text_like(DATE, "write a date as year-month-day, such as 2026-03-09", name="day")
DAYS = text_like(
    rf"{DATE}(?:\s*/\s*{DATE})?",
    "write year-month-day, or a range of two dates: 2026-03-16/2026-03-20",
    name="days",
)
AMOUNT = text_like(
    r"[+-]?\d{1,15}(?:\.\d{1,30})?",
    "write a number, with a point for decimals, such as 1800.00",
    name="amount",
    types=("number",),
)
WHOLE: Form = {
    FORM: "whole",
    "anyOf": [
        {
            "type": ["integer", "string"],
            "minimum": 0,
            "maximum": 9999,
            "pattern": rf"^\s*{WHOLE_NUMBER}\s*$",
            "errorMessage": "write a whole number of up to four digits, such as 30",
        },
        silently("null"),
    ],
}
CURRENCY = text_like(
    CURRENCY_CODE, "write the code of a currency in three letters, such as EUR", name="currency"
)
COLOUR = text_like(HEX_COLOUR, 'write a colour as "#8a3b5c", with the quotes', name="colour")
PATH_SEGMENT = text_like(
    SEGMENT,
    "use small letters without accents, digits, and single hyphens between them",
    name="pathSegment",
    types=("number",),
)
EMAIL = text_like(MAIL_ADDRESS, "write an address as name@example.org", name="email")
LINK = text_like(WEB_ADDRESS, "write a web address whole, with https://", name="link")


def yes_no(spellings: Spellings) -> Form:
    """yes or no, in all spellings; an editor takes true and false for values of their own."""
    form = one_of_values(spellings, "write yes or no")
    return {FORM: "yesNo", "anyOf": [*form["anyOf"], silently("boolean")]}
