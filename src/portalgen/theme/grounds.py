"""The colours of a theme: what text stands on, and whether it can be read there.

Colours are read from the variables of the style sheets as a browser would: the last one set wins,
in light and in dark.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from portalgen.contrast import BLACK, TEXT, WHITE, best_ink, contrast
from portalgen.problem import Place, Problem, Source, warning
from portalgen.theme.css import Sheet, Variable

GIVEN = ("--accent", "--on-accent", "--accent-on-light", "--accent-on-dark")
"""What a client's own colour brings; without one, none of them is set."""

_GROUNDS = ("--ground", "--paper", "--tint")
_ON_LINK, _LINK, _EDGE = "--on-link", "--link", "--edge"
_TEXTS = ("--ink", "--muted", _LINK, "--good", "--busy", "--warn", "--bad")
_COLOURS = (*_GROUNDS, _ON_LINK, _EDGE, *_TEXTS)

_HEX = re.compile(r"#(?:[0-9a-f]{3}){1,2}", re.IGNORECASE)
_VAR = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,\s*(.*))?\)", re.DOTALL)
_SCHEME = re.compile(r"@media.*prefers-color-scheme\s*:\s*(light|dark)")
_NAMED = {"white": "#ffffff", "black": "#000000"}
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Ground:
    """What a client's colour stands on in one scheme: `#rrggbb` each.

    Attributes:
        text: where it is text, or the ground of text.
        parts: where it is a part of a drawing beside another.
    """

    text: tuple[str, ...]
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a client's colour stands on, on light pages and on dark ones; paper is light."""

    light: Ground
    dark: Ground


def grounds_of(sheets: Sequence[Sheet]) -> Grounds:
    """The grounds that these sheets give together."""
    light, paper, dark = (_values(sheets, scheme) for scheme in ("light", "print", "dark"))
    return Grounds(_ground(WHITE, light, paper), _ground(BLACK, dark))


def check_colours(sheets: Sequence[Sheet], own: Sequence[Source]) -> Iterator[Problem]:
    """What cannot be read, or not be reckoned with, because of the sheets that are `own`."""
    for scheme in ("light", "dark"):
        values = _values(sheets, scheme)
        yield from _not_hex(sheets, own, scheme)
        pairs = [*product(_TEXTS, _GROUNDS), (_ON_LINK, _LINK)]
        for text, ground in pairs:
            place = _place(sheets, own, scheme, text) or _place(sheets, own, scheme, ground)
            if place and _is_weak(values, text, ground):
                yield _low(text, ground, values, scheme, place)
        yield from _opposed(sheets, own, scheme)
    yield from _one_sided(sheets, own)


def _ground(otherwise: str, *found: dict[str, str]) -> Ground:
    text = (values[name] for values in found for name in (*_GROUNDS, _ON_LINK) if name in values)
    parts = (values[_EDGE] for values in found if _EDGE in values)
    return Ground(tuple(dict.fromkeys(text)) or (otherwise,), tuple(dict.fromkeys(parts)))


def _values(sheets: Sequence[Sheet], scheme: str) -> dict[str, str]:
    """The colours in one scheme, as far as they come down to `#rrggbb`."""
    resolved = ((name, _resolved(sheets, scheme, name)) for name in _COLOURS)
    return {name: value.lower() for name, value in resolved if value and _HEX.fullmatch(value)}


def _resolved(sheets: Sequence[Sheet], scheme: str, name: str) -> str | None:
    value: str | None = f"var({name})"
    for _ in range(_DEEPEST):
        match = _VAR.fullmatch(value or "")
        if not match:
            break
        last = _last(sheets, scheme, match[1])
        value = last.value if last else match[2]
    return _NAMED.get(value.lower(), value) if value else None


def _last(sheets: Sequence[Sheet], scheme: str, name: str) -> Variable | None:
    """Where a variable of the page as a whole gets its value."""
    found = None
    for sheet in sheets:
        for variable in sheet.variables:
            if variable.name == name and scheme in _schemes(variable):
                found = variable
    return found


def _schemes(variable: Variable) -> tuple[str, ...]:
    """The schemes that a rule is for; none when it is for a part of the page, or a width."""
    *outer, selectors = variable.rule or ("",)
    if not {":root", "html"}.intersection(each.strip() for each in selectors.split(",")):
        return ()
    outer = [rule for rule in outer if not rule.startswith("@layer")]
    if not outer:
        return ("light", "dark", "print")
    if len(outer) > 1:
        return ()
    scheme = _SCHEME.match(outer[0])
    return (scheme[1],) if scheme else ("print",) if outer[0] == "@media print" else ()


def _place(sheets: Sequence[Sheet], own: Sequence[Source], scheme: str, name: str) -> Place | None:
    last = _last(sheets, scheme, name)
    return last.place if last and last.place.source in own else None


def _not_hex(sheets: Sequence[Sheet], own: Sequence[Source], scheme: str) -> Iterator[Problem]:
    for name in (*_GROUNDS, _ON_LINK, _EDGE):
        value = _resolved(sheets, scheme, name)
        place = _place(sheets, own, scheme, name)
        if place and value and not _HEX.fullmatch(value):
            hint = "write it as #rrggbb: a client's own colour is made readable on it"
            yield Problem("not-a-colour", f'"{value}" is not such a colour', place, hint)


def _is_weak(values: Mapping[str, str], text: str, ground: str) -> bool:
    """Whether the contrast of two colours is not enough for text."""
    is_known = text in values and ground in values
    return is_known and contrast(values[text], values[ground]) < TEXT


def _low(text: str, ground: str, values: Mapping[str, str], scheme: str, place: Place) -> Problem:
    # Rounded down, so that what is not enough never looks as if it were.
    shown = int(contrast(values[text], values[ground]) * 10) / 10
    message = f"{text} on {ground} has a contrast of {shown} in {scheme} colours"
    ink, _ = best_ink([values[ground]])
    hint = f"text needs {TEXT}: make {text} {'darker' if ink == BLACK else 'lighter'}"
    return warning("low-contrast", message, place, hint)


def _opposed(sheets: Sequence[Sheet], own: Sequence[Source], scheme: str) -> Iterator[Problem]:
    """Grounds that no client's colour can stand on, and have its text on it, at once."""
    found = grounds_of(sheets)
    _, least = best_ink((found.light if scheme == "light" else found.dark).text)
    place = _place(sheets, own, scheme, _ON_LINK) or _place(sheets, own, scheme, _GROUNDS[0])
    if least < TEXT and place:
        message = f"no colour is readable on {_GROUNDS[0]} and under {_ON_LINK} in {scheme} colours"
        hint = f"make {_ON_LINK} {scheme} there, as the grounds are"
        yield warning("low-contrast", message, place, hint)


def _one_sided(sheets: Sequence[Sheet], own: Sequence[Source]) -> Iterator[Problem]:
    """Colours set for all pages after the dark ones, which they undo."""
    for name in _COLOURS:
        last = _last(sheets, "dark", name)
        if not last or last.place.source not in own or "light" not in _schemes(last):
            continue
        if any(
            variable.name == name and _schemes(variable) == ("dark",)
            for sheet in sheets
            for variable in sheet.variables
        ):
            message = f"{name} is the same on dark pages, where the theme had another"
            hint = f"set {name} in @media (prefers-color-scheme: dark) {{ :root {{ … }} }} too"
            yield warning("no-dark-colour", message, last.place, hint)
