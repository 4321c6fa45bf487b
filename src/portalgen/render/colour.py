"""The client's accent colour, made readable on the theme's light and dark grounds."""

_LEAST_CONTRAST = 4.5
"""WCAG 2.2, success criterion 1.4.3, for text of any size."""

_LIGHT = "#f1ede4"
_DARK = "#24292d"
"""The darkest ground of the light theme, and the lightest of the dark one, that text stands on."""

_STEPS = 50
_SHORT = len("rgb")

Rgb = tuple[int, int, int]


def accent_rule(accent: str | None, selector: str = ":root") -> str:
    """The CSS rule that hands a client's accent to the theme; empty without one.

    Args:
        accent: `#rgb` or `#rrggbb`, already checked: it goes into a style sheet.
        selector: what has this accent.
    """
    if accent is None:
        return ""
    light = readable(accent, _LIGHT, towards="#000000")
    dark = readable(accent, _DARK, towards="#ffffff")
    return f"{selector}{{--accent:{accent};--accent-on-light:{light};--accent-on-dark:{dark}}}"


def readable(colour: str, ground: str, *, towards: str) -> str:
    """The colour, moved towards another just as far as text in it needs on that ground."""
    start, end = _rgb(colour), _rgb(towards)
    for step in range(_STEPS + 1):
        mixed = _hex(_mix(start, end, step / _STEPS))
        if contrast(mixed, ground) >= _LEAST_CONTRAST:
            return mixed
    return towards


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    low, high = sorted((_luminance(_rgb(one)), _luminance(_rgb(other))))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Rgb) -> float:
    """Relative luminance (WCAG 2.2, "relative luminance")."""
    red, green, blue = (_linear(value / 255) for value in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    is_dark = value <= 0.04045  # noqa: PLR2004 (the numbers are the definition's own)
    return value / 12.92 if is_dark else float(((value + 0.055) / 1.055) ** 2.4)


def _mix(start: Rgb, end: Rgb, share: float) -> Rgb:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(start, end, strict=True))
    return red, green, blue


def _rgb(colour: str) -> Rgb:
    digits = colour.lstrip("#")
    if len(digits) == _SHORT:
        digits = "".join(2 * digit for digit in digits)
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def _hex(colour: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
