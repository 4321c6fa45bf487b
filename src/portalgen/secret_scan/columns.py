"""Tables with a column of secrets: in Markdown, and in a CSV whose first line names the columns."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from portalgen.secret_scan.folding import fold_line
from portalgen.secret_scan.names import LOGIN, NAME, NOTHING_MORE, Name, name_of
from portalgen.secret_scan.values import Value

_RULE = re.compile(r"\n[ \t]*\|?[ \t]*:?-[ \t:|-]*(?=\n)")
_CSV_CELL = r'(?P<cell>"(?:[^"]|"")*"|[^{0}\n]*)(?:{0}|$)'
_LONGEST_ROW = 2000
_AROUND = " \t*_`\"'"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell under a heading that names a secret, and where its value stands in the text."""

    name: Name
    value: Value
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Table:
    """A table: where its headings and its rows begin, and what parts its cells.

    A word alone counts in a CSV, which somebody exported; a table of a text may describe a form.
    """

    headings: int
    rows: int
    delimiter: str
    alone: bool


def column_values(text: str) -> Iterator[Cell]:
    """Every cell under a heading that names a secret."""
    for table in _tables(text):
        headings = _cells(text, table.headings, table.delimiter)
        named = [_name(text[start:end]) for start, end in headings]
        if any(named):
            yield from _under(text, table, named)


def _tables(text: str) -> Iterator[_Table]:
    first = text[:_LONGEST_ROW].partition("\n")[0]
    delimiter = next((sign for sign in "|;\t," if sign in first), "|")
    if delimiter != "|" and f"{delimiter} " not in first:  # else it is a sentence
        yield _Table(0, len(first) + 1, delimiter, alone=True)
    for rule in _RULE.finditer(text) if "|" in text else ():
        if "|" in rule[0]:
            yield _Table(text.rfind("\n", 0, rule.start()) + 1, rule.end() + 1, "|", alone=False)


def _under(text: str, table: _Table, named: list[Name | None]) -> Iterator[Cell]:
    at = table.rows
    while at < len(text) and (cells := _cells(text, at, table.delimiter)):
        for name, (start, end) in zip(named, cells, strict=False):
            if name is not None and start < end:
                yield Cell(name, Value(text[start:end], table.alone), start, end)
        at = text.find("\n", at) + 1 or len(text)


def _cells(text: str, start: int, delimiter: str) -> list[tuple[int, int]]:
    """Where the cells of a line begin and end, without marks around; none if it is no row."""
    line = text[start : start + _LONGEST_ROW].partition("\n")[0]
    if delimiter not in line:
        return []
    pattern = _CSV_CELL.format(re.escape(delimiter))
    skipped = 1 if delimiter == "|" and line.startswith("|") else 0
    found = [match.span("cell") for match in re.finditer(pattern, line[skipped:])]
    return [_trimmed(text, start + skipped + begin, start + skipped + end) for begin, end in found]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    cell = text[start:end]
    left = len(cell) - len(cell.lstrip(_AROUND))
    return min(start + left, end), max(start + left, start + len(cell.rstrip(_AROUND)))


def _name(heading: str) -> Name | None:
    """The secret that a heading names, if that is all it says."""
    plain = fold_line(heading)
    named = NAME.match(plain)
    if named is None or not NOTHING_MORE.fullmatch(plain, named.end()):
        return None
    name = name_of(named)
    return None if name is LOGIN else name
