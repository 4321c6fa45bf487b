"""`build` and `verify`."""

import gc
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from portalgen.audit import audit
from portalgen.build import build as build_portals
from portalgen.cli.common import (
    clients_in,
    disk_errors,
    known_clients,
    terminal,
    today_option,
    workspace_option,
)
from portalgen.cli.loudness import is_verbose
from portalgen.cli.said import (
    format_option,
    in_format,
    strict_option,
    tell_details,
    tell_problems,
    tell_time,
)
from portalgen.cli.watch import Watch
from portalgen.making import Order
from portalgen.problem import as_given
from portalgen.report import Outcome, Report
from portalgen.terminal import Terminal, clean

_STATES = {
    "published": "built",
    "kept": "in error: the copy built before stays",
    "absent": "in error: not published",
    "draft": "draft: not published",
}


@click.command()
@click.argument("clients", nargs=-1, metavar="[CLIENT]...")
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the portals; output/ in the workspace by default.",
)
@strict_option
@click.option(
    "--keep-going",
    is_flag=True,
    help="Exit with 0 when every portal stands, be it by its last good copy.",
)
@format_option
@workspace_option
@today_option
def build(
    *,
    clients: tuple[str, ...],
    root: Path,
    output: Path | None,
    today: date,
    strict: bool,
    keep_going: bool,
    form: str,
) -> None:
    """Build the portals of all clients, or of each CLIENT, and your dashboard, into output/.

    A portal in error keeps its last good copy, and the others go out.

    \b
    Examples:
      portalgen build                      every portal
      portalgen build salon-martin         one of them; the others stay as they are
      portalgen build --strict             for CI: warnings count as errors
      portalgen build --format github      for CI: problems stand beside their lines
    """
    names = known_clients(root, clients)
    target = output or root / "output"
    order = Order(root=root, output=target, clients=names, today=today, traces=is_verbose())
    screen = terminal()
    with Watch(screen) as watch:
        report = run(order, screen, watch)
    code = report.exit_code(strict=strict, keep_going=keep_going)
    if form != "text":
        portals = [_object(outcome) for outcome in report.outcomes]
        click.echo(in_format(form, report, root, {"portals": portals}), nl=False)
        sys.exit(code)
    for outcome in () if screen.quiet else report.outcomes:
        click.echo(_line(outcome, target))
    _tell_of_folders(report, as_given(target), screen)
    tell_problems(report, screen)
    tell_time(_totals(report), watch, screen)
    sys.exit(code)


@click.command()
@click.argument("output", required=False, type=click.Path(file_okay=False, path_type=Path))
@workspace_option
def verify(root: Path, output: Path | None) -> None:
    """Read a finished OUTPUT again (output/ in the workspace by default).

    Nothing in it may be readable without a passphrase, nobody may open it whose access was taken
    away, and what was locked on this machine has to open.

    \b
    Examples:
      portalgen verify                     after every build, and in CI before deploying
      portalgen verify public/portals      an output that lies elsewhere
    """
    screen = terminal()
    with disk_errors():
        problems = audit(root, output or root / "output")
    screen.problems(problems)
    screen.summary(problems)
    if not problems:
        screen.say("every file is what it should be")
    sys.exit(1 if problems else 0)


def run(order: Order, screen: Terminal, watch: Watch) -> Report:
    """Build, or only check, with what is to be said before."""
    # A build makes much and throws little away: looking for garbage every 700 objects would
    # cost a third of its time.
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    if not clients_in(order.root):
        screen.say('there is no client yet: portalgen new client "NAME"')
    tell_details(order, screen)
    with disk_errors(". Every portal in the output is whole." if order.output else ""):
        return build_portals(order, watch.progress)


def _tell_of_folders(report: Report, output: str, screen: Terminal) -> None:
    for path, moved_to in report.moved:
        screen.say(f"{output}/{path} moved to {output}/{moved_to}: tell its people the new address")
    for path in report.removed:
        screen.say(f"{output}/{path} was removed: no client stands behind it any more")


def _totals(report: Report) -> str:
    """How many portals of how many were built, and of how many pages."""
    portals = [outcome for outcome in report.outcomes if outcome.folder]
    built = [outcome for outcome in portals if outcome.state == "published"]
    number = f"{len(built)}" if len(built) == len(portals) else f"{len(built)} of {len(portals)}"
    pages = sum(outcome.pages for outcome in built)
    return f"{number} portal{'s' * (len(portals) != 1)}, {pages} pages built"


def _object(outcome: Outcome) -> dict[str, object]:
    return {
        "client": outcome.folder or None,
        "state": outcome.state,
        "path": outcome.path or None,
        "pages": outcome.pages,
        "people": list(outcome.people),
        "withheld": outcome.withheld,
    }


def _line(outcome: Outcome, target: Path) -> str:
    page = clean(str(target / outcome.path / "index.html"))
    state = _STATES[outcome.state]
    name = outcome.folder or "dashboard"
    if outcome.state != "published":
        return f"{name}: {state}"
    if not outcome.folder:
        return f"{name}: {state}, {_people(outcome.people)}\n  {page}"
    pages = f"{outcome.pages} pages"
    if outcome.withheld:
        pages += f" ({outcome.withheld} invoice{'s' * (outcome.withheld > 1)} withheld)"
    return f"{name}: {state}, {pages}, {_people(outcome.people)}\n  {page}"


def _people(people: Sequence[str]) -> str:
    return clean(f"opens for {', '.join(people)}")
