"""`build`, `check` and `verify`."""

import gc
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from portalgen.audit import audit
from portalgen.build import Order
from portalgen.build import build as build_portals
from portalgen.cli.common import (
    clients_in,
    disk_errors,
    known_clients,
    terminal,
    today_option,
    workspace_option,
)
from portalgen.problem import as_given
from portalgen.report import Outcome, Report
from portalgen.terminal import Terminal, clean

_STATES = {
    "published": "built",
    "kept": "in error: the copy built before stays",
    "absent": "in error: not published",
    "draft": "draft: not published",
}

_output_option = click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the portals; output/ in the workspace by default.",
)
_strict_option = click.option("--strict", is_flag=True, help="Count warnings as errors.")


@click.command()
@click.argument("clients", nargs=-1)
@workspace_option
@_output_option
@today_option
@_strict_option
@click.option(
    "--keep-going",
    is_flag=True,
    help="Exit with 0 when every portal stands, be it by its last good copy.",
)
def build(
    *,
    clients: tuple[str, ...],
    root: Path,
    output: Path | None,
    today: date,
    strict: bool,
    keep_going: bool,
) -> None:
    """Build the portals of CLIENTS, or of all of them, and your dashboard, into output/.

    A portal in error keeps its last good copy, and the others go out.
    """
    names = known_clients(root, clients)
    target = output or root / "output"
    order = Order(root=root, output=target, clients=names, today=today)
    screen = terminal()
    report = _run(order, screen)
    for outcome in report.outcomes:
        click.echo(_line(outcome, target))
    _tell_of_folders(report, as_given(target), screen)
    _end(report, screen, report.exit_code(strict=strict, keep_going=keep_going))


@click.command()
@click.argument("clients", nargs=-1)
@workspace_option
@today_option
@_strict_option
def check(clients: tuple[str, ...], root: Path, today: date, strict: bool) -> None:
    """Find everything that is wrong with the content of CLIENTS, or of all; write nothing."""
    names = known_clients(root, clients)
    screen = terminal()
    report = _run(Order(root=root, output=None, clients=names, today=today), screen)
    if not report.problems and clients_in(root):
        screen.say("nothing to mend")
    _end(report, screen, report.exit_code(strict=strict))


@click.command()
@click.argument("output", required=False, type=click.Path(file_okay=False, path_type=Path))
@workspace_option
def verify(root: Path, output: Path | None) -> None:
    """Read a finished OUTPUT again (output/ in the workspace by default).

    Nothing in it may be readable without a passphrase, nobody may open it whose access was taken
    away, and what was locked on this machine has to open.
    """
    screen = terminal()
    with disk_errors():
        problems = audit(root, output or root / "output")
    screen.problems(problems)
    screen.summary(problems)
    if not problems:
        screen.say("every file is what it should be")
    sys.exit(1 if problems else 0)


def _run(order: Order, screen: Terminal) -> Report:
    # A build makes much and throws little away: looking for garbage every 700 objects would
    # cost a third of its time.
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    if not clients_in(order.root):
        screen.say("there is no client yet: make content/NAME/client.yaml and spec.md")
    with disk_errors(". Every portal in the output is whole." if order.output else ""):
        return build_portals(order, screen.progress)


def _tell_of_folders(report: Report, output: str, screen: Terminal) -> None:
    for path, moved_to in report.moved:
        screen.say(f"{output}/{path} moved to {output}/{moved_to}: tell its people the new address")
    for path in report.removed:
        screen.say(f"{output}/{path} was removed: no client stands behind it any more")


def _end(report: Report, screen: Terminal, code: int) -> None:
    screen.problems(report.problems)
    screen.summary(report.problems)
    sys.exit(code)


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
