"""A parsed text, and what is found in it: requirements, references, and what is nearly either."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

_SPACE = "[ \\t\u00a0\u202f]*"
_BOLD = r"(?:\*\*|__)?"
_REQUIREMENT = re.compile(
    rf"\s*{_BOLD}(?P<id>R\d+(?:\.\d+)*){_BOLD}{_SPACE}"
    rf"(?::{_BOLD}\s*|[.\u2013\u2014-]{_BOLD}(?:\s+|$))"
)
_NEARLY = re.compile(rf"\s*{_BOLD}R\s?\d+(?:\.\d+)*\b(?!-)")
_UNREAD_LINK = re.compile(r"!?\[[^\[\]]*\]\((?P<path>[^()<>\"\s]*\s[^()<>\"]*)\)")
OWN_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//|#")


@dataclass(frozen=True, slots=True)
class RequirementText:
    """A requirement as it stands in a text: its id, its plain words, its line from 0."""

    id: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Reference:
    """A link or an image that leads into the client's folder; its line from 0."""

    target: str
    line: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: where it is, what it shows in words, its line from 0."""

    target: str
    words: str
    line: int


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something that Markdown takes for plain text, and its author surely did not; line from 0."""

    text: str
    line: int


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A parsed text. Its tokens are not changed any more once it is made."""

    tokens: tuple[Token, ...]
    requirements: tuple[RequirementText, ...]
    references: tuple[Reference, ...]
    misshapen: tuple[Oddity, ...]
    """Lines that begin nearly as a requirement does."""
    unread_links: tuple[Oddity, ...]
    """Links whose path has spaces, so that they are none."""
    pictures: tuple[Picture, ...]
    fragments: tuple[Reference, ...]
    """Links to a place of the portal's own, such as #R1."""


def words_of(children: Sequence[Token]) -> str:
    return "".join(_SPOKEN.get(token.type, _content)(token) for token in children).strip()


def _content(token: Token) -> str:
    return "" if token.type == "html_inline" else token.content


_SPOKEN: Mapping[str, Callable[[Token], str]] = {
    "softbreak": lambda _: " ",
    "hardbreak": lambda _: " ",
    "image": lambda token: words_of(token.children or []),
}


def mark_requirements(tokens: Sequence[Token]) -> Iterator[RequirementText]:
    """Find the requirements, and note on the element of each where a link can lead."""
    for index, token in enumerate(tokens):
        if token.type != "inline" or tokens[index - 1].type not in _BLOCKS:
            continue
        found = _REQUIREMENT.match(token.content)
        if found is None:
            continue
        _holder(tokens, index).meta[ANCHOR] = found["id"].lower()
        words = _REQUIREMENT.sub("", words_of(token.children or []), count=1)
        line = token.map[0] if token.map else 0
        yield RequirementText(found["id"], words, line)


_BLOCKS = ("paragraph_open", "heading_open")
ANCHOR = "requirement"


def _holder(tokens: Sequence[Token], index: int) -> Token:
    """The element that shows a requirement: its list item when it opens one."""
    before = tokens[index - 2] if index > 1 else tokens[index - 1]
    return before if before.type == "list_item_open" else tokens[index - 1]


def references(tokens: Sequence[Token]) -> Iterator[Reference]:
    for token in tokens:
        line = token.map[0] if token.map else 0
        for child in token.children or ():
            name = {"link_open": "href", "image": "src"}.get(child.type)
            target = str(child.attrGet(name) or "") if name else ""
            if target and not OWN_SCHEME.match(target):
                yield Reference(target, line)


def pictures(tokens: Sequence[Token]) -> Iterator[Picture]:
    for token in tokens:
        line = token.map[0] if token.map else 0
        for child in token.children or ():
            if child.type == "image":
                yield Picture(str(child.attrGet("src")), words_of(child.children or []), line)


def fragments(tokens: Sequence[Token]) -> Iterator[Reference]:
    for token in tokens:
        line = token.map[0] if token.map else 0
        for child in token.children or ():
            target = str(child.attrGet("href") or "") if child.type == "link_open" else ""
            if target.startswith("#"):
                yield Reference(target, line)


def is_outside(target: str) -> bool:
    """Whether a link or a picture leads out of the portal, by an address or a scheme of its own."""
    return OWN_SCHEME.match(target) is not None and not target.startswith("#")


def misshapen(tokens: Sequence[Token]) -> Iterator[Oddity]:
    """A first line that is nearly a requirement, or a later one that would be if it came first."""
    for index, token in enumerate(tokens):
        if token.type != "inline" or tokens[index - 1].type not in _BLOCKS:
            continue
        first = token.map[0] if token.map else 0
        for number, line in enumerate(token.content.split("\n")):
            is_requirement = _REQUIREMENT.match(line) is not None
            if (number and is_requirement) or (
                not number and not is_requirement and _NEARLY.match(line)
            ):
                yield Oddity(line.strip(), first + number)


def unread_links(tokens: Sequence[Token]) -> Iterator[Oddity]:
    for token in tokens:
        line = token.map[0] if token.map else 0
        for child in token.children or ():
            if child.type == "text" and "](" in child.content:
                for found in _UNREAD_LINK.finditer(child.content):
                    yield Oddity(found["path"], line)
