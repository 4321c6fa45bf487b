"""Markdown into a parsed document, and that document into HTML: the home of markdown-it-py.

CommonMark with tables, strikethrough, task lists, footnotes and definition lists. Raw HTML is
shown as text: what an author pastes can never run in the client's browser.
"""

import re
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

_SPACE = "[ \\t\u00a0\u202f]*"
_BOLD = r"(?:\*\*|__)?"
_REQUIREMENT = re.compile(
    rf"\s*{_BOLD}(?P<id>R\d+(?:\.\d+)*){_BOLD}{_SPACE}"
    rf"(?::{_BOLD}\s*|[.\u2013\u2014-]{_BOLD}(?:\s+|$))"
)
_NEARLY = re.compile(rf"\s*{_BOLD}R\s?\d+(?:\.\d+)*\b(?!-)")
_UNREAD_LINK = re.compile(r"!?\[[^\[\]]*\]\((?P<path>[^()<>\"]*\s[^()<>\"]*)\)")
_OWN_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//|#")

Resolve = Callable[[str], str | None]
"""From a target as the author wrote it to an address for the page; None when there is none."""


Env = MutableMapping[str, Any]
"""What a rendering hands to its rules: the arguments of `to_html`."""


@dataclass(frozen=True, slots=True)
class RequirementText:
    """A requirement as it stands in a text: its id, its plain words, its line from 0."""

    id: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Reference:
    """A link or an image that leads to a file of the client's folder; its line from 0."""

    target: str
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


def read_markdown(text: str) -> Document:
    """Parse a text of any size or shape; there is no Markdown that is an error."""
    tokens = _parser().parse(text)
    requirements = tuple(_mark_requirements(tokens))
    return Document(
        tuple(tokens),
        requirements,
        tuple(_references(tokens)),
        tuple(_misshapen(tokens)),
        tuple(_unread_links(tokens)),
    )


def to_html(
    document: Document, *, resolve: Resolve, prefix: str = "", shift: int = 1, anchors: bool = False
) -> str:
    """Render a document as a fragment of HTML.

    Args:
        resolve: asked for every link and image that leads to a file of the client's folder.
        prefix: makes the ids of footnotes unique among the documents of one page.
        shift: levels to add to every heading, under the page's own h1.
        anchors: whether requirements get their ids; once a page, or ids would stand twice.
    """
    env = {"resolve": resolve, "docId": prefix, "shift": shift, "anchors": anchors}
    parser = _parser()
    return str(parser.renderer.render(document.tokens, parser.options, env))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer)
    parser.enable(["table", "strikethrough"])
    parser.use(footnote_plugin).use(deflist_plugin).use(tasklists_plugin, label=True)
    return parser


def _words(children: Sequence[Token]) -> str:
    return "".join(_SPOKEN.get(token.type, _content)(token) for token in children).strip()


def _content(token: Token) -> str:
    return "" if token.type == "html_inline" else token.content


_SPOKEN: Mapping[str, Callable[[Token], str]] = {
    "softbreak": lambda _: " ",
    "hardbreak": lambda _: " ",
    "image": lambda token: _words(token.children or []),
}


def _mark_requirements(tokens: Sequence[Token]) -> Iterator[RequirementText]:
    """Find the requirements, and note on the element of each where a link can lead."""
    for index, token in enumerate(tokens):
        if token.type != "inline" or tokens[index - 1].type not in _BLOCKS:
            continue
        found = _REQUIREMENT.match(token.content)
        if found is None:
            continue
        _holder(tokens, index).meta[_ANCHOR] = found["id"].lower()
        words = _REQUIREMENT.sub("", _words(token.children or []), count=1)
        line = token.map[0] if token.map else 0
        yield RequirementText(found["id"], words, line)


_BLOCKS = ("paragraph_open", "heading_open")
_ANCHOR = "requirement"


def _holder(tokens: Sequence[Token], index: int) -> Token:
    """The element that shows a requirement: its list item when it opens one."""
    before = tokens[index - 2] if index > 1 else tokens[index - 1]
    return before if before.type == "list_item_open" else tokens[index - 1]


def _references(tokens: Sequence[Token]) -> Iterator[Reference]:
    for token in tokens:
        line = token.map[0] if token.map else 0
        for child in token.children or ():
            name = {"link_open": "href", "image": "src"}.get(child.type)
            target = str(child.attrGet(name) or "") if name else ""
            if target and not _OWN_SCHEME.match(target):
                yield Reference(target, line)


