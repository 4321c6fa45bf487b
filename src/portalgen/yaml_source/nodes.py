"""The nodes of a YAML document: text, lists and groups of keys, each with its place."""

from collections.abc import Sequence as SequenceOf
from dataclasses import dataclass, replace

from portalgen.problem import Place


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as typed; `plain` when it stood without quotes and not as a block."""

    text: str
    place: Place
    plain: bool = True
    first_line: int = 0
    """The line where the text of a block scalar begins; that of the place for any other."""

    @property
    def is_null(self) -> bool:
        return self.plain and self.text in ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple["Node", ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the order of the file; each key stands once."""

    entries: tuple[tuple[Scalar, "Node"], ...]
    place: Place

    def get(self, name: str) -> "Node | None":
        """The value of that key."""
        return next((value for key, value in self.entries if key.text == name), None)

    def key(self, name: str) -> Scalar | None:
        """The key itself, with its place."""
        return next((key for key, _ in self.entries if key.text == name), None)


Node = Scalar | Sequence | Mapping


def filled(node: "Node | None") -> "Node | None":
    """The node, unless it says that there is no value: nothing, an empty one, or null."""
    return None if isinstance(node, Scalar) and node.is_null else node


def fitted(node: Node, lines: SequenceOf[str]) -> Node:
    """The node with its places on the lines as their author wrote them.

    A mended line is longer than the written one by its quotes.
    """
    place = fitted_place(node.place, lines)
    if isinstance(node, Scalar):
        return replace(node, place=place)
    if isinstance(node, Sequence):
        return replace(node, items=tuple(fitted(item, lines) for item in node.items), place=place)
    entries = tuple(
        (replace(key, place=fitted_place(key.place, lines)), fitted(value, lines))
        for key, value in node.entries
    )
    return replace(node, entries=entries, place=place)


def fitted_place(place: Place, lines: SequenceOf[str]) -> Place:
    """The place, no further than the end of its line."""
    end = len(lines[place.line - 1]) + 1
    column = min(place.column, end)
    return replace(place, column=column, width=max(1, min(place.width, end - column)))
