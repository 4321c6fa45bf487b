"""A parsed text as HTML: headings shifted, files of the client's folder resolved."""

from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from portalgen.markdown.document import ANCHOR, OWN_SCHEME, is_outside, words_of
from portalgen.markdown.terms import term_html


@dataclass(frozen=True, slots=True)
class Attachment:
    """How a file of the client's folder stands in a page.

    Attributes:
        attributes: of the element that stands for it, by which the page's script finds the file.
        is_picture: whether it may stand in an `img`.
        address: of a picture that is in the page itself.
        dimensions: `width` and `height` of a picture in pixels, so that nothing moves when it
            comes.
    """

    attributes: Mapping[str, str]
    is_picture: bool = False
    address: str | None = None
    dimensions: Mapping[str, str] = field(default_factory=dict)


Resolve = Callable[[str], Attachment | None]
"""From a target as the author wrote it to the file that it means; None when there is none."""

Follow = Callable[[str], str | None]
"""From a target as the author wrote it to the address of what it means inside the portal."""


Env = MutableMapping[str, Any]
"""What a rendering hands to its rules: the arguments of `to_html`."""


class Renderer(RendererHTML):
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
        return f"<{_cell(tokens[idx], tokens[idx + 1])}{classes}>"

    th_open = td_open

    def th_close(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        return f"</{_cell(tokens[idx], tokens[idx - 1])}>\n"

    def table_close(self, *_: Any) -> str:
        return "</table></div>\n"

    def link_open(
        self,
        tokens: Sequence[Token],
        idx: int,
        _options: OptionsDict,
        env: Env,
    ) -> str:
        href = str(tokens[idx].attrGet("href") or "")
        inside = _inside(href, env)
        if inside:
            return f'<a href="{escape(inside)}">'
        if is_outside(href):
            return f'<a href="{escape(href)}" rel="noreferrer">'
        file = _file(href, env)
        return _button(file) if file else '<span class="file">'

    def link_close(
        self,
        tokens: Sequence[Token],
        idx: int,
        _options: OptionsDict,
        env: Env,
    ) -> str:
        href = str(_opening(tokens, idx).attrGet("href") or "")
        if is_outside(href) or _inside(href, env):
            return "</a>"
        return "</button>" if _file(href, env) else "</span>"

    def image(
        self,
        tokens: Sequence[Token],
        idx: int,
        _options: OptionsDict,
        env: Env,
    ) -> str:
        token = tokens[idx]
        target = str(token.attrGet("src") or "")
        words = words_of(token.children or []) or target
        file = None if OWN_SCHEME.match(target) else _file(target, env)
        if file is None:
            return f'<span class="picture">{escape(words)}</span>'
        if not file.is_picture:
            return f"{_button(file)}{escape(words)}</button>"
        found = {"src": file.address} if file.address else file.attributes
        own = {**file.dimensions, "class": "picture", "alt": words}
        return f"<img{_attributes({**found, **own})}>"

    def term(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: Env) -> str:
        meta = tokens[idx].meta
        beside = {"lead": meta["lead"], "trail": meta["trail"]}
        return term_html(meta["name"], tokens[idx].content, meta["says"], **beside)


def _anchored(token: Token, env: Env) -> Token:
    """The element of a requirement with its id, where the page is the one that links lead to."""
    if ANCHOR not in token.meta or not env["anchors"]:
        return token
    names = " ".join(filter(None, (str(token.attrGet("class") or ""), "requirement")))
    return token.copy(attrs={**token.attrs, "id": token.meta[ANCHOR], "class": names})


def _cell(cell: Token, inline: Token) -> str:
    """The element of a table's cell. A heading without words, as in a table's corner, heads nothing
    (axe: empty-table-header)."""
    return cell.tag if inline.content else "td"


def _level(token: Token, env: Env) -> int:
    return min(6, int(token.tag[1]) + int(env["shift"]))


def _file(target: str, env: Env) -> Attachment | None:
    resolve: Resolve = env["resolve"]
    return resolve(target)


def _inside(target: str, env: Env) -> str | None:
    follow: Follow = env["follow"]
    return follow(target)


def _button(file: Attachment) -> str:
    """What a link to a file becomes: the page's script shows the file, or hands it over."""
    view = " data-view" if "data-type" in file.attributes else ""
    own = {"type": "button", "class": "file-link"}
    return f"<button{view}{_attributes({**own, **file.attributes})}>"


def _attributes(pairs: Mapping[str, str]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in pairs.items())


def _opening(tokens: Sequence[Token], close: int) -> Token:
    """The link_open that belongs to a link_close; links do not nest."""
    return next(tokens[i] for i in range(close, -1, -1) if tokens[i].type == "link_open")
