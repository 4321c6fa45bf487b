"""Adds one more item to a list, in place."""

import re

from portalgen.edit.layout import Layout
from portalgen.edit.values import Keys, Written, inline, item_lines
from portalgen.yaml_source import Mapping, Node, Sequence

Item = str | Keys | Written

_BLANK_LINES = 2
"""The most empty lines that are taken for a habit."""


def with_last(layout: Layout, known: Sequence, item: Item) -> str | None:
    """The text with one more item at the end of a list."""
    if known.flow:
        return _with_last_in_brackets(layout, known, item)
    if not known.items:
        return None
    last = known.items[-1]
    column = known.place.column
    lead = layout.bare(known.place.line)[: column - 1]
    if lead.strip():
        return None
    wide = isinstance(last, Mapping) and not last.flow
    lines = item_lines(item, " " * (column - 1), wide=wide, gap=_gap(last, column))
    line = _behind(layout, last, column)
    return layout.inserted(line, [*[""] * _blank_lines(layout, known, lines), *lines])


def with_first(layout: Layout, item: Item) -> str:
    """A list with its first item, at the end of a file that holds none yet."""
    lines = item_lines(item, "", wide=True)
    return layout.inserted(len(layout.lines) + 1, lines)


def in_place_of_brackets(layout: Layout, known: Sequence, item: Item) -> str | None:
    """The first item of a list that is a whole file, `[]` before."""
    start, end = layout.stretch(known)
    if layout.bare(known.place.line)[: known.place.column - 1].strip():
        return None
    lines = item_lines(item, " " * (known.place.column - 1), wide=True)
    tail = "" if layout.text[end:] else layout.end
    new = layout.end.join(lines).lstrip(" ")
    return layout.spliced(start, end, f"{new}{tail}")


def _with_last_in_brackets(layout: Layout, known: Sequence, item: Item) -> str | None:
    if isinstance(item, Written):
        return None
    new = inline(item)
    if not known.items:
        start, end = layout.stretch(known)
        return (
            None
            if layout.has_comment(known, start, end)
            else layout.spliced(start, end, f"[{new}]")
        )
    at = layout.offset(*known.items[-1].end)
    return layout.spliced(at, at, f", {new}")


def _gap(item: Node, column: int) -> int:
    """Spaces between a hyphen and what it begins."""
    return max(1, item.place.column - column - 1)


def _behind(layout: Layout, last: Node, column: int) -> int:
    """The line after an item, and after the comments that are indented like it."""
    line = layout.last_line(last) + 1
    while line <= len(layout.lines) and re.match(rf" {{{column},}}#", layout.bare(line)):
        line += 1
    return line


def _blank_lines(layout: Layout, known: Sequence, new: list[str]) -> int:
    """Empty lines before a new item: as before the last one."""
    last = known.items[-1]
    if len(known.items) == 1:
        return int(layout.last_line(last) > last.place.line and len(new) > 1)
    first = layout.last_line(known.items[-2]) + 1
    between = (layout.bare(line) for line in range(first, last.place.line))
    return min(_BLANK_LINES, sum(not line.strip() for line in between))
