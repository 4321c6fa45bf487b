"""Numbers of invoices (BT-1): the author's pattern, what comes next, and where one is kept.

The law wants one continuous, chronological sequence (CGI ann. II, art. 242 nonies A, I-7°); it may
begin anew with each year or month when that is part of the number (BOI-TVA-DECLA-30-20-20-10).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

LONGEST = 35
"""Signs of a number, by the French rules for electronic invoices (BR-FR-01)."""

_NUMBER = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9+_./-]*[A-Za-z0-9])?")
_YEAR = "YYYY|AAAA|JJJJ"
_SHORT = "YY|AA|JJ"
_TOKEN = re.compile(
    rf"(?P<year>{_YEAR})|(?<![A-Za-z])(?P<short>{_SHORT})(?=MM|[^A-Za-z]|$)"
    rf"|(?<=YY|AA|JJ)(?P<after>MM)(?![A-Za-z])|(?<![A-Za-z])(?P<month>MM)(?![A-Za-z])"
    r"|(?P<digits>[0-9]+)"
)
_WRITTEN_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


def is_number(text: str) -> bool:
    """Whether an invoice may have this number."""
    return len(text) <= LONGEST and _NUMBER.fullmatch(text) is not None


def file_of(number: str) -> str:
    """The name of the file that an issued invoice is kept in."""
    return f"{number.replace('/', '%2F')}.json"


def number_of(file: str) -> str | None:
    """The number of the invoice that is kept in a file of that name; None when none is."""
    number = file.removesuffix(".json").replace("%2F", "/")
    return number if is_number(number) and file_of(number) == file else None


@dataclass(frozen=True, slots=True)
class Position:
    """Where a number stands: in which year and month, as far as it tells them, and how far on."""

    period: tuple[int, int]
    count: int


@dataclass(frozen=True, slots=True)
class Numbering:
    """How the numbers of invoices are made.

    Attributes:
        parts: texts, and the tokens `year`, `short`, `month`, `count`.
        first: the count to begin with where there is no invoice yet.
        width: digits that a count has at least.
    """

    parts: tuple[tuple[str, str], ...]
    first: int
    width: int

    def number(self, count: int, day: date) -> str:
        """The number with that count, of an invoice issued that day."""
        said = {
            "year": f"{day.year:04}",
            "short": f"{day.year % 100:02}",
            "month": f"{day.month:02}",
            "count": f"{count:0{self.width}}",
        }
        return "".join(said.get(kind, text) for kind, text in self.parts)

    def position(self, number: str) -> Position | None:
        """Where a number stands; None when it is not made like this."""
        found = self._pattern.fullmatch(number)
        if found is None:
            return None
        said = found.groupdict()
        period = (int(said.get("year") or said.get("short") or 0), int(said.get("month") or 0))
        count = int(said["count"])
        is_short = len(said["count"]) > self.width and said["count"].startswith("0")
        return None if is_short or count == 0 else Position(period, count)

    def period(self, day: date) -> tuple[int, int]:
        """The year and month that numbers of that day tell, as in `Position`."""
        kinds = {kind for kind, _ in self.parts}
        year = day.year if "year" in kinds else day.year % 100 if "short" in kinds else 0
        return year, day.month if "month" in kinds else 0

    def reached(self, numbers: Iterable[str]) -> dict[tuple[int, int], int]:
        """The highest count of each year or month, of the numbers that are made like this."""
        found: dict[tuple[int, int], int] = {}
        for number in numbers:
            position = self.position(number)
            if position:
                found[position.period] = max(position.count, found.get(position.period, 0))
        return found

    def following(self, reached: Mapping[tuple[int, int], int], day: date) -> str:
        """The number after those, for an invoice issued that day."""
        start = 1 if reached else self.first
        return self.number(reached.get(self.period(day), start - 1) + 1, day)

    @property
    def _pattern(self) -> re.Pattern[str]:
        digits = {"year": "[0-9]{4}", "short": "[0-9]{2}", "month": "[0-9]{2}"}
        digits["count"] = f"[0-9]{{{self.width},}}"
        return re.compile(
            "".join(
                f"(?P<{kind}>{digits[kind]})" if kind in digits else re.escape(text)
                for kind, text in self.parts
            )
        )


def numbering(pattern: str) -> Numbering | None:
    """Read a pattern, such as YYYY-001; None when it is none.

    YYYY or YY stands for the year, MM for the month, the digits for the first count. AAAA and JJJJ
    are understood as well, and so is an example with a year in it, such as 2026-001.
    """
    parts = _parts(pattern)
    kinds = [kind for kind, _ in parts if kind != "text"]
    counts = [text for kind, text in parts if kind == "count"]
    has_year = "year" in kinds or "short" in kinds
    if len(counts) != 1 or len(kinds) != len(set(kinds)) or ("month" in kinds and not has_year):
        return None
    made = Numbering(tuple(parts), max(1, int(counts[0])), len(counts[0]))
    example = made.number(made.first, date(2000, 1, 1))
    return made if is_number(example) and made.position(example) else None


def _parts(pattern: str) -> list[tuple[str, str]]:
    """The tokens of a pattern and the texts between them; the last digits are the count."""
    parts: list[tuple[str, str]] = []
    end = 0
    for found in _TOKEN.finditer(pattern):
        parts += [("text", pattern[end : found.start()])] if found.start() > end else []
        kind = str(found.lastgroup)
        parts.append(("month" if kind == "after" else kind, found[0]))
        end = found.end()
    parts += [("text", pattern[end:])] if end < len(pattern) else []
    return _with_count(parts)


def _with_count(parts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Tell which digits are the count, and which a year that stands for any."""
    digits = [at for at, (kind, _) in enumerate(parts) if kind == "digits"]
    if not any(kind in ("year", "short") for kind, _ in parts) and len(digits) > 1:
        years = [at for at in digits if _WRITTEN_YEAR.fullmatch(parts[at][1])]
        if years:
            parts[years[0]] = ("year", parts[years[0]][1])
            digits.remove(years[0])
    for at in digits:
        parts[at] = ("count" if at == digits[-1] else "text", parts[at][1])
    return parts
