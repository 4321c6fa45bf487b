"""How new files and entries are named: by their title, after those that are there."""

import re
from collections.abc import Collection, Sequence

from portalgen.model.values import path_segment

LONGEST = 48
"""Characters of a name made from a title."""

_NUMBER = re.compile(r"(\d+)(?=[-_. ]|$)")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?=[-_. ]|$)")
_TENS = 10
_NOTHING = "null"
"""A name that would be read as no name at all."""


def slug(title: str, fallback: str) -> str:
    """A short name from a title; the fallback when no letter of it can stay."""
    words = path_segment(title)
    if words == _NOTHING:
        return fallback
    if len(words) > LONGEST:
        words = words[: LONGEST + 1].rpartition("-")[0] or words[:LONGEST]
    return words or fallback


def free(name: str, taken: Collection[str]) -> str:
    """The name, or the first of NAME-2, NAME-3… that is not taken, whatever its capitals."""
    known = {other.casefold() for other in taken}
    number, wanted = 1, name
    while wanted.casefold() in known:
        number += 1
        wanted = f"{name}-{number}"
    return wanted


def number_of(stem: str) -> str | None:
    """The number that a file's name begins with, as it is written; None when it has none."""
    found = None if _DATE.match(stem) else _NUMBER.match(stem)
    return found[1] if found else None


def next_number(stems: Sequence[str]) -> str:
    """The number of the next file, as wide as those before it and with a hyphen behind it.

    Where all numbers are tens, the next is a ten. It is empty where files have no numbers.
    """
    numbers = [number for stem in stems if (number := number_of(stem))]
    if not numbers:
        return "" if stems else "01-"
    last = max(map(int, numbers))
    by_tens = all(int(number) % _TENS == 0 for number in numbers) and last > 0
    return padded(last + (_TENS if by_tens else 1), stems) + "-"


def padded(number: int, stems: Sequence[str]) -> str:
    """A number as wide as those of other files; two digits where there is none."""
    widths = [len(written) for stem in stems if (written := number_of(stem))]
    return str(number).zfill(max(widths, default=2))


def next_lettered(letter: str, ids: Collection[str]) -> str:
    """The next of C1, C2…; a gap is not filled, since a number is never given twice."""
    found = (re.fullmatch(rf"{letter}0*(\d+)", name, re.IGNORECASE) for name in ids)
    return f"{letter}{max((int(match[1]) for match in found if match), default=0) + 1}"


def next_requirement(ids: Collection[str]) -> str:
    """The requirement after the last one: R8 after R7.2."""
    tops = (re.match(r"R(\d+)", name) for name in ids)
    return f"R{max((int(match[1]) for match in tops if match), default=0) + 1}"
