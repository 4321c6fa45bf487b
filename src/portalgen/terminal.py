"""Problems and progress as text: the only room that speaks to the author.

The voice: what is wrong, in lower case and without a full stop; then how to mend it, with the
text to write or the command to paste. See docs/voice.md.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TextIO

from portalgen.problem import Place, Problem, Severity

_COLOURS = {
    "error": "\033[1;31m",
    "warning": "\033[1;33m",
    "note": "\033[1m",
    "hint": "\033[36m",
    "dim": "\033[2m",
}
_RESET = "\033[0m"
_JOINING_LETTERS = frozenset(map(chr, range(0x1160, 0x1200)))
"""Vowels and last letters of Korean that are drawn inside the letter before them."""
_LINE_SHOWN = 100
"""Characters of a line that an excerpt shows."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """Where messages go, and what may be used and said there.

    Attributes:
        live: whether somebody watches, so that a line may be written over.
        quiet: whether nothing is said but errors.
    """

    stream: TextIO
    colour: bool = False
    live: bool = False
    quiet: bool = False

    def problems(self, problems: Iterable[Problem]) -> None:
        """Print every problem with its excerpt."""
        for problem in problems:
            if not self.quiet or problem.severity is Severity.ERROR:
                self._print(self._problem(problem))

    def summary(self, problems: Iterable[Problem], silenced: int = 0) -> None:
        """Print how many errors, warnings and notes there are, when there are any.

        Args:
            silenced: how many warnings and notes are not among them.
        """
        counts = counted(problems, silenced)
        if counts:
            self.say(counts)

    def say(self, text: str) -> None:
        """Print a line."""
        if not self.quiet:
            self._print(clean(text))

    def progress(self, done: int, total: int) -> None:
        """Show how far long work has come, on a terminal only."""
        if not self.live or self.quiet:
            return
        width = 24
        bar = "█" * (width * done // total)
        self.stream.write(f"\r{bar:░<{width}} {done}/{total}")
        if done == total:
            self.erase()
        self.stream.flush()

    def erase(self) -> None:
        """Take away the line that shows how far work has come."""
        if self.live and not self.quiet:
            self.stream.write("\r\033[K")
            self.stream.flush()

    def _print(self, text: str) -> None:
        self.stream.write(text + "\n")

    def _problem(self, problem: Problem) -> str:
        label = f"{problem.severity}[{problem.code}]"
        painted = self._paint(label, problem.severity)
        head = f"{_address(problem.place)}: {painted}: {clean(problem.message)}"
        return "\n".join((head, *self._excerpt(problem)))

    def _excerpt(self, problem: Problem) -> list[str]:
        place = problem.place
        hints = [clean(line) for line in problem.hint.split("\n")] if problem.hint else []
        if place.line == 0:
            return [f"      {self._hint(line)}" for line in hints]
        line, start, width = _window(place)
        lead = " " * _width(line[:start])
        carets = "^" * max(1, _width(line[start:][:width]))
        first = f" {self._hint(hints[0])}" if hints else ""
        marks = f"{lead}{self._paint(carets, problem.severity)}{first}"
        rest = [f"      | {lead}{' ' * len(carets)}   {self._hint(hint)}" for hint in hints[1:]]
        return [f"{place.line:5} | {clean(line)}", f"      | {marks}", *rest]

    def _hint(self, text: str) -> str:
        return self._paint(text, "hint")

    def _paint(self, text: str, name: str) -> str:
        return f"{_COLOURS[name]}{text}{_RESET}" if self.colour and text else text


def _window(place: Place) -> tuple[str, int, int]:
    """The part of a line worth showing, and where the place begins in it and how wide it is."""
    line = place.source.line(place.line)
    start = place.column - 1
    end = min(start + place.width, start + _LINE_SHOWN)
    first = max(0, end - _LINE_SHOWN)
    shown = line[first : first + _LINE_SHOWN]
    before = "…" if first else ""
    after = "…" if first + _LINE_SHOWN < len(line) else ""
    return f"{before}{shown}{after}", start - first + len(before), end - start


def counted(problems: Iterable[Problem], silenced: int = 0) -> str:
    """How many errors, warnings and notes there are, in words; empty when there are none."""
    severities = [problem.severity for problem in problems]
    counts = (
        _count(severities.count(Severity.ERROR), "error"),
        _count(severities.count(Severity.WARNING), "warning"),
        _count(severities.count(Severity.NOTE), "note"),
        f"{silenced} silenced" if silenced else "",
    )
    return ", ".join(count for count in counts if count)


def table(rows: Iterable[Sequence[str]]) -> str:
    """Rows as lines with aligned columns; an empty end of a row leaves no spaces behind."""
    rows = list(rows)
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return "".join(f"{_aligned(row, widths)}\n" for row in rows)


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
    return "  ".join(cells).rstrip()


def clean(text: str) -> str:
    """Text that cannot move the cursor or change colours, with tabs as four spaces."""
    return "".join(_visible(sign) for sign in text)


def _visible(sign: str) -> str:
    if sign == "\t":
        return "    "
    return "\ufffd" if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp") else sign


def _address(place: Place) -> str:
    path = clean(place.source.path)
    return f"{path}:{place.line}:{place.column}" if place.line else path


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' if number > 1 else ''}" if number else ""


def _width(text: str) -> int:
    """Columns that a text takes on a terminal."""
    return sum(_columns(sign) for sign in clean(text))


def _columns(sign: str) -> int:
    if unicodedata.category(sign) in ("Mn", "Me") or sign in _JOINING_LETTERS:
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1
