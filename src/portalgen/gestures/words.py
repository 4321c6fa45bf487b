"""How messages quote what an author wrote, and say where it stands."""

import shlex
from collections.abc import Iterator
from dataclasses import dataclass, replace

from portalgen.markdown.document import words_of
from portalgen.model.body import Body
from portalgen.problem import Place
from portalgen.render.clip import clip


@dataclass(frozen=True, slots=True)
class Pointer:
    """A line that ends with a place, which may move when the file is changed."""

    text: str
    place: Place

    def after(self, old: str, new: str) -> str:
        """The line, with the place where it is in the new text of its file."""
        before, now = (text.splitlines() for text in (old, new))
        pairs = zip(before, now, strict=False)
        first = next((n for n, (one, other) in enumerate(pairs, 1) if one != other), 0)
        moves = len(now) - len(before) if self.place.line >= first else 0
        return f"{self.text} {where(replace(self.place, line=self.place.line + moves))}"


_QUOTED = 70
"""Signs of a text that a message quotes."""


def quoted(text: str) -> str:
    """The beginning of a text, between quotes and on one line."""
    return f"“{clip(on_one_line(text), _QUOTED)}”"


def on_one_line(text: str) -> str:
    """A text without its line ends; whole, for what may stand nowhere else any more."""
    return " ".join(text.split())


def command(*words: str) -> str:
    """A command to paste, whatever the names in it."""
    return shlex.join(["portalgen", *words])


def where(place: Place) -> str:
    """A place as an editor opens it."""
    return f"{place.source.path}:{place.line}" if place.line else place.source.path


def beginning(text: Body | None) -> tuple[str, int]:
    """The first words of a text, and their line in it from 0; empty when there are none."""
    tokens = text.document.tokens if text else ()
    first = next((token for token in tokens if token.type == "inline"), None)
    if first is None:
        return "", 0
    return words_of(first.children or []), first.map[0] if first.map else 0


def read_there(reader: str, text: Body | None, file: str) -> Iterator[str | Pointer]:
    """What a client reads under something, which was perhaps written before it came about."""
    words, line = beginning(text)
    if text is None or not words:
        yield f"{reader} reads no text under it; write one in {file}"
        return
    yield f"{reader} reads under it: {quoted(words)}"
    yield Pointer("to change that:", text.place(line))
