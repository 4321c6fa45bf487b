"""How well one colour can be told from another, and how far to move it so that it can."""

from collections.abc import Iterable

TEXT = 4.5
"""WCAG 2.2, success criterion 1.4.3, for text of any size."""

PARTS = 3.0
"""WCAG 2.2, success criterion 1.4.11, for what is no text."""

BLACK, WHITE = "#000000", "#ffffff"

_SHORT = len("rgb")

Rgb = tuple[int, int, int]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio").

    Args:
        one: `#rgb` or `#rrggbb`, as is the other.
    """
    low, high = sorted((_luminance(_rgb(one)), _luminance(_rgb(other))))
    return (high + 0.05) / (low + 0.05)


def best_ink(grounds: Iterable[str]) -> tuple[str, float]:
    """Black or white, whichever is read better on the worst of these grounds, and its contrast."""
    found = list(grounds)
    inks = {ink: min(contrast(ink, each) for each in found) for ink in (BLACK, WHITE)}
    best = max(inks, key=inks.__getitem__)
    return best, inks[best]


def mixed(start: str, end: str, share: float) -> str:
    """A colour on the way from one to another, as `#rrggbb`; a share of 1 is the other."""
    pairs = zip(_rgb(start), _rgb(end), strict=True)
    return "#{:02x}{:02x}{:02x}".format(*(round(a + (b - a) * share) for a, b in pairs))


def _luminance(colour: Rgb) -> float:
    """Relative luminance (WCAG 2.2, "relative luminance")."""
    red, green, blue = (_linear(value / 255) for value in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    is_dark = value <= 0.04045  # noqa: PLR2004 (the numbers are the definition's own)
    return value / 12.92 if is_dark else float(((value + 0.055) / 1.055) ** 2.4)


def _rgb(colour: str) -> Rgb:
    digits = colour.lstrip("#")
    if len(digits) == _SHORT:
        digits = "".join(2 * digit for digit in digits)
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
