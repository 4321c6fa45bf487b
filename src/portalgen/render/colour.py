"""The client's accent colour, made readable on whatever ground the theme puts it."""

from portalgen.contrast import PARTS, TEXT, best_ink, contrast, mixed
from portalgen.theme import Ground, Grounds

_STEPS = 50


def accent_rule(accent: str | None, grounds: Grounds, selector: str = ":root") -> str:
    """The CSS rule that hands a client's accent to the theme; empty without one.

    Args:
        accent: `#rgb` or `#rrggbb`, already checked: it goes into a style sheet.
        grounds: what the theme puts it on, and what it puts on it.
        selector: what has this accent.
    """
    if accent is None:
        return ""
    light, dark = readable(accent, grounds.light), readable(accent, grounds.dark)
    return (
        f"{selector}{{--accent:{accent};--on-accent:{best_ink([accent])[0]};"
        f"--accent-on-light:{light};--accent-on-dark:{dark}}}"
    )


def readable(colour: str, ground: Ground) -> str:
    """The colour, moved towards black or white just as far as it needs to be told from a ground.

    Text in it, or on it, then has a contrast of at least 4.5, and parts of drawings of 3, wherever
    the grounds allow that in one colour at all: those of a page do, since its own text stands on
    them.
    """
    towards, _ = best_ink([*ground.text, *ground.parts])
    steps = (mixed(colour, towards, step / _STEPS) for step in range(_STEPS + 1))
    return next((found for found in steps if _is_clear(found, ground)), towards)


def _is_clear(colour: str, ground: Ground) -> bool:
    return all(contrast(colour, each) >= TEXT for each in ground.text) and all(
        contrast(colour, each) >= PARTS for each in ground.parts
    )
