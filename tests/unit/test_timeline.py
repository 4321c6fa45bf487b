"""The axis of a drawn plan: every day lies on it, and its names can be read side by side."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portalgen.language import LANGUAGES, Words
from portalgen.model.values import Span
from portalgen.render.timeline import Axis, Tick, axis_of

DAYS = st.lists(st.dates(date(1900, 1, 1), date(2999, 12, 31)), min_size=1, max_size=5)
FRENCH = Words("fr")


def _axis(*days: str) -> Axis:
    axis = axis_of(date.fromisoformat(day) for day in days)
    assert axis is not None
    return axis


def _names(ticks: tuple[Tick, ...]) -> list[str]:
    return [f"{tick.name} {tick.year}".strip() for tick in ticks]


def _percent(position: str) -> float:
    return float(position.removesuffix("%"))


def test_no_day_has_no_axis() -> None:
    assert axis_of([]) is None


def test_a_day_is_shown_among_the_weeks_that_follow() -> None:
    axis = _axis("2026-11-25")
    assert (axis.first, axis.end) == (date(2026, 11, 23), date(2026, 12, 28))
    assert _names(axis.ticks(FRENCH)) == ["23 nov. 2026", "30 nov.", "7 déc.", "14 déc.", "21 déc."]


def test_a_season_is_shown_in_fortnights_or_months() -> None:
    axis = _axis("2026-09-15", "2026-12-18")
    assert _names(axis.ticks(FRENCH))[:3] == ["14 sept. 2026", "28 sept.", "12 oct."]
    assert _names(axis.ticks(FRENCH, narrow=True)) == ["oct. 2026", "nov.", "déc."]


def test_the_year_is_said_where_it_begins() -> None:
    names = _names(_axis("2026-11-03", "2027-03-20").ticks(Words("en"), narrow=True))
    assert names == ["Nov 2026", "Dec", "Jan 2027", "Feb", "Mar"]


def test_ten_years_are_shown_in_years() -> None:
    axis = _axis("2026-05-01", "2036-02-01")
    assert _names(axis.ticks(FRENCH)) == ["2026", "2028", "2030", "2032", "2034", "2036"]
    assert _names(axis.ticks(FRENCH, narrow=True)) == ["2030", "2035"]


def test_a_range_ends_with_its_last_day() -> None:
    axis = Axis(date(2026, 3, 1), date(2026, 3, 11))
    bar = axis.span(Span(date(2026, 3, 2), date(2026, 3, 4)))
    assert (bar.start, bar.end) == ("10.00%", "40.00%")
    assert axis.middle(date(2026, 3, 4)) == "35.00%"


@given(DAYS)
def test_every_day_lies_on_the_axis(days: list[date]) -> None:
    axis = axis_of(days)
    assert axis is not None
    assert axis.first <= min(days)
    assert max(days) < axis.end
    assert axis.end - axis.first >= timedelta(28)


@pytest.mark.parametrize(
    ("narrow", "most", "apart", "room"), [(False, 10, 8, 9), (True, 5, 16, 18)]
)
@given(days=DAYS)
def test_names_have_room(
    narrow: bool, most: int, apart: float, room: float, days: list[date]
) -> None:
    axis = axis_of(days)
    assert axis is not None
    ticks = axis.ticks(FRENCH, narrow=narrow)
    assert 1 <= len(ticks) <= most
    positions = [_percent(tick.x) for tick in ticks]
    assert all(after - before >= apart for before, after in pairwise(positions))
    assert all(100 - _percent(tick.x) >= room - 0.01 for tick in ticks if tick.name)
    assert all(tick.name for tick in ticks[:1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_are_short_in_every_language(language: str) -> None:
    words = Words(language)
    for month in range(1, 13):
        day = date(2026, month, 28)
        assert len(words.short_month(day)) <= len("sept.")
        assert len(words.short_day(day)) <= len("28. Sept.")
