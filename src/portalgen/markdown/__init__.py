"""Markdown into a parsed document, and that document into HTML: the home of markdown-it-py.

CommonMark with tables, strikethrough, task lists, footnotes and definition lists. Raw HTML is
shown as text: what an author pastes can never run in the client's browser.
"""

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from portalgen.markdown.document import (
    Document,
    fragments,
    is_outside,
    mark_requirements,
    misshapen,
    pictures,
    references,
    unread_links,
)
from portalgen.markdown.html import Attachment, Follow, Renderer, Resolve
from portalgen.markdown.terms import (
    Glossary,
    PageTerms,
    glossary_of,
    terms_in,
    terms_in_text,
)

__all__ = [
    "Attachment",
    "Document",
    "Glossary",
    "PageTerms",
    "glossary_of",
    "is_outside",
    "read_markdown",
    "terms_in",
    "terms_in_text",
    "text_to_html",
    "to_html",
]


def read_markdown(text: str) -> Document:
    """Parse a text of any size or shape; there is no Markdown that is an error."""
    tokens = _parser().parse(text)
    requirements = tuple(mark_requirements(tokens))
    return Document(
        tuple(tokens),
        requirements,
        tuple(references(tokens)),
        tuple(misshapen(tokens)),
        tuple(unread_links(tokens)),
        tuple(pictures(tokens)),
        tuple(fragments(tokens)),
    )


def to_html(
    document: Document,
    *,
    resolve: Resolve,
    follow: Follow = lambda _: None,
    prefix: str = "",
    shift: int = 1,
    anchors: bool = False,
    terms: PageTerms | None = None,
) -> str:
    """Render a document as a fragment of HTML.

    Args:
        resolve: asked for every link and image that leads to a file of the client's folder.
        follow: asked before, for every link, whether it leads to something inside the portal.
        prefix: makes the ids of footnotes unique among the documents of one page.
        shift: levels to add to every heading, under the page's own h1.
        anchors: whether requirements get their ids; once a page, or ids would stand twice.
        terms: the terms that the page explains; those that come first here are marked.
    """
    env = {
        "resolve": resolve,
        "follow": follow,
        "docId": prefix,
        "shift": shift,
        "anchors": anchors,
    }
    parser = _parser()
    tokens = terms.mark(document.tokens) if terms else document.tokens
    return str(parser.renderer.render(tokens, parser.options, env))


def text_to_html(text: str, terms: PageTerms) -> str:
    """A text without Markdown as HTML, with the terms that come first here."""
    parser = _parser()
    paragraph = Token("inline", "", 0, children=terms.mark_plain(text))
    return str(parser.renderer.render([paragraph], parser.options, {}))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}, renderer_cls=Renderer)
    parser.enable(["table", "strikethrough"])
    parser.use(footnote_plugin).use(deflist_plugin).use(tasklists_plugin, label=True)
    return parser
