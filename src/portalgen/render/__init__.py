"""The stage that makes pages: from a portal's records to whole HTML documents, still in clear.

Nothing here knows the day, the disk or chance: the same portal gives the same bytes.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from markupsafe import Markup

from portalgen.attachments import find
from portalgen.glossary import terms_of
from portalgen.language import Words, message
from portalgen.markdown import Attachment
from portalgen.model.billing import Invoice
from portalgen.model.page import INDEX, Page, page_path
from portalgen.model.portal import Portal, Workspace
from portalgen.render.agreed import agreement
from portalgen.render.bill import bill_view, paper_path
from portalgen.render.calendar import CalendarFile, calendar
from portalgen.render.colour import accent_rule
from portalgen.render.corrections import corrections, has_corrections
from portalgen.render.events import Event, events, marks
from portalgen.render.frame import ASSETS, Frame, Tab
from portalgen.render.glossary import terms_explained
from portalgen.render.handover import deliverables
from portalgen.render.in_force import in_force
from portalgen.render.invoice_title import invoice_title
from portalgen.render.journal import journal
from portalgen.render.news import news
from portalgen.render.overview import overview
from portalgen.render.plan import has_plan, plan
from portalgen.render.reach import WAYS, reach
from portalgen.render.scope import Link, Scope, attachment
from portalgen.theme import Theme

__all__ = ["paper_path", "prepare_drafts", "prepare_portal", "render_paper", "render_portal"]

View = Callable[[Scope], object]
"""Prepares what the template of a page shows."""

Prepared = Callable[[], Page]
"""Makes a page when it is asked for. Raises ThemeError: a template of it cannot be rendered."""

_INLINE_LOGO = 64 * 1024
_TITLES = {
    INDEX: message("Overview"),
    "spec": message("Specification"),
    "agreement": message("The agreement today"),
    "plan": message("Calendar"),
    "deliverables": message("Deliverables"),
    "corrections": message("Corrections"),
    "journal": message("Journal"),
    "glossary": message("Words explained"),
}

_BEHIND = ("agreement", "glossary")
"""Pages that another one leads to, so that the tabs stay few."""


@dataclass(frozen=True, slots=True)
class _Common:
    """What the pages of a portal have in common; the titles are by the names of the pages."""

    theme: Theme
    titles: dict[str, str]
    events: tuple[Event, ...]
    calendar: CalendarFile | None


def render_portal(
    portal: Portal, workspace: Workspace, theme: Theme, open_invoices: Sequence[Invoice]
) -> tuple[Page, ...]:
    """Make every page of a portal.

    Args:
        open_invoices: those whose gate is open; no other invoice is mentioned anywhere.

    Raises:
        ThemeError: a template of the theme cannot be rendered.
    """
    prepared = prepare_portal(portal, workspace, theme, open_invoices)
    return tuple(make() for make in prepared.values())


def prepare_portal(
    portal: Portal, workspace: Workspace, theme: Theme, open_invoices: Sequence[Invoice]
) -> dict[str, Prepared]:
    """The pages of a portal by their names, each made only when somebody wants to see it."""
    language = portal.client.language or workspace.studio.language
    scope = Scope(portal, workspace, Words(language, portal.client.address_form), INDEX)
    billed = _invoice_titles(scope, open_invoices)
    told = events(scope, open_invoices)
    links = [Link(title, scope.href(name)) for name, title in billed.items()]
    pages: list[tuple[str, str, View]] = [
        (INDEX, "index.html", lambda on: overview(on, open_invoices, links)),
        ("spec", "spec.html", agreement),
        *([("plan", "plan.html", plan)] if has_plan(portal) else []),
        ("agreement", "agreement.html", in_force),
        ("deliverables", "deliverables.html", deliverables),
        *([("corrections", "corrections.html", corrections)] if has_corrections(portal) else []),
        ("journal", "journal.html", partial(journal, told=told)),
        *([("glossary", "glossary.html", terms_explained)] if terms_of(portal, workspace) else []),
        *(
            (name, "invoice.html", partial(bill_view, invoice=invoice))
            for name, invoice in zip(billed, open_invoices, strict=True)
        ),
    ]
    known = [name for name, _, _ in pages if name in _TITLES]
    titles = {**{name: scope.words.text(_TITLES[name]) for name in known}, **billed}
    common = _Common(theme, titles, told, calendar(scope, told, open_invoices))
    return {
        name: partial(_page, replace(scope, page=name), common, template, view)
        for name, template, view in pages
    }


def prepare_drafts(
    portal: Portal, workspace: Workspace, theme: Theme, invoices: Sequence[Invoice]
) -> dict[str, tuple[str, Prepared]]:
    """Invoices before their time, for their author's eyes: by the name of the page, what each is
    called, and its page. It stands alone, and no build makes it.

    Args:
        invoices: whose bills have no flaws.
    """
    language = portal.client.language or workspace.studio.language
    scope = Scope(portal, workspace, Words(language, portal.client.address_form), INDEX)
    drafts: dict[str, tuple[str, Prepared]] = {}
    for invoice in invoices:
        name = scope.invoice_page(invoice)
        title = invoice_title(scope.words, invoice.kind, None)
        common = _Common(theme, {name: title}, (), None)
        view = partial(bill_view, invoice=invoice, draft=True)
        make = partial(_page, replace(scope, page=name), common, "invoice.html", view)
        drafts[name] = (title, make)
    return drafts


def render_paper(portal: Portal, workspace: Workspace, theme: Theme, invoice: Invoice) -> Page:
    """The page of one invoice alone, for a file that leaves the portal: it leads to no other page,
    and tells of no payment, since what was issued never changes.

    Raises:
        ThemeError: a template of the theme cannot be rendered.
    """
    language = portal.client.language or workspace.studio.language
    scope = Scope(portal, workspace, Words(language, portal.client.address_form), INDEX)
    unpaid = invoice.model_copy(update={"payments": ()})
    (name, title), *_ = _invoice_titles(scope, (unpaid,)).items()
    common = _Common(theme, {name: title}, (), None)
    view = partial(bill_view, invoice=unpaid)
    return _page(replace(scope, page=name), common, "invoice.html", view)


def _page(scope: Scope, common: _Common, template: str, view: View) -> Page:
    context = {
        "_": scope.words.text,
        "plural": scope.words.plural,
        "language": scope.words.language,
        "frame": _frame(scope, common),
        "news": news(scope, common.events),
        "calendar": common.calendar,
        "view": view(scope),
    }
    return Page(scope.page, common.theme.render(template, context))


def _frame(scope: Scope, common: _Common) -> Frame:
    studio, client = scope.workspace.studio, scope.portal.client
    return Frame(
        title=common.titles[scope.page],
        studio=studio.name,
        project=client.project.title,
        home=scope.href(INDEX),
        tabs=tuple(
            Tab(title, scope.href(name), name == scope.page, marks(common.events, page_path(name)))
            for name, title in common.titles.items()
            if name not in _BEHIND
        ),
        styles=tuple(f"{scope.root}{ASSETS}{name}" for name in common.theme.styles),
        own_rules=_own_rules(common.theme, client.look.accent),
        logo=_logo(scope.portal),
        talk_to=tuple(_talk_to(scope)),
        glossary=_glossary(scope, common),
    )


def _own_rules(theme: Theme, accent: str | None) -> Markup:
    """The colours of this client, and what its folder changes in the theme."""
    rules = (accent_rule(accent, theme.grounds), theme.own_rules)
    return Markup("\n".join(filter(None, rules)))  # noqa: S704 (percent-encoded in the page)


def _glossary(scope: Scope, common: _Common) -> Link | None:
    title = common.titles.get("glossary")
    return Link(title, scope.href("glossary")) if title else None


def _logo(portal: Portal) -> Attachment | None:
    """The client's logo; a small one is in the page itself, so that it shows from the disk too."""
    path = portal.client.look.logo
    file = find(portal, path) if path else None
    return attachment(file, inline=_INLINE_LOGO) if file and file.picture_type else None


def _talk_to(scope: Scope) -> Iterator[Link]:
    """How to reach the studio: as it writes it, and then the other ways that it accepts."""
    studio = scope.workspace.studio
    written = {"phone": studio.phone, "email": studio.email}
    for way in dict.fromkeys((*written, *studio.reach)):
        text = written[way] if way in written else scope.words.text(WAYS[way])
        href = reach(studio, way)
        if text and href:
            yield Link(text, href)


def _invoice_titles(scope: Scope, invoices: Sequence[Invoice]) -> dict[str, str]:
    """The kind, and the number when the client has several invoices to tell apart."""
    titles = {}
    for invoice in invoices:
        number = invoice.number if len(invoices) > 1 else None
        title = invoice_title(scope.words, invoice.kind, number)
        titles[scope.invoice_page(invoice)] = title
    return titles