def _misshapen(tokens: Sequence[Token]) -> Iterator[Oddity]:
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


def _unread_links(tokens: Sequence[Token]) -> Iterator[Oddity]:
    for token in tokens:
        line = token.map[0] if token.map else 0
        for child in token.children or ():
            if child.type == "text" and "](" in child.content:
                for found in _UNREAD_LINK.finditer(child.content):
                    yield Oddity(found["path"], line)


class _Renderer(RendererHTML):
    """HTML as a portal wants it: headings shifted, files resolved, wide tables that scroll."""

    def heading_open(
        self,
        tokens: Sequence[Token],
        idx: int,
        _options: OptionsDict,
        env: Env,
    ) -> str:
        attributes = self.renderAttrs(_anchored(tokens[idx], env))
        return f"<h{_level(tokens[idx], env)}{attributes}>"

    def heading_close(
        self,
        tokens: Sequence[Token],
        idx: int,
        _options: OptionsDict,
        env: Env,
    ) -> str:
        return f"</h{_level(tokens[idx], env)}>\n"

    def renderToken(  # noqa: N802 - the name is the library's
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env
    ) -> str:
        token = _anchored(tokens[idx], env)
        if token is tokens[idx]:
            return super().renderToken(tokens, idx, options, env)
        # the library looks at a token's neighbours, and at nothing else
        first = max(0, idx - 1)
        around = [*tokens[first:idx], token, *tokens[idx + 1 : idx + 2]]
        return super().renderToken(around, idx - first, options, env)

    def table_open(self, *_: Any) -> str:
        return '<div class="wide" tabindex="0"><table>\n'

    def td_open(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: Env) -> str:
        """A class for the alignment, since a `style` attribute is dead under the page's policy."""
        style = str(tokens[idx].attrGet("style") or "")
        classes = f' class="align-{style.removeprefix("text-align:")}"' if style else ""
        return f"<{tokens[idx].tag}{classes}>"

    th_open = td_open

    def table_close(self, *_: Any) -> str:
        return "</table></div>\n"

    def link_open(
        self,
        tokens: Sequence[Token],
        idx: int,
        _options: OptionsDict,
        env: Env,
    ) -> str:
        href = _address(str(tokens[idx].attrGet("href") or ""), env)
        if href is None:
            return '<span class="file">'
        outside = ' rel="noreferrer"' if _OWN_SCHEME.match(href) and href[0] != "#" else ""
        return f'<a href="{escape(href)}"{outside}>'

    def link_close(
        self,
        tokens: Sequence[Token],
        idx: int,
        _options: OptionsDict,
        env: Env,
    ) -> str:
        href = str(_opening(tokens, idx).attrGet("href") or "")
        return "</span>" if _address(href, env) is None else "</a>"

    def image(
        self,
        tokens: Sequence[Token],
        idx: int,
        _options: OptionsDict,
        env: Env,
    ) -> str:
        token = tokens[idx]
        target = str(token.attrGet("src") or "")
        words = _words(token.children or []) or target
        address = None if _OWN_SCHEME.match(target) else _address(target, env)
        if address is None:
            return f'<span class="picture">{escape(words)}</span>'
        return f'<img src="{escape(address)}" alt="{escape(words)}" loading="lazy">'


def _anchored(token: Token, env: Env) -> Token:
    """The element of a requirement with its id, where the page is the one that links lead to."""
    if _ANCHOR not in token.meta or not env["anchors"]:
        return token
    names = " ".join(filter(None, (str(token.attrGet("class") or ""), "requirement")))
    return token.copy(attrs={**token.attrs, "id": token.meta[_ANCHOR], "class": names})


def _level(token: Token, env: Env) -> int:
    return min(6, int(token.tag[1]) + int(env["shift"]))


def _address(target: str, env: Env) -> str | None:
    if _OWN_SCHEME.match(target):
        return target
    resolve: Resolve = env["resolve"]
    return resolve(target)


def _opening(tokens: Sequence[Token], close: int) -> Token:
    """The link_open that belongs to a link_close; links do not nest."""
    return next(tokens[i] for i in range(close, -1, -1) if tokens[i].type == "link_open")
