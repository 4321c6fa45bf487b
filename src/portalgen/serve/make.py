"""Makes what a preview shows of a portal: its pages in clear, or as a build would lock them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from portalgen.attachments import attached
from portalgen.desk import Desk
from portalgen.einvoice import facturx_offered
from portalgen.gate import open_invoices
from portalgen.invoicing import drafted
from portalgen.lock import LockedFile
from portalgen.making import Examined, Order, make_portal
from portalgen.model.billing import Invoice
from portalgen.model.file import File
from portalgen.model.folder import CONTENT
from portalgen.model.page import INDEX, Page, page_path
from portalgen.model.portal import Portal, Workspace, id_of
from portalgen.problem import Problem
from portalgen.render import prepare_drafts, prepare_portal
from portalgen.render.dashboard import Listed, render_dashboard
from portalgen.report import Made
from portalgen.serve.attached import Attached
from portalgen.serve.readers import readers_of, with_readers
from portalgen.serve.shown import Make, Reader, Shown, Stored
from portalgen.theme import Theme

FILES = "files/"

_DASHBOARD_ID = "dashboard"


def show_in_clear(
    desk: Desk, examined: Examined, known: Attached, before: Mapping[str, str]
) -> tuple[Shown | None, list[Problem]]:
    """The pages of a portal in clear; None when there is no theme to make them with.

    Args:
        known: what was read of its files already.
        before: its pages as they were last.

    Raises:
        ThemeError: the theme's page of an invoice cannot be rendered.
    """
    theme, portal = examined.theme, examined.portal
    if theme is None or desk.shell is None:
        return None, []
    files, unread = known.of(desk.root, portal.folder, attached(portal))
    invoices = open_invoices(portal, examined.made.problems)
    offered, missing = facturx_offered(desk.root, portal, desk.workspace, theme, invoices)
    portal = portal.with_files([*files, *(item.file for item in offered)])
    portal, workspace = with_readers(portal, desk.workspace)
    contents = {item.file.path: item.content for item in offered}
    folder = desk.root / CONTENT / portal.folder
    pages, drafts = _pages(portal, workspace, theme, invoices)
    shown = Shown(
        path=portal.path,
        identity=id_of(portal, workspace),
        pages=pages,
        readers=tuple(readers_of(portal, workspace)),
        drafts=drafts,
        files=dict(_stored(folder, [*files, *(item.file for item in offered)], contents)),
        before=before,
    )
    return shown, [*unread, *missing]


def show_locked(desk: Desk, order: Order, name: str, settled: tuple[Problem, ...]) -> Made:
    """A portal as a build would write it; nothing of it is written."""
    return make_portal(desk, replace(order, output=desk.root), name, settled)


def locked(made: Made) -> Shown | None:
    """What there is to look at of a portal that is locked; None when something keeps it back."""
    if made.files is None or made.key is None:
        return None
    pages: dict[str, Make] = {}
    files: dict[str, Stored | LockedFile] = {}
    for path, content in made.files.items():
        if isinstance(content, LockedFile):
            files[path] = content
        elif isinstance(content, bytes) and path.endswith("index.html"):
            pages[path] = partial(content.decode, "utf-8")
    path, identity = made.claims.path, made.key.portal
    return Shown(path=path, identity=identity, pages=pages, files=files, is_locked=True)


def show_dashboard(desk: Desk, clients: Sequence[Listed]) -> Shown | None:
    """The studio's own page in clear, whoever may open it."""
    theme, workspace = desk.theme, desk.workspace
    if theme is None or desk.shell is None:
        return None
    people = workspace.access.people if workspace.access else ()
    return Shown(
        path=workspace.studio.dashboard,
        identity=_DASHBOARD_ID,
        pages={
            page_path(INDEX): lambda: render_dashboard(clients, workspace.studio, theme).html,
        },
        readers=tuple(
            Reader(person.kid, person.name, person.name, is_studio=True) for person in people
        ),
    )


def _pages(
    portal: Portal, workspace: Workspace, theme: Theme, invoices: Sequence[Invoice]
) -> tuple[dict[str, Make], dict[str, str]]:
    """Every page by its path, and the titles of those that are drafts of invoices."""
    waiting = [each for each in portal.invoices if each not in invoices]
    waiting = [each for each in waiting if _adds_up(each, portal, workspace)]
    drafts = prepare_drafts(portal, workspace, theme, waiting)
    prepared = prepare_portal(portal, workspace, theme, invoices)
    makers = prepared | {name: make for name, (_, make) in drafts.items()}
    pages: dict[str, Make] = {
        page_path(name): partial(_html, make) for name, make in makers.items()
    }
    return pages, {page_path(name): title for name, (title, _) in drafts.items()}


def _html(make: Callable[[], Page]) -> str:
    return make().html


def _adds_up(invoice: Invoice, portal: Portal, workspace: Workspace) -> bool:
    """Whether there is a bill to show; what is wrong with it is said elsewhere."""
    try:
        drafted(invoice, portal, workspace)
    except ValueError:
        return False
    return True


def _stored(
    folder: Path, files: Sequence[File], contents: Mapping[str, bytes]
) -> Iterator[tuple[str, Stored]]:
    for file in files:
        content = contents.get(file.path, folder / file.path)
        yield f"{FILES}{file.known_as}", Stored(file.name, file.media_type, folder, content)
