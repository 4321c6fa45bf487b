"""Fixes in one text: what stands around them keeps every sign, its line ends included."""

import re
from collections.abc import Iterable
from itertools import chain

from portalgen.parse.front_matter import front_matter
from portalgen.problem import Fix, Source
from portalgen.yaml_source import Mapping, Node, Scalar, Sequence, read_yaml

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_BOM = "\ufeff"


def with_fixes(text: str, fixes: Iterable[Fix]) -> tuple[str, tuple[Fix, ...]]:
    """The text with those fixes whose place still holds what it held, and which those are.

    Of several fixes on one line, the first: the places of the others are then no longer true.
    """
    mark = _BOM if text.startswith(_BOM) else ""
    lines = _LINE.findall(text.removeprefix(_BOM))
    done: dict[int, Fix] = {}
    for fix in fixes:
        number, start = fix.place.line - 1, fix.place.column - 1
        if number in done or not 0 <= number < len(lines) or fix.before == fix.after:
            continue
        line = lines[number]
        bare = line.rstrip("\r\n")
        end = start + len(fix.before)
        if bare[start:end] != fix.before:
            continue
        lines[number] = bare[:start] + fix.after + line[end:]
        done[number] = fix
    return mark + "".join(lines), tuple(done.values())


def says_the_same(path: str, before: str, after: str, changes: int) -> bool:
    """Whether a text reads as it was understood before, but for that many keys or values.

    Of a text that could not be understood to its end, only slips are known; without them, it is
    read further than before.
    """
    old, new = _read(path, before), _read(path, after)
    return old is None or (new is not None and _differences(old, new) <= changes)


def _read(path: str, text: str) -> Node | None:
    source = Source(path, text)
    return front_matter(source)[0] if path.endswith(".md") else read_yaml(source)[0]


def _differences(one: Node, other: Node) -> int:
    """How many keys, values and lists are not the same, wherever they stand."""
    if isinstance(one, Scalar) and isinstance(other, Scalar):
        return int(one.text != other.text)
    old, new = _parts(one), _parts(other)
    is_alike = type(one) is type(other) and len(old) == len(new)
    return sum(map(_differences, old, new)) if is_alike else 1


def _parts(node: Node) -> tuple[Node, ...]:
    if isinstance(node, Mapping):
        return tuple(chain.from_iterable(node.entries))
    return node.items if isinstance(node, Sequence) else ()
