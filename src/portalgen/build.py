"""The whole program on one screen: read, parse, check, render, lock, write.

Each portal is made on its own (`making`), in parallel and in memory; only addresses and invoice
numbers are settled between them. Nothing is written before that.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

from portalgen.approving import cut_off
from portalgen.check import check_across, check_workspace, dashboard_path_taken
from portalgen.dashboard import make_dashboard
from portalgen.desk import Desk, open_desk
from portalgen.einvoice import engine_missing
from portalgen.fixing import certain
from portalgen.glossary import unused_terms
from portalgen.keyring import prune
from portalgen.making import Order, make_or_report
from portalgen.parallel import map_parallel
from portalgen.problem import Problem
from portalgen.publish import portals_in, publish
from portalgen.read import client_names
from portalgen.report import Made, Report, quiet

Progress = Callable[[int, int], None]


def build(order: Order, progress: Progress) -> Report:
    """Make the portals of an order, publish those without errors, and say what became of each."""
    desk, problems = open_studio(order.root)
    standing = portals_in(order.output) if order.output else {}
    made, found = make_portals(desk, order, standing, progress)
    problems += shared_problems(desk, made, found)
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
    checked = everything and order.output is None
    return quiet(report, desk.workspace.studio.silenced, everything=checked)


def open_studio(root: Path) -> tuple[Desk, list[Problem]]:
    """Prepare a workspace, and say all that is wrong with what its portals share.

    Raises:
        FileNotFoundError: there is no content folder.
    """
    desk, problems = open_desk(root)
    more = (check_workspace(desk.workspace), cut_off(root), engine_missing(desk.workspace))
    return desk, certain([*problems, *chain.from_iterable(more)], desk.workspace)


def make_portals(
    desk: Desk, order: Order, standing: Mapping[str, str], progress: Progress
) -> tuple[list[Made], dict[str, list[Problem]]]:
    """Make every portal in memory, and anew those that have to yield something to another.

    Args:
        standing: the portals that stand in the output: their ids, and the names of their folders.

    Returns:
        The portals by their folders, and the problems between them by the folder that has to mend.
    """
    names = client_names(order.root)
    made = []
    for _, portal in map_parallel(partial(make_or_report, desk, order), names):
        made.append(portal)
        progress(len(made), len(names))
    made.sort(key=lambda portal: portal.claims.folder)
    found = between(desk, order, made, standing)
    return settle(desk, order, made, found), found


def shared_problems(
    desk: Desk, made: Sequence[Made], found: Mapping[str, Sequence[Problem]]
) -> Iterator[Problem]:
    """Problems that only all portals together have: clients who are gone, and terms of the glossary
    that no client reads, unless somebody's texts cannot be read today."""
    yield from found.get("", ())
    used = [portal.terms for portal in made if not portal.blocked and portal.terms is not None]
    if made and len(used) == len(made):
        yield from unused_terms(desk.workspace, used)


def _forget_others(root: Path, made: Sequence[Made]) -> None:
    """Forget the keys of portals that are no more, unless we cannot tell today which those are."""
    ids = {portal.key.portal if portal.key else portal.id for portal in made if not portal.draft}
    if None not in ids:
        ids |= {portal.id for portal in made}
        prune(root, frozenset(identity for identity in ids if identity))


def between(
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
