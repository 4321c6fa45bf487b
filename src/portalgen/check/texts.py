"""What a client reads of the content, text by text, and where each word of it stands."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from portalgen.model.billing import Invoice
from portalgen.model.body import Body
from portalgen.model.client import Client, Spec
from portalgen.model.entry import Amendment, Correction, Deliverable, Step, Update
from portalgen.model.portal import Portal
from portalgen.model.record import Record
from portalgen.problem import Place

_READ: Mapping[type[Record], tuple[str, ...]] = {
    Client: ("project.title", "project.summary", "project.health.says", "project.moved.why"),
    Spec: ("title",),
    Step: ("title", "waiting.what", "waiting.how", "question", "moved.why"),
    Deliverable: ("title", "version", "question", "accounts.for_"),
    Update: ("title",),
    Correction: ("reply",),
    Amendment: ("title", "why"),
    Invoice: ("lines.text", "discounts.why", "charges.why", "thanks", "notes"),
}
"""The values of each record that a page shows, besides its body."""

_LINKS = re.compile(
    r"\]\((?:<[^<>\n]*+>|[^()\s]*+)[^()]*+\)|\]\[[^\[\]]*+\]|<[a-z][^<>\s]*+>|https?://\S++",
    re.IGNORECASE,
)
"""Where links lead: their addresses, not their words."""

_QUOTED = re.compile(r"«[^«»]*+»|“[^“”]*+”|„[^„“”]*+[“”]|(?<!\w)\"[^\"]*+\"(?!\w)")
"""What somebody else said, or what a page is to say."""

_TICKS = re.compile(r"`++")
_INK = re.compile(r"[^\n]")
_HIDDEN = "\ufffc"
_FURTHEST = 200
"""Lines in which a word is looked for."""


@dataclass(frozen=True, slots=True)
class Said:
    """A text that the client reads, and where it begins.

    Attributes:
        written: as it stands in the file, or as YAML gives it.
        read: the same, with signs that stand for nothing where the client reads nothing.
        in_markdown: whether `written` stands in the file line by line.
    """

    written: str
    read: str
    start: Place
    in_markdown: bool

    def place(self, start: int, end: int) -> Place:
        """The place of a stretch of the text; of its beginning when that cannot be told."""
        word = self.written[start:end].split("\n")[0]
        found = self._in_line(start, word) if self.in_markdown else None
        return found or place_of(word, self.start)

    def _in_line(self, start: int, word: str) -> Place | None:
        before = self.written.count("\n", 0, start)
        line = self.written.split("\n")[before]
        number = self.start.line + before
        indent = self.start.source.line(number).find(line)
        column = indent + start - (self.written.rfind("\n", 0, start) + 1) + 1
        return Place(self.start.source, number, column, len(word)) if indent >= 0 else None


def place_of(word: str, start: Place) -> Place:
    """Where a word stands first from a place on; that place when it is not written so."""
    lines = start.source.text.split("\n")
    pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
    column = start.column - 1
    for number in range(start.line, min(start.line + _FURTHEST, len(lines) + 1)):
        found = pattern.search(lines[number - 1], column)
        if found:
            return Place(start.source, number, found.start() + 1, len(word))
        column = 0
    return start


def place_of_target(target: str, start: Place) -> Place:
    """Where a link or a picture of a text leads to, as its author wrote it: with signs of addresses
    (`%20`) or without; the text's own place when it is not written so."""
    places = {place_of(written, start) for written in (target, unquote(target))} - {start}
    return min(places, key=lambda place: (place.line, place.column), default=start)


def read_records(portal: Portal) -> tuple[Record, ...]:
    """The records of which the client reads something. What was issued is frozen, and not here."""
    return (
        portal.client,
        portal.spec,
        *portal.public_steps,
        *portal.deliverables,
        *portal.updates,
        *portal.corrections,
        *portal.amendments,
        *portal.unissued,
    )


def texts_of(record: Record) -> Iterator[Said]:
    """What the client reads of a record. The body of a correction is the client's own words, and a
    quotation is somebody else's."""
    for name in _READ[type(record)]:
        for text, path in _values(record, tuple(name.split("."))):
            yield Said(text, text, record.place(*path), in_markdown=False)
    body = getattr(record, "text", None)
    if isinstance(body, Body) and not isinstance(record, Correction):
        yield from _paragraphs(body)


def _values(
    value: Any, names: tuple[str, ...], path: tuple[str | int, ...] = ()
) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """The texts at a path of fields, in each item of a list, with the keys that lead there."""
    if isinstance(value, tuple):
        for position, item in enumerate(value):
            yield from _values(item, names, (*path, position))
    elif isinstance(value, Record):
        name, *rest = names
        key = type(value).model_fields[name].alias or name
        yield from _values(getattr(value, name), tuple(rest), (*path, key))
    elif isinstance(value, str):
        yield value, path


def _paragraphs(body: Body) -> Iterator[Said]:
    line = quotations = 0
    for token in body.document.tokens:
        line = token.map[0] if token.map else line
        if token.type in ("blockquote_open", "blockquote_close"):
            quotations += token.nesting
        elif token.type == "inline" and not quotations:
            yield Said(token.content, _read(token.content), body.place(line), in_markdown=True)


def without_quotations(text: str) -> str:
    """A text with signs that stand for nothing between quotation marks, sign for sign."""
    return _QUOTED.sub(lambda match: _INK.sub(_HIDDEN, match[0]), text)


def _read(markdown: str) -> str:
    """A paragraph without its code and the addresses of its links, sign for sign."""
    parts, done = [], 0
    for start, end in _code_spans(markdown):
        parts += [markdown[done:start], _INK.sub(_HIDDEN, markdown[start:end])]
        done = end
    read = "".join([*parts, markdown[done:]])
    return _LINKS.sub(lambda match: _INK.sub(_HIDDEN, match[0]), read)


def _code_spans(markdown: str) -> Iterator[tuple[int, int]]:
    """Where code begins and ends: between two runs of as many backticks (CommonMark, 6.1)."""
    runs = [match.span() for match in _TICKS.finditer(markdown)]
    closing: dict[int, int] = {}
    later: dict[int, int] = {}
    for number in range(len(runs) - 1, -1, -1):
        length = runs[number][1] - runs[number][0]
        closing[number] = later.get(length, -1)
        later[length] = number
    number = 0
    while number < len(runs):
        end = closing[number]
        if end > 0:
            yield runs[number][0], runs[end][1]
        number = max(end, number) + 1
