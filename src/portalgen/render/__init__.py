"""The stage that makes pages: from a portal's records to whole HTML documents, still in clear.

Nothing here knows the day, the disk or chance: the same portal gives the same bytes.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from markupsafe import Markup

from portalgen.attachments import find
from portalgen.language import Words, message
from portalgen.markdown import Attachment
from portalgen.model.billing import Invoice
from portalgen.model.page import INDEX, Page, invoice_page
from portalgen.model.portal import Portal, Workspace
from portalgen.render.agreed import agreement
from portalgen.render.bill import KINDS, bill_view
from portalgen.render.colour import accent_rule
from portalgen.render.frame import ASSETS, Frame, Tab
from portalgen.render.handover import deliverables
from portalgen.render.journal import journal
from portalgen.render.overview import overview
from portalgen.render.scope import Link, Scope, attachment, reach
from portalgen.theme import Theme

View = Callable[[Scope], object]
"""Prepares what the template of a page shows."""

_INLINE_LOGO = 64 * 1024
_TITLES = {
    INDEX: message("Overview"),
    "spec": message("Specification"),
    "deliverables": message("Deliverables"),
    "journal": message("Journal"),
}


def render_portal(
    portal: Portal, workspace: Workspace, theme: Theme, open_invoices: Sequence[Invoice]
) -> tuple[Page, ...]:
    """Make every page of a portal.

    Args:
        open_invoices: those whose gate is open; no other invoice is mentioned anywhere.

    Raises:
        ThemeError: a template of the theme cannot be rendered.
    """
    language = portal.client.language or workspace.studio.language
    scope = Scope(portal, workspace, Words(language, portal.client.address_form), INDEX)
    billed = _invoice_titles(scope, open_invoices)
    titles = {**{name: scope.words.text(title) for name, title in _TITLES.items()}, **billed}
    links = [Link(title, scope.href(name)) for name, title in billed.items()]
    pages: list[tuple[str, str, View]] = [
        (INDEX, "index.html", lambda on: overview(on, open_invoices, links)),
        ("spec", "spec.html", agreement),
        ("deliverables", "deliverables.html", deliverables),
        ("journal", "journal.html", journal),
        *(
            (name, "invoice.html", partial(bill_view, invoice=invoice))
            for name, invoice in zip(billed, open_invoices, strict=True)
        ),
    ]
    return tuple(
        _page(replace(scope, page=name), theme, titles, template, view)
        for name, template, view in pages
    )


def _page(scope: Scope, theme: Theme, titles: dict[str, str], template: str, view: View) -> Page:
    context = {
        "_": scope.words.text,
        "plural": scope.words.plural,
        "language": scope.words.language,
        "frame": _frame(scope, theme, titles),
        "view": view(scope),
    }
    return Page(scope.page, theme.render(template, context))


def _frame(scope: Scope, theme: Theme, titles: dict[str, str]) -> Frame:
    studio, client = scope.workspace.studio, scope.portal.client
    return Frame(
        title=titles[scope.page],
        studio=studio.name,
        project=client.project.title,
        home=scope.href(INDEX),
        tabs=tuple(
            Tab(title, scope.href(name), name == scope.page) for name, title in titles.items()
        ),
        styles=tuple(f"{scope.root}{ASSETS}{name}" for name in theme.styles),
        accent=Markup(accent_rule(client.look.accent)),  # noqa: S704 (made of checked colours)
        logo=_logo(scope.portal),
        talk_to=tuple(_talk_to(scope)),
    )


def _logo(portal: Portal) -> Attachment | None:
    """The client's logo; a small one is in the page itself, so that it shows from the disk too."""
    path = portal.client.look.logo
    file = find(portal, path) if path else None
    return attachment(file, inline=_INLINE_LOGO) if file and file.picture_type else None


def _talk_to(scope: Scope) -> Iterator[Link]:
    """How to reach the studio, as it writes it."""
    studio = scope.workspace.studio
    for way, text in (("phone", studio.phone), ("email", studio.email)):
        href = reach(studio, way)
        if text and href:
            yield Link(text, href)


def _invoice_titles(scope: Scope, invoices: Sequence[Invoice]) -> dict[str, str]:
    """The kind, and the number when the client has several invoices to tell apart."""
    titles = {}
    for invoice in invoices:
        kind = scope.words.text(KINDS[invoice.kind])
        number = invoice.number if len(invoices) > 1 else None
        titles[_invoice_name(scope.portal, invoice)] = f"{kind} {number}" if number else kind
    return titles


def _invoice_name(portal: Portal, invoice: Invoice) -> str:
    position = next(n for n, each in enumerate(portal.invoices) if each is invoice)
    return invoice_page(position)
