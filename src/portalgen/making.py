"""One portal: from a client's folder to its locked pages, in memory.

Nothing of another client is in reach here, so portals are made in parallel; what they have to
settle between them comes as problems that somebody else found.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from portalgen.attachments import attached
from portalgen.canonical import EnvelopeError
from portalgen.check import check_portal, claims_of
from portalgen.desk import Desk
from portalgen.einvoice import facturx_offered
from portalgen.fixing import certain
from portalgen.gate import open_invoices
from portalgen.glossary import terms_of
from portalgen.keyring import KeepError
from portalgen.lock import lock_files, lock_pages, make_ring
from portalgen.model.access import Person, kids_of, people_of
from portalgen.model.billing import Invoice
from portalgen.model.folder import CONTENT
from portalgen.model.page import Page
from portalgen.model.portal import Portal, id_of
from portalgen.parse import parse_client
from portalgen.problem import Place, Problem, Source, in_reading_order
from portalgen.read import read_attached, read_client
from portalgen.render import render_portal
from portalgen.report import Made, failed
from portalgen.summary import summary_of
from portalgen.theme import Theme, ThemeError


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to build.

    Attributes:
        root: the workspace.
        output: where the portals go; None to check the content only.
        clients: names of folders; all when empty.
        today: the build's day, for an approval that lies in the future.
        traces: whether a mistake of ours is told with where in the program it is.
    """

    root: Path
    output: Path | None
    clients: tuple[str, ...] = ()
    today: date
    traces: bool = False

    def names(self, client: str) -> bool:
        """Whether that client's portal is to be built."""
        return not self.clients or client in self.clients


def make_or_report(desk: Desk, order: Order, name: str, settled: tuple[Problem, ...] = ()) -> Made:
    """Make one portal; a mistake of ours in it is its own problem, and holds back no other."""
    try:
        return make_portal(desk, order, name, settled)
    except Exception as error:
        return failed(name, error, ordered=order.names(name), traced=order.traces)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clear:
    """A portal in which nothing is wrong, still in clear.

    Attributes:
        portal: with its files as they were read or made.
        invoices: those whose gate is open.
        contents: by path, what was made and lies in no folder.
    """

    portal: Portal
    theme: Theme
    invoices: tuple[Invoice, ...]
    pages: tuple[Page, ...]
    contents: Mapping[str, bytes]


def make_portal(desk: Desk, order: Order, name: str, settled: tuple[Problem, ...] = ()) -> Made:
    """Make one portal in memory: its problems, and its files unless something blocks it."""
    made, clear = clear_portal(desk, order, name, settled)
    return _locked(made, clear, desk) if clear else made


def clear_portal(
    desk: Desk, order: Order, name: str, settled: tuple[Problem, ...] = ()
) -> tuple[Made, Clear | None]:
    """Make the pages of one portal, unless something blocks it; and what is known of it."""
    examined = examine(desk, order, name, settled)
    made, portal, theme = examined.made, examined.portal, examined.theme
    if order.output is None or not made.may_be_published or not (theme and desk.shell):
        return made, None
    files, unread = read_attached(desk.root, name, attached(portal))
    if unread:
        return _with(made, unread), None
    invoices = open_invoices(portal, made.problems)
    try:
        clear, missing = _rendered(portal.with_files(files), desk, theme, invoices)
    except ThemeError as error:
        return _with(made, [error.problem]), None
    return _with(made, missing), clear


@dataclass(frozen=True, slots=True)
class Examined:
    """A portal as its folder says it, before any page of it is made."""

    made: Made
    portal: Portal
    theme: Theme | None


def examine(desk: Desk, order: Order, name: str, settled: tuple[Problem, ...] = ()) -> Examined:
    """Read one client's folder, and find all that is wrong with it."""
    folder, unreadable = read_client(desk.root, name)
    portal, unparsed = parse_client(folder)
    found = [*unreadable, *unparsed, *settled]
    theme, flaws = desk.theme_of(portal)
    drafts = order.output is None
    checked = check_portal(portal, desk.workspace, order.today, found, drafts=drafts)
    problems = certain([*found, *flaws, *checked], desk.workspace)
    made = _made(portal, desk, problems, ordered=order.names(name))
    return Examined(made, portal, theme)


def _rendered(
    portal: Portal, desk: Desk, theme: Theme, invoices: tuple[Invoice, ...]
) -> tuple[Clear, list[Problem]]:
    """The pages of a portal, and what keeps an invoice from being handed over as a file."""
    offered, missing = facturx_offered(desk.root, portal, desk.workspace, theme, invoices)
    portal = portal.with_files(item.file for item in offered)
    pages = render_portal(portal, desk.workspace, theme, invoices)
    contents = {item.file.path: item.content for item in offered}
    clear = Clear(portal=portal, theme=theme, invoices=invoices, pages=pages, contents=contents)
    return clear, missing


def _locked(made: Made, clear: Clear, desk: Desk) -> Made:
    """The last step of a portal: its pages and files, locked for its people."""
    assert desk.shell  # noqa: S101 - nothing is rendered without
    portal, pages = clear.portal, clear.pages
    people = people_of(portal.access, desk.workspace.access)
    folder = desk.root / CONTENT / portal.folder
    try:
        ring = make_ring(desk.root, id_of(portal, desk.workspace), people)
        files = lock_files(folder, portal.files.values(), pages, ring.key, clear.contents)
        locked = lock_pages(pages, ring, desk.shell)
    except KeepError as error:
        return _with(made, [error.problem])
    except EnvelopeError as error:
        place = Place(Source(f"{CONTENT}/{portal.folder}"))
        hint = "make the page, or the list, shorter"
        return _with(made, [Problem("cannot-lock", str(error), place, hint)])
    return replace(made, files={**locked, **files}, key=ring.key)


def _with(made: Made, more: Sequence[Problem]) -> Made:
    return replace(made, problems=in_reading_order([*made.problems, *more])) if more else made


def _readers(portal: Portal, people: Sequence[Person]) -> frozenset[str] | None:
    return None if "access.yaml" in portal.unread else kids_of(people)


def _made(portal: Portal, desk: Desk, problems: list[Problem], *, ordered: bool) -> Made:
    people = people_of(portal.access, desk.workspace.access)
    return Made(
        claims=claims_of(portal),
        problems=in_reading_order(problems),
        people=tuple(dict.fromkeys(portal.full_name(person.name) for person in people)),
        readers=_readers(portal, people),
        ordered=ordered,
        draft=portal.client.draft,
        standing_invoices=frozenset(invoice.id for invoice in open_invoices(portal, problems)),
        terms=terms_of(portal, desk.workspace),
        summary=summary_of(portal, desk.workspace, problems) if desk.workspace.is_read else None,
    )
