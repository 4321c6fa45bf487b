"""A client's colour is readable wherever a theme puts it, whatever colour it is."""

import re
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from portalgen.contrast import contrast
from portalgen.render.colour import accent_rule, readable
from portalgen.theme import Ground, Grounds, Theme, load_theme

WORKSPACE = Path(__file__).parents[2]
COLOURS = some.integers(0, 0xFFFFFF).map("#{:06x}".format)
EDGES = ["#fff", "#000", "#ffff00", "#ffe14d", "#777777", "#00f", "#f0f", "#8a3b5c", "#7f7f7f"]
RULE = re.compile(
    r"\.x\{--accent:(.*);--on-accent:(.*);--accent-on-light:(.*);--accent-on-dark:(.*)\}"
)


def _theme(name: str) -> Theme:
    theme, problems = load_theme(name, WORKSPACE)
    assert theme is not None, problems
    return theme


THEMES = {name: _theme(name) for name in ("default", "press")}


@pytest.mark.parametrize("name", THEMES)
@given(accent=COLOURS | some.sampled_from(EDGES))
def test_any_accent_is_readable_on_every_ground_of_every_theme(name: str, accent: str) -> None:
    grounds = THEMES[name].grounds
    found = RULE.fullmatch(accent_rule(accent, grounds, ".x"))
    assert found is not None
    assert found[1] == accent
    assert contrast(found[2], accent) >= 4.5
    for colour, ground in ((found[3], grounds.light), (found[4], grounds.dark)):
        assert all(contrast(colour, each) >= 4.5 for each in ground.text), colour
        assert all(contrast(colour, each) >= 3 for each in ground.parts), colour


def _grounds(of: some.SearchStrategy[str]) -> some.SearchStrategy[Ground]:
    few = some.lists(of, min_size=1, max_size=4).map(tuple)
    return some.builds(Ground, few, few)


LIGHT = COLOURS.filter(lambda colour: contrast(colour, "#000") >= 4.5)
DARK = COLOURS.filter(lambda colour: contrast(colour, "#fff") >= 4.5)


@given(accent=COLOURS, ground=_grounds(LIGHT) | _grounds(DARK))
def test_any_accent_is_readable_on_any_grounds_that_black_or_white_can_be_read_on(
    accent: str, ground: Ground
) -> None:
    colour = readable(accent, ground)
    assert all(contrast(colour, each) >= 4.5 for each in ground.text)
    assert all(contrast(colour, each) >= 3 for each in ground.parts)


def test_an_accent_that_is_readable_already_stays_as_it_is() -> None:
    white = Grounds(Ground(("#ffffff",), ()), Ground(("#000000",), ()))
    assert accent_rule("#8a3b5c", white) == (
        ":root{--accent:#8a3b5c;--on-accent:#ffffff;"
        "--accent-on-light:#8a3b5c;--accent-on-dark:#a1627d}"
    )
    assert accent_rule(None, white) == ""


@pytest.mark.parametrize("name", THEMES)
def test_the_grounds_are_those_of_the_style_sheet(name: str) -> None:
    grounds = THEMES[name].grounds
    assert len(grounds.light.text) >= 2
    assert len(grounds.dark.text) >= 2
    assert grounds.light.parts
    assert all(contrast(each, "#000") > 12 for each in grounds.light.text)
    assert all(contrast(each, "#fff") > 12 for each in grounds.dark.text)


@pytest.mark.parametrize("name", THEMES)
def test_every_text_colour_of_a_theme_is_readable(name: str) -> None:
    css = next(a.content.decode() for a in THEMES[name].assets if a.name == "theme.css")
    values = {"light": dict[str, str](), "dark": dict[str, str]()}
    for rule in re.finditer(r"(@media[^{]*dark\)\{)?:root\{([^}]*)\}", css):
        scheme = "dark" if rule[1] else "light"
        if re.search(r"size: A4|font-size: 9pt", rule[2]):
            continue
        values[scheme] |= re.findall(r"--([\w-]+): (#\w+);", rule[2])
    for colours in values.values():
        texts = [colours[name] for name in ("ink", "muted", "good", "busy", "warn", "bad")]
        for text, ground in product(texts, (colours[g] for g in ("ground", "paper", "tint"))):
            assert contrast(text, ground) >= 4.5, (text, ground)


def test_contrast_as_defined() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
