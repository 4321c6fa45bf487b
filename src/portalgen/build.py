"""The whole program on one screen: read, parse, check, render, lock, write.

Each portal is made on its own, in parallel and in memory; only addresses and invoice numbers
are settled between them. Nothing is written before that.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from portalgen.check import Claims, check_across, check_portal, check_workspace, claims_of
from portalgen.desk import Desk, open_desk
from portalgen.envelope import new_portal_key
from portalgen.envelope_shape import EnvelopeError
from portalgen.gate import open_invoices
from portalgen.lock import lock_pages, make_ring, people_of
from portalgen.model.folder import CONTENT
from portalgen.model.portal import Portal
from portalgen.parallel import map_parallel
from portalgen.parse import parse_client
from portalgen.problem import Place, Problem, Source, in_reading_order
from portalgen.publish import portals_in, publish
from portalgen.read import client_names, read_client
from portalgen.render import render_portal
from portalgen.report import Made, Report
from portalgen.theme import ThemeError

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
    problems += check_workspace(desk.workspace)
    names = client_names(order.root)
    made = []
    for _, portal in map_parallel(partial(make_or_report, desk, order), names):
        made.append(portal)
        progress(len(made), len(names))
    made = settle(desk, order, sorted(made, key=lambda portal: portal.claims.folder))
    return publish(order.output, desk.shell, made, problems, everything=not order.clients)


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
            invoices_stand=False,
        )


def make_portal(desk: Desk, order: Order, name: str, settled: tuple[Problem, ...] = ()) -> Made:
    """Make one portal in memory: its problems, and its files unless something blocks it."""
    folder, unreadable = read_client(desk.root, name)
    portal, unparsed = parse_client(folder)
    found = [*unreadable, *unparsed, *settled]
    problems = [*found, *check_portal(portal, desk.workspace, order.today, found)]
    made = _made(portal, desk, problems, ordered=order.names(name))
    if order.output is None or not made.may_be_published or not (desk.theme and desk.shell):
        return made
    try:
        pages = render_portal(portal, desk.workspace, desk.theme, open_invoices(portal, problems))
        ring = make_ring(portal, desk.workspace, new_portal_key())
        return replace(made, files=lock_pages(pages, ring, desk.shell))
    except ThemeError as error:
        problem = error.problem
    except EnvelopeError as error:
        place = Place(Source(folder.path))
        problem = Problem("cannot-lock", str(error), place, "make the page, or the list, shorter")
    return replace(made, problems=in_reading_order([*problems, problem]))


def settle(desk: Desk, order: Order, made: list[Made]) -> list[Made]:
    """Check what portals claim for themselves alone, and make anew those that have to yield."""
    standing = portals_in(order.output) if order.output else {}
    found = check_across([portal.claims for portal in made], order.today, standing)
    return [
        make_or_report(desk, order, portal.claims.folder, tuple(found[portal.claims.folder]))
        if found[portal.claims.folder]
        else portal
        for portal in made
    ]


def _made(portal: Portal, desk: Desk, problems: list[Problem], *, ordered: bool) -> Made:
    invoices = open_invoices(portal, problems)
    return Made(
        claims=claims_of(portal),
        problems=in_reading_order(problems),
        people=tuple(
            contact.name if (contact := portal.person(person.name)) else person.name
            for person in people_of(portal.access, desk.workspace.access)
        ),
        ordered=ordered,
        draft=portal.client.draft,
        invoices_stand=len(invoices) == len(portal.invoices) and not portal.invoices_unread,
    )
