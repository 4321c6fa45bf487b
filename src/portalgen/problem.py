"""What can be wrong, and where: plain data that every stage returns beside its result.

A problem says what is wrong, where, and how to mend it. How it looks on a screen is the
business of `terminal`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path


class Severity(StrEnum):
    """An error keeps a portal, or one invoice, from being published; a warning does not.

    A note depends on the day, or on taste: it is said, and counts as nothing, not even when
    warnings count as errors.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Source:
    """A text file as it was read: its path from the workspace, with slashes, and its text."""

    path: str
    text: str = field(default="", repr=False)

    def line(self, number: int) -> str:
        """The line of that number, counted from 1, without its end; empty past the last one."""
        lines = self.text.split("\n")
        return lines[number - 1] if 0 < number <= len(lines) else ""


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of one line of a source.

    `line` and `column` count from 1, in characters; line 0 stands for the file as a whole.
    """

    source: Source
    line: int = 0
    column: int = 1
    width: int = 1


DAY_FIRST = "the day stands before the month"
COMMA_GROUPS = "a comma stands between thousands"


def amounts_in(currency: str) -> str:
    """What a fix takes for granted that leaves out the sign of a currency."""
    return f"amounts are in {currency}"


@dataclass(frozen=True, slots=True)
class Fix:
    """The one right text for a stretch of a line; nobody needs to be asked.

    Attributes:
        before: what stands at the place; the fix holds only as long as it does.
        after: what is right there.
        assumes: what is taken for granted of whoever writes; empty when nothing is.
    """

    place: Place
    before: str
    after: str
    assumes: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend.

    Attributes:
        code: a stable name, in lower case with hyphens, the same in the documentation.
        message: one line, without a full stop.
        hint: how to mend it; several lines when there are lines to paste.
        invoice: the id of the invoice that this error withholds; its portal goes out without it.
        fix: how a program mends it, when there is one right answer.
    """

    code: str
    message: str
    place: Place
    hint: str = ""
    severity: Severity = Severity.ERROR
    invoice: str | None = None
    fix: Fix | None = None

    @property
    def blocks_portal(self) -> bool:
        """Whether the portal as a whole cannot be published."""
        return self.severity is Severity.ERROR and self.invoice is None


def warning(code: str, message: str, place: Place, hint: str = "") -> Problem:
    """A problem that keeps nothing from being published."""
    return Problem(code, message, place, hint, Severity.WARNING)


def note(code: str, message: str, place: Place, hint: str = "") -> Problem:
    """Something worth knowing, which fails nothing."""
    return Problem(code, message, place, hint, Severity.NOTE)


def withholding(invoice: str, problem: Problem) -> Problem:
    """The same problem, keeping only that invoice back."""
    return replace(problem, invoice=invoice)


def as_given(folder: Path) -> str:
    """How messages call a folder: by its name, or as it was given when that has none."""
    return folder.name or str(folder).rstrip("/")


def in_reading_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems by file, line and column, each said once."""
    unique = dict.fromkeys(problems)
    return tuple(
        sorted(unique, key=lambda p: (p.place.source.path, p.place.line, p.place.column, p.code))
    )
