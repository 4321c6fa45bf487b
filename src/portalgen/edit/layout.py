"""A YAML file as it is laid out: where its lines and its values begin and end."""

import re
from collections.abc import Sequence as SequenceOf
from dataclasses import dataclass
from itertools import accumulate

from portalgen.edit.values import read
from portalgen.yaml_source import Mapping, Node, Scalar, Sequence

Path = tuple[str | int, ...]
"""Keys, and positions in lists from 0, from the document down to a value."""

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_COMMENT = re.compile(r"(?:^|\s)#", re.MULTILINE)
_ENDS = ("\n", "\r\n", "\r")


def lines_of(text: str) -> list[str]:
    """The lines of a text, each with its end."""
    return _LINE.findall(text)


def common_end(lines: SequenceOf[str]) -> str:
    """The line end that most lines have."""
    ends = [line[len(line.rstrip("\r\n")) :] for line in lines]
    return max(_ENDS, key=ends.count)


@dataclass(frozen=True, slots=True)
class Layout:
    """A file, line by line, and what it says; without a root when it says nothing."""

    text: str
    lines: SequenceOf[str]
    starts: SequenceOf[int]
    root: Node | None
    end: str

    def offset(self, line: int, column: int) -> int:
        """Where a line and a column, both from 1, lie in the text."""
        return self.starts[line - 1] + column - 1 if line <= len(self.lines) else len(self.text)

    def bare(self, line: int) -> str:
        """A line without its end."""
        return self.lines[line - 1].rstrip("\r\n")

    def end_of(self, line: int) -> int:
        """Where a line stops, before its end."""
        return self.offset(line, 1) + len(self.bare(line))

    def at(self, path: Path) -> Node | None:
        """The value at a path; None when there is none."""
        node = self.root
        for step in path:
            if isinstance(node, Mapping) and isinstance(step, str):
                node = node.get(step)
            elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
                node = node.items[step]
            else:
                return None
        return node

    def last_line(self, node: Node) -> int:
        """The last line of a value, without the empty lines and comments behind it."""
        if isinstance(node, Mapping) and not node.flow and node.entries:
            return max(self.last_line(part) for entry in node.entries[-1:] for part in entry)
        if isinstance(node, Sequence) and not node.flow and node.items:
            return max(node.place.line, self.last_line(node.items[-1]))
        line, column = node.end
        if isinstance(node, Scalar) and self.is_block(node):
            line -= column == 1
            while line > node.place.line and not self.bare(line).strip():
                line -= 1
        return line

    def is_block(self, node: Node) -> bool:
        """Whether a value stands in lines of its own below its key."""
        if isinstance(node, Scalar):
            return node.first_line > node.place.line
        return not node.flow

    def stretch(self, node: Node) -> tuple[int, int]:
        """Where a value that is no block begins and ends in the text."""
        return self.offset(node.place.line, node.place.column), self.offset(*node.end)

    def behind_colon(self, key: Scalar) -> int | None:
        """Where the value of a key may begin; None when no colon stands on its line."""
        start = self.offset(*key.end)
        colon = self.bare(key.place.line).find(":", key.end[1] - 1)
        return None if colon < 0 else start + colon + 2 - key.end[1]

    def has_comment(self, node: Node, start: int, end: int) -> bool:
        """Whether a comment stands between two offsets around that value."""
        if isinstance(node, Scalar):
            if not self.is_block(node):
                return False
            end = min(end, self.offset(node.first_line, 1))
        return bool(_COMMENT.search(self.text[start:end]))

    def spliced(self, start: int, end: int, new: str) -> str:
        """The text with a stretch of it replaced."""
        return self.text[:start] + new + self.text[end:]

    def inserted(self, line: int, new: SequenceOf[str]) -> str:
        """The text with new lines before that one, counted from 1."""
        at = self.offset(line, 1)
        head = self.text[:at]
        if head and not head.endswith(("\r", "\n")):
            head += self.end
        return "".join((head, *(f"{one}{self.end}" for one in new), self.text[at:]))


def laid_out(text: str, end: str = "") -> Layout | None:
    """The layout of a text without a BOM; None when it cannot be read without any problem."""
    root, is_right = read(text)
    if not is_right:
        return None
    lines = lines_of(text)
    starts = [0, *accumulate(map(len, lines))]
    is_empty = isinstance(root, Scalar) and root.is_null
    return Layout(text, lines, starts, None if is_empty else root, end or common_end(lines))
