"""Style sheets, read as far as themes need it: variables, addresses and imports, with places.

The rules for comments, strings and `url()` are those of CSS Syntax Level 3, section 4.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portalgen.problem import Place, Source

# Possessive throughout, and a text without its end is one too: no length of sheet takes long.
_TEXT = r"""(?:"(?:[^"\\\n]|\\.)*+"?|'(?:[^'\\\n]|\\.)*+'?)"""
_BARE_URL = r"""url\([^"'()]*+\)"""
_COMMENT = re.compile(rf"({_TEXT})|/\*.*?(?:\*/|\Z)", re.DOTALL)
_TOKEN = re.compile(
    rf"""
    url\(\s*+(?:"(?P<double>[^"\n]*+)"|'(?P<single>[^'\n]*+)'|(?P<bare>[^"'()\s]*+))\s*+\)
    | {_TEXT}
    | var\(\s*+(?P<used>--[\w-]++)\s*+(?P<after>[,)])
    | @(?P<imported>import)\b
    | (?P<mark>[{{}};])
    """,
    re.DOTALL | re.VERBOSE | re.IGNORECASE,
)
_LOOSE = re.compile(rf"({_BARE_URL}|{_TEXT})|(?:/\*.*?(?:\*/|\Z)|\s)+", re.DOTALL | re.IGNORECASE)
_TIGHT = re.compile(rf"({_BARE_URL}|{_TEXT})| ?([{{}};,]) ?", re.DOTALL | re.IGNORECASE)
_CUSTOM = re.compile(r"\s*(--[\w-]+)\s*:(.*)", re.DOTALL)
_DEEPEST = 8
"""Rules around a variable that are told: more of them make no difference to anybody."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A custom property that a rule sets.

    Attributes:
        rule: the selectors and at-rules that it stands in, the innermost last.
    """

    name: str
    value: str
    rule: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Use:
    """A `var()`; with a fallback, the variable need not be set anywhere."""

    name: str
    has_fallback: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Address:
    """What stands in a `url()`, which is the text from `start` to `end`."""

    target: str
    start: int
    end: int
    place: Place


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one style sheet sets, uses and loads."""

    source: Source
    variables: tuple[Variable, ...]
    uses: tuple[Use, ...]
    addresses: tuple[Address, ...]
    imports: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class _Lines:
    """A style sheet, and where each of its lines ends."""

    source: Source
    ends: tuple[int, ...]

    def place_of(self, match: "re.Match[str]", group: str | int = 0) -> Place:
        """Where a part of a match stands."""
        start, end = match.span(group)
        line = bisect_left(self.ends, start)
        before = self.ends[line - 1] if line else -1
        return Place(self.source, line + 1, start - before, end - start)


def read_sheet(source: Source) -> Sheet:
    """Read a style sheet; what is no CSS is passed over, as browsers do."""
    text = _COMMENT.sub(_blank, source.text)
    found = list(_TOKEN.finditer(text))
    lines = _Lines(source, tuple(match.start() for match in re.finditer("\n", text)))
    return Sheet(
        source,
        tuple(_variables(lines, text, found)),
        tuple(
            Use(match["used"], match["after"] == ",", lines.place_of(match, "used"))
            for match in found
            if match["used"]
        ),
        tuple(_addresses(lines, found)),
        tuple(lines.place_of(match) for match in found if match["imported"]),
    )


def compact(text: str) -> str:
    """A style sheet without what only its author reads: comments, and most of the blanks."""
    spaced = _LOOSE.sub(lambda match: match[1] or " ", text)
    return _TIGHT.sub(lambda match: match[1] or match[2], spaced).strip()


def _blank(match: "re.Match[str]") -> str:
    """A comment as blanks, so that places stay; a string as it is."""
    return match[1] or re.sub(r"[^\n]", " ", match[0])


def _addresses(lines: _Lines, found: Sequence["re.Match[str]"]) -> Iterator[Address]:
    """Every `url()`, but for those of an `@import`, up to its semicolon."""
    imports = False
    for match in found:
        imports = bool(match["imported"]) or (imports and match["mark"] != ";")
        group = next((g for g in ("double", "single", "bare") if match[g] is not None), None)
        if group and not imports:
            yield Address(match[group], *match.span(), lines.place_of(match, group))


def _variables(lines: _Lines, text: str, found: Sequence["re.Match[str]"]) -> Iterator[Variable]:
    """Every custom property, in the order of the sheet."""
    rule: list[str] = []
    start = 0
    for match in found:
        if not match["mark"]:
            continue
        if match["mark"] == "{":
            rule.append(" ".join(text[start : match.start()].split()))
        else:
            yield from _variable(lines, text, start, match.start(), rule)
        if match["mark"] == "}" and rule:
            rule.pop()
        start = match.end()


def _variable(
    lines: _Lines, text: str, start: int, end: int, rule: Sequence[str]
) -> Iterator[Variable]:
    match = _CUSTOM.fullmatch(text, start, end)
    if match:
        around = tuple(rule[-_DEEPEST:])
        yield Variable(match[1], match[2].strip(), around, lines.place_of(match, 1))
