"""The whole program on one screen: read, parse, check, render, lock, write.

Each portal is made on its own, in parallel and in memory; only addresses and invoice numbers
are settled between them. Nothing is written before that.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from portalgen.approving import cut_off
from portalgen.attachments import attached
from portalgen.canonical import EnvelopeError
from portalgen.check import (
    Claims,
    check_across,
    check_portal,
    check_workspace,
    claims_of,
    dashboard_path_taken,
)
from portalgen.dashboard import make_dashboard
from portalgen.desk import Desk, open_desk
from portalgen.einvoice import engine_missing, facturx_offered
from portalgen.gate import open_invoices
from portalgen.glossary import terms_of, unused_terms
from portalgen.keyring import KeepError, prune
from portalgen.lock import lock_files, lock_pages, make_ring
from portalgen.model.access import Person, kids_of, people_of
from portalgen.model.billing import Invoice
from portalgen.model.folder import CONTENT
from portalgen.model.portal import Portal, id_of
from portalgen.parallel import map_parallel
from portalgen.parse import parse_client
from portalgen.problem import Place, Problem, Source, in_reading_order
from portalgen.publish import portals_in, publish
from portalgen.read import client_names, read_attached, read_client
from portalgen.render import render_portal
from portalgen.report import Made, Report
from portalgen.summary import summary_of
from portalgen.theme import Theme, ThemeError

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to build.

    Attributes:
        root: the workspace.
        output: where the portals go; None to check the content only.
        clients: names of folders; all when empty.
        today: the build's day, for an approval that lies in the future.
    """

    root: Path
    output: Path | None
    clients: tuple[str, ...] = ()
    today: date

    def names(self, client: str) -> bool:
        """Whether that client's portal is to be built."""
        return not self.clients or client in self.clients


def build(order: Order, progress: Progress) -> Report:
    """Make the portals of an order, publish those without errors, and say what became of each."""
    desk, problems = open_desk(order.root)
    problems += [*check_workspace(desk.workspace), *cut_off(order.root)]
    problems += engine_missing(desk.workspace)
    names = client_names(order.root)
    made = []
    for _, portal in map_parallel(partial(make_or_report, desk, order), names):
        made.append(portal)
        progress(len(made), len(names))
    standing = portals_in(order.output) if order.output else {}
    made.sort(key=lambda portal: portal.claims.folder)
    found = _between(desk, order, made, standing)
    made = settle(desk, order, made, found)
    problems += found.get("", [])
    problems += _unused_terms(desk, made)
    taken = [*dashboard_path_taken(desk.workspace, [portal.claims for portal in made])]
    wanted = order.output is not None and not taken
    dashboard = make_dashboard(desk, made, problems, standing) if wanted else None
    problems += taken
    everything = not order.clients
    report = publish(
        order.output, desk.shell, made, problems, dashboard=dashboard, everything=everything
    )
    if everything and report.outcomes:
        _forget_others(desk.root, [*made, dashboard] if dashboard else made)
    return report


def _unused_terms(desk: Desk, made: Sequence[Made]) -> Iterator[Problem]:
    """Terms of the glossary that no client reads, unless somebody's texts cannot be read today."""
    used = [portal.terms for portal in made if not portal.blocked and portal.terms is not None]
    if made and len(used) == len(made):
        yield from unused_terms(desk.workspace, used)


def _forget_others(root: Path, made: Sequence[Made]) -> None:
    """Forget the keys of portals that are no more, unless we cannot tell today which those are."""
    ids = {portal.key.portal if portal.key else portal.id for portal in made if not portal.draft}
    if None not in ids:
        ids |= {portal.id for portal in made}
        prune(root, frozenset(identity for identity in ids if identity))


def make_or_report(desk: Desk, order: Order, name: str, settled: tuple[Problem, ...] = ()) -> Made:
    """Make one portal; a mistake of ours in it is its own problem, and holds back no other."""
    try:
        return make_portal(desk, order, name, settled)
    except Exception as error:
        place = Place(Source(f"{CONTENT}/{name}"))
        message = f"portalgen failed on this client: {type(error).__name__}: {error}"
        problem = Problem("cannot-make", message, place, "please report this, with the file")
        claims = Claims(name, name, False, place, None, place, ())
        return Made(
            claims=claims,
            problems=(problem,),
            people=(),
            ordered=order.names(name),
            draft=False,
        )


def make_portal(desk: Desk, order: Order, name: str, settled: tuple[Problem, ...] = ()) -> Made:
    """Make one portal in memory: its problems, and its files unless something blocks it."""
    folder, unreadable = read_client(desk.root, name)
    portal, unparsed = parse_client(folder)
    found = [*unreadable, *unparsed, *settled]
    theme, flaws = desk.theme_of(portal)
    drafts = order.output is None
    checked = check_portal(portal, desk.workspace, order.today, found, drafts=drafts)
    problems = [*found, *flaws, *checked]
    made = _made(portal, desk, problems, ordered=order.names(name))
    if order.output is None or not made.may_be_published or not (theme and desk.shell):
        return made
    files, unread = read_attached(desk.root, name, attached(portal))
    if unread:
        return replace(made, problems=in_reading_order([*problems, *unread]))
    try:
        return _locked(made, portal.with_files(files), desk, theme, open_invoices(portal, problems))
    except (ThemeError, KeepError) as error:
        problem = error.problem
    except EnvelopeError as error:
        place = Place(Source(folder.path))
        problem = Problem("cannot-lock", str(error), place, "make the page, or the list, shorter")
    return replace(made, problems=in_reading_order([*problems, problem]))


def _locked(
    made: Made, portal: Portal, desk: Desk, theme: Theme, invoices: Sequence[Invoice]
) -> Made:
    """The last two steps of a portal in which nothing is wrong: its pages, and their lock."""
    assert desk.shell  # noqa: S101 - nothing is published without
    offered, missing = facturx_offered(desk.root, portal, desk.workspace, theme, invoices)
    portal = portal.with_files(item.file for item in offered)
    pages = render_portal(portal, desk.workspace, theme, invoices)
    people = people_of(portal.access, desk.workspace.access)
    ring = make_ring(desk.root, id_of(portal, desk.workspace), people)
    folder = desk.root / CONTENT / portal.folder
    contents = {item.file.path: item.content for item in offered}
    files = lock_files(folder, portal.files.values(), pages, ring.key, contents)
    return replace(
        made,
        problems=in_reading_order([*made.problems, *missing]),
        files={**lock_pages(pages, ring, desk.shell), **files},
        key=ring.key,
    )


def _between(
    desk: Desk, order: Order, made: Sequence[Made], standing: Mapping[str, str]
) -> dict[str, list[Problem]]:
    """The problems of what portals claim for themselves alone, by the folder that has to mend."""
    studio = desk.workspace.access
    return check_across(
        [portal.claims for portal in made],
        order.today,
        standing,
        studio.salt if studio else None,
        ledger=desk.ledger,
        series=desk.workspace.studio.series,
    )


def settle(
    desk: Desk, order: Order, made: Sequence[Made], found: Mapping[str, Sequence[Problem]]
) -> list[Made]:
    """Make anew those portals that have to yield something to another, or to the ledger."""
    return [
        make_or_report(desk, order, portal.claims.folder, tuple(found[portal.claims.folder]))
        if found[portal.claims.folder]
        else portal
        for portal in made
    ]


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
