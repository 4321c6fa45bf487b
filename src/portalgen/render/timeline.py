"""The geometry of a drawn plan: where days lie on an axis, and which of them it names.

Positions are shares of the drawing's width, written as SVG percentages ("12.50%"), so that one
drawing fits every screen while texts and strokes keep their size. Knows no day but those it is
handed.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from portalgen.language import Words
from portalgen.model.values import Span

_DAY = timedelta(days=1)
_SHORTEST = 28
"""Days that a drawing shows at least: a single day would say nothing without its month."""
_WIDE, _NARROW = 10, 5
"""Names along the axis: on a wide screen, and at 320 pixels."""
_WIDE_LABEL, _NARROW_LABEL = 9, 18
"""Percent of the width that a name may take, there and there."""
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """From one position to another."""

    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the grid; it is named unless the name would stand outside the drawing."""

    x: str
    name: str
    year: str


@dataclass(frozen=True, slots=True)
class _Unit:
    """A stretch of the calendar: where each begins, and how it is named."""

    floor: Callable[[date], date]
    following: Callable[[date], date]
    name: Callable[[Words, date], str]
    names_year: bool = False

    def starts(self, first: date, end: date) -> Iterator[date]:
        day = self.floor(first)
        while day < end:
            yield day
            day = self.following(day)


def _weeks(count: int) -> _Unit:
    """From Monday to Sunday (ISO 8601); day 1 of the calendar is a Monday."""
    days = 7 * count
    return _Unit(
        floor=lambda day: day - (day.toordinal() - 1) % days * _DAY,
        following=lambda day: day + days * _DAY,
        name=Words.short_day,
    )


def _months(count: int) -> _Unit:
    """Months, quarters, half years or years: as many months, counted from the year 0."""

    def month_of(day: date) -> int:
        return day.year * _MONTHS + day.month - 1

    def first_of(month: int) -> date:
        year, rest = divmod(month, _MONTHS)
        return date(year, rest + 1, 1)

    return _Unit(
        floor=lambda day: first_of(month_of(day) - month_of(day) % count),
        following=lambda day: first_of(month_of(day) + count),
        name=_year if count >= _MONTHS else Words.short_month,
        names_year=count >= _MONTHS,
    )


def _year(_words: Words, day: date) -> str:
    return str(day.year)


_UNITS = (
    *(_weeks(count) for count in (1, 2)),
    *(_months(count) for count in (1, 2, 3, 6)),
    *(_months(years * _MONTHS) for years in (1, 2, 5, 10, 20, 50, 100, 200, 500)),
)


@dataclass(frozen=True, slots=True)
class Axis:
    """The stretch of time that a drawing shows: from `first` to the day before `end`."""

    first: date
    end: date

    def at(self, day: date) -> str:
        """Where a day begins."""
        return f"{(day - self.first) / (self.end - self.first):.2%}"

    def middle(self, day: date) -> str:
        """The middle of a day, for marks that stand for one."""
        return f"{(day - self.first + _DAY / 2) / (self.end - self.first):.2%}"

    def bar(self, first: date, last: date) -> Bar:
        """Both days included."""
        return Bar(self.at(first), self.at(last + _DAY))

    def span(self, span: Span) -> Bar:
        """A day, or a range."""
        return self.bar(span.first, span.last)

    def ticks(self, words: Words, *, narrow: bool = False) -> tuple[Tick, ...]:
        """The grid: weeks, months or years, as many as can be read side by side."""
        most, label = (_NARROW, _NARROW_LABEL) if narrow else (_WIDE, _WIDE_LABEL)
        unit, starts = _fitting(self.first, self.end, most)
        return tuple(self._named(words, unit, starts, label))

    def _named(
        self, words: Words, unit: _Unit, starts: Sequence[date], label: int
    ) -> Iterator[Tick]:
        said = 0
        for day in starts:
            if day < self.first:
                continue
            if not self._has_room(day, label):
                yield Tick(self.at(day), "", "")
                continue
            year = "" if unit.names_year or day.year == said else str(day.year)
            said = day.year
            yield Tick(self.at(day), unit.name(words, day), year)

    def _has_room(self, day: date, percent: int) -> bool:
        return (self.end - day) * 100 >= (self.end - self.first) * percent


def axis_of(days: Iterable[date]) -> Axis | None:
    """An axis on which all of these days lie, in whole weeks, months or years; None without any."""
    known = sorted(days)
    if not known:
        return None
    first, end = known[0], max(known[-1] + _DAY, known[0] + _SHORTEST * _DAY)
    unit, starts = _fitting(first, end, _WIDE)
    return Axis(starts[0], unit.following(starts[-1]))


def _fitting(first: date, end: date, most: int) -> tuple[_Unit, Sequence[date]]:
    """The smallest unit of which not more than so many begin in a stretch of time."""
    for unit in _UNITS:
        starts = []
        for day in unit.starts(first, end):
            starts.append(day)
            if len(starts) > most:
                break
        else:
            return unit, starts
    return _UNITS[-1], starts
