"""The nodes of a YAML document: text, lists and groups of keys, each with its place."""

from dataclasses import dataclass, field

from portalgen.problem import Place

End = tuple[int, int]
"""Line and column, from 1, right behind the last sign of a node; (0, 0) when nobody knows."""

_UNKNOWN: End = (0, 0)


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as typed; `plain` when it stood without quotes and not as a block."""

    text: str
    place: Place
    plain: bool = True
    first_line: int = 0
    """The line where the text of a block scalar begins; that of the place for any other."""
    end: End = field(default=_UNKNOWN, compare=False)

    @property
    def is_null(self) -> bool:
        return self.plain and self.text in ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple["Node", ...]
    place: Place
    flow: bool = field(default=False, compare=False)
    end: End = field(default=_UNKNOWN, compare=False)


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the order of the file; each key stands once."""

    entries: tuple[tuple[Scalar, "Node"], ...]
    place: Place
    flow: bool = field(default=False, compare=False)
    end: End = field(default=_UNKNOWN, compare=False)

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
