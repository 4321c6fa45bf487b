"""Places on the lines as their author wrote them, after a slip was mended to read further."""

from collections.abc import Sequence as SequenceOf
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from portalgen.problem import Place
from portalgen.yaml_source.nodes import Node, Scalar, Sequence

_LONGEST = 400
"""Signs between what two lines begin and end with alike that are compared one by one."""


@dataclass(frozen=True, slots=True)
class Fit:
    """From lines as they were read to the same lines as they are written.

    Attributes:
        written: the lines of the author.
        read: as many lines, some of them mended.
        first_line: the number of the first of them in its file.
    """

    written: SequenceOf[str]
    read: SequenceOf[str]
    first_line: int

    def node(self, node: Node) -> Node:
        """The node, and all in it, at their places as written."""
        place = self.place(node.place)
        if isinstance(node, Scalar):
            return replace(node, place=place)
        if isinstance(node, Sequence):
            return replace(node, items=tuple(map(self.node, node.items)), place=place)
        entries = tuple(
            (replace(key, place=self.place(key.place)), self.node(value))
            for key, value in node.entries
        )
        return replace(node, entries=entries, place=place)

    def place(self, place: Place) -> Place:
        """The place as written, no further than the end of its line."""
        line = place.line - self.first_line
        if not 0 <= line < len(self.written):
            return place
        written, read = self.written[line], self.read[line]
        start, end = place.column - 1, place.column - 1 + place.width
        if written != read:
            start, end = _columns(read, written, start), _columns(read, written, end)
        start = min(start, len(written))
        return replace(place, column=start + 1, width=max(1, min(end, len(written)) - start))


def _columns(read: str, written: str, column: int) -> int:
    """The column of the written line, from 0, where the same sign stands."""
    begin = _alike(read, written)
    rest, other = read[begin:], written[begin:]
    end = _alike(rest[::-1], other[::-1])
    if column <= begin:
        return column
    if column >= len(read) - end:
        return column + len(written) - len(read)
    inner, outer = rest[: len(rest) - end], other[: len(other) - end]
    if max(len(inner), len(outer)) > _LONGEST:
        return min(column, begin + len(outer))
    return begin + _aligned(inner, outer, column - begin)


def _aligned(one: str, other: str, position: int) -> int:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    for kind, start, end, there, _ in matcher.get_opcodes():
        if start <= position < end:
            return there + (position - start if kind == "equal" else 0)
    return len(other)


def _alike(one: str, other: str) -> int:
    """How many signs two texts begin with alike."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
