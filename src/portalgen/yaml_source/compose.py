"""From libyaml's events to nodes, refusing what YAML offers and content has no use for."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from portalgen.problem import Fix, Place, Problem, Source
from portalgen.yaml_source import mend
from portalgen.yaml_source.nodes import End, Mapping, Node, Scalar, Sequence, filled

DEEPEST = 40
"""Levels of nesting that are read; the content's own records need five."""


@dataclass(slots=True)
class _Open:
    """A collection whose end has not been read yet."""

    place: Place
    flow: bool
    mapping: bool
    nodes: list[Node] = field(default_factory=list)


class Composer:
    """Builds nodes from events, with a stack of its own: depth costs no recursion."""

    def __init__(self, source: Source, text: str, first_line: int) -> None:
        self.problems: list[Problem] = []
        self._source = source
        self._text = text
        self._lines = text.split("\n")
        self._offset = first_line
        self._stack: list[_Open] = []

    def compose(self) -> Node | None:
        root: Node | None = None
        for event in self._events():
            node = self._node_of(event)
            if node is None:
                continue
            if self._stack:
                self._stack[-1].nodes.append(node)
            elif root is None:
                root = node
            else:
                self._report(
                    "several-documents",
                    "a file holds one document",
                    node.place,
                    "remove the line --- between the two",
                )
                break
        return root

    def _events(self) -> Iterator[yaml.Event]:
        for event in yaml.parse(self._text, Loader=yaml.CLoader):
            yield event
            if len(self._stack) > DEEPEST:
                self._report(
                    "nested-too-deep",
                    f"values are nested more than {DEEPEST} deep",
                    self._stack[-1].place,
                    "no field needs this; is a bracket left open?",
                )
                self._stack.clear()
                return

    def _node_of(self, event: Any) -> Node | None:
        """The node that an event completes, if it completes one."""
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        if isinstance(event, yaml.CollectionStartEvent):
            place = self._decorated(event)
            mapping = isinstance(event, yaml.MappingStartEvent)
            self._stack.append(_Open(place, bool(event.flow_style), mapping))
            return None
        if isinstance(event, yaml.CollectionEndEvent):
            done = self._stack.pop()
            if done.mapping:
                return self._mapping(done, self._end(event))
            return Sequence(tuple(done.nodes), done.place, done.flow, self._end(event))
        return None

    def _scalar(self, event: Any) -> Scalar:
        place = self._decorated(event)
        plain = event.style in (None, "")
        first = place.line + 1 if event.style in ("|", ">") else place.line
        return Scalar(event.value, place, plain, first, self._end(event))

    def _alias(self, event: Any) -> Scalar:
        place = self._place(event)
        name = f"*{event.anchor}"
        self._report(
            "yaml-alias",
            f"{name} is an alias in YAML",
            place,
            f'put it in quotes: "{name}"',
            None if f"&{event.anchor}" in self._text else Fix(place, name, f'"{name}"'),
        )
        return Scalar(name, place, plain=False, first_line=place.line)

    def _decorated(self, event: Any) -> Place:
        """The place of an event, after refusing what YAML lets one hang before a value."""
        place = self._place(event)
        if event.anchor is not None:
            name = f"&{event.anchor}"
            self._report(
                "yaml-anchor",
                f"{name} is an anchor in YAML",
                place,
                f"put the value in quotes if it begins with {name}, or remove it",
            )
        if event.tag is not None:
            self._report(
                "yaml-tag",
                "a word that begins with ! is a tag in YAML",
                place,
                "put the value in quotes, or remove the tag",
            )
        return place

    def _mapping(self, done: _Open, end: End) -> Mapping:
        pairs = list(zip(done.nodes[::2], done.nodes[1::2], strict=True))
        if done.flow:
            pairs = self._rejoined(pairs)
        entries: dict[str, tuple[Scalar, Node]] = {}
        for key, value in pairs:
            if not isinstance(key, Scalar):
                self._report("key-not-text", "a key must be a word", key.place, "write key: value")
                continue
            self._check_hash(key, value, done.flow)
            if key.text in entries:
                self._duplicate(key, entries[key.text][0])
            entries.setdefault(key.text, (key, value))
        return Mapping(tuple(entries.values()), done.place, done.flow, end)

    def _duplicate(self, key: Scalar, first: Scalar) -> None:
        self._report(
            "duplicate-key",
            f'"{key.text}" stands twice',
            key.place,
            f"it was given on line {first.place.line} already; keep one of the two",
        )

    def _rejoined(self, pairs: list[tuple[Node, Node]]) -> list[tuple[Node, Node]]:
        """Undo what a comma inside a value of `{…}` does: the rest becomes a key of its own."""
        kept: list[tuple[Node, Node]] = []
        broken: Scalar | None = None
        for key, value in pairs:
            if not (isinstance(key, Scalar) and self._has_no_colon(key, value)):
                self._report_comma(broken)
                broken = None
                kept.append((key, value))
                continue
            before = kept[-1][1] if kept else None
            if not isinstance(before, Scalar) or not before.plain:
                self._report(
                    "not-a-pair",
                    f'"{key.text}" stands in {{…}} without a value',
                    key.place,
                    "a pair is written key: value",
                )
                continue
            broken = self._joined(before, key)
            kept[-1] = (kept[-1][0], broken)
        self._report_comma(broken)
        return kept

    def _has_no_colon(self, key: Scalar, value: Node) -> bool:
        if filled(value) is not None or not key.plain:
            return False
        rest = self._line(key.place)[key.place.column - 1 + key.place.width :]
        return not rest.lstrip().startswith(":")

    def _joined(self, value: Scalar, tail: Scalar) -> Scalar:
        line = self._line(value.place)
        start = value.place.column - 1
        if value.place.line != tail.place.line:
            text = f"{value.text}, {tail.text}"
            return Scalar(text, value.place, True, value.first_line)
        end = tail.place.column - 1 + tail.place.width
        place = Place(self._source, value.place.line, start + 1, end - start)
        return Scalar(line[start:end], place, True, place.line)

    def _report_comma(self, broken: Scalar | None) -> None:
        """Report a value that a comma broke, unless its own kind has a better word for it."""
        if broken is None or mend.looks_like_amount(broken.text):
            return
        place = broken.place
        line = self._line(place)
        start = place.column - 1
        quoted = mend.quote(broken.text)
        mended = line[:start] + quoted + line[start + place.width :]
        self._report(
            "comma-in-value",
            "a comma ends a value inside {…}",
            place,
            f"put the value in quotes:\n{mended.strip()}",
            Fix(place, broken.text, quoted) if _stands(broken.text, place, line) else None,
        )

    def _check_hash(self, key: Scalar, value: Node, flow: bool) -> None:
        """Report a value that ` #` cut short: YAML takes the rest for a comment."""
        if flow or not isinstance(value, Scalar) or not value.plain:
            return
        at = key.place if value.is_null and value.text == "" else value.place
        line = self._line(at)
        end = at.column - 1 + at.width
        found = mend.cut_by_hash(line[end:])
        if found is None:
            return
        cut = Place(self._source, at.line, end + found + 1, len(line) - end - found)
        colour = mend.colour_in(line[end + found :]) if value.is_null else None
        if colour:
            self._report_colour(replace(cut, width=len(colour)), colour, line)
            return
        self._report(
            "hash-in-value",
            "what follows # is taken for a comment",
            cut,
            f"put the value in quotes:\n{mend.quoted_line(line)}\n"
            "or, if it is a comment, put a space after #",
        )

    def _report_colour(self, place: Place, colour: str, line: str) -> None:
        fix = Fix(place, colour, mend.quote(colour))
        start = place.column - 1
        mended = line[:start] + fix.after + line[start + place.width :]
        message = "what follows # is taken for a comment"
        hint = f"put the value in quotes:\n{mended.strip()}"
        self._report("hash-in-value", message, place, hint, fix)

    def _line(self, place: Place) -> str:
        return self._lines[place.line - self._offset]

    def _place(self, event: Any) -> Place:
        start, end = event.start_mark, event.end_mark
        width = end.column - start.column if start.line == end.line else 1
        return Place(self._source, start.line + self._offset, start.column + 1, max(width, 1))

    def _end(self, event: Any) -> End:
        return event.end_mark.line + self._offset, event.end_mark.column + 1

    def _report(
        self, code: str, message: str, place: Place, hint: str, fix: Fix | None = None
    ) -> None:
        self.problems.append(Problem(code, message, place, hint, fix=fix))


def _stands(text: str, place: Place, line: str) -> bool:
    return line[place.column - 1 :][: place.width] == text
