"""Portals made from texts in memory, and their pages in clear."""

import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from markupsafe import Markup

from portalgen.gate import open_invoices
from portalgen.language import Form, Words
from portalgen.model.folder import Folder
from portalgen.model.page import INDEX
from portalgen.model.portal import Portal, Workspace
from portalgen.parse import parse_client, parse_studio
from portalgen.problem import Source
from portalgen.render import render_portal
from portalgen.render.bill import bill_view
from portalgen.render.frame import Frame
from portalgen.render.scope import Scope
from portalgen.theme import Theme, load_theme

STUDIO = """\
name: Atelier Lumen
owner: Ada Blanc
email: ada@lumen.example
phone: +33 (0)6 39 98 00 00
reach: [email, sms, whatsapp, phone]
language: en
"""
CLIENT = """\
name: Salon Martin
contacts: [{id: claire, name: Claire Martin, greeting: Claire}, {id: paul, name: Paul Roux}]
project: {title: New site}
"""
SPEC = "- R1: a page\n"


def portal_of(**files: str) -> Portal:
    """A portal of the files that are given, such as `steps="- {title: The plan}"`."""
    texts = {"client.yaml": CLIENT, "spec.md": SPEC}
    texts |= {f"{name}.{'md' if name == 'spec' else 'yaml'}": text for name, text in files.items()}
    portal, problems = parse_client(_folder("content/x", texts))
    assert problems == []
    return portal


def workspace_of(studio: str = STUDIO) -> Workspace:
    """The studio of these lines."""
    workspace, problems = parse_studio(_folder("content", {"studio.yaml": studio}))
    assert problems == []
    return workspace


def scope_of(
    portal: Portal, language: str = "en", form: Form = "formal", studio: str = STUDIO
) -> Scope:
    """What the first page of a portal is made with."""
    return Scope(portal, workspace_of(studio), Words(language, form), INDEX)


def pages_of(portal: Portal, studio: str = STUDIO) -> dict[str, str]:
    """Every page of a portal by its name, in the default theme."""
    made = render_portal(portal, workspace_of(studio), _theme(), open_invoices(portal, ()))
    return {page.name: page.html for page in made}


def draft_of(portal: Portal, studio: str = STUDIO) -> str:
    """The page of a portal's first invoice, before its time."""
    scope = scope_of(portal, studio=studio)
    frame = Frame("Draft", "", "", "", (), (), Markup(), None, ())
    context = {
        "_": scope.words.text,
        "language": scope.words.language,
        "frame": frame,
        "view": bill_view(scope, portal.invoices[0], draft=True),
    }
    return _theme().render("invoice.html", context)


def text_of(html: str) -> str:
    """What the main part of a page says."""
    body = html[html.index("<main") : html.index("</main>")]
    return " ".join(re.sub(r"<[^>]*>", " ", body).split())


def _folder(path: str, texts: dict[str, str]) -> Folder:
    sources = {name: Source(f"{path}/{name}", text) for name, text in texts.items()}
    sizes = {"files/site.zip": 348_123}
    nothing: frozenset[str] = frozenset()
    return Folder(path=path, texts=sources, files=sizes, unreadable=nothing, outside=nothing)


@cache
def _theme() -> Theme:
    with TemporaryDirectory() as workspace:
        theme, problems = load_theme("default", Path(workspace))
    assert theme is not None
    assert problems == []
    return theme
