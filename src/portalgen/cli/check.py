"""`check`: what is wrong with the content, and what of it mends itself."""

import difflib
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from portalgen.approving import interrupted, only_one
from portalgen.cli.build import run
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
    tell_problems,
    tell_time,
)
from portalgen.cli.watch import Watch
from portalgen.fixing import Mended, mend_workspace, write
from portalgen.making import Order
from portalgen.problem import Severity
from portalgen.report import Report
from portalgen.terminal import Terminal, clean, counted


@click.command()
@click.argument("clients", nargs=-1, metavar="[CLIENT]...")
@click.option("--fix", is_flag=True, help="Mend what has one right answer, and say the rest.")
@click.option("--dry-run", is_flag=True, help="With --fix: show the changes, and write nothing.")
@strict_option
@format_option
@workspace_option
@today_option
def check(
    *,
    clients: tuple[str, ...],
    fix: bool,
    dry_run: bool,
    strict: bool,
    form: str,
    root: Path,
    today: date,
) -> None:
    """Find everything that is wrong with the content of all clients, or of each CLIENT.

    Nothing is written, but with --fix: then a slip with one right answer is mended in its place,
    and nothing around it changes.

    \b
    Examples:
      portalgen check                      everything, with its line and its mend
      portalgen check salon-martin         one client, and what all of them share
      portalgen check --fix --dry-run      what would be mended for you
      portalgen check --format json        for your own tools
    """
    if dry_run and not fix:
        raise click.UsageError("--dry-run goes with --fix; without it, check writes nothing.")
    if dry_run and form != "text":
        raise click.UsageError("--dry-run shows the changes as text; leave out --format.")
    names = known_clients(root, clients)
    screen = terminal()
    mended = _mended(root, names, today, screen, dry_run=dry_run) if fix else ()
    if dry_run:
        _show(mended, screen)
        return
    if form == "text":
        _tell_mended(mended)
    order = Order(root=root, output=None, clients=names, today=today, traces=is_verbose())
    with Watch(screen) as watch:
        report = run(order, screen, watch)
    if form == "text":
        _tell(report, root, screen, mended=fix)
        tell_time(_totals(names or clients_in(root)), watch, screen)
    else:
        more = {"fixed": _objects(mended)} if fix else {}
        click.echo(in_format(form, report, root, more), nl=False)
    sys.exit(report.exit_code(strict=strict))


def _mended(
    root: Path, names: Sequence[str], today: date, screen: Terminal, *, dry_run: bool
) -> tuple[Mended, ...]:
    """The files that mend themselves; written, unless it is only to be shown."""
    what = interrupted(root)
    if what:
        raise click.UsageError(f"{what} was cut off; finish it first: portalgen approve")
    wanted = names or clients_in(root)
    with disk_errors(". What was mended before it stays mended."), Watch(screen) as watch:
        if dry_run:
            return mend_workspace(root, wanted, today, watch.progress)
        with only_one(root):
            return tuple(write(root, mend_workspace(root, wanted, today, watch.progress)))


def _tell_mended(mended: Sequence[Mended]) -> None:
    for file in mended:
        for mend in file.mends:
            place = clean(f"{file.path}:{mend.line}")
            change = f"{clean(mend.before.strip())} → {clean(mend.after.strip())}"
            click.echo(f"{place}: fixed[{mend.code}]: {change}")


def _show(mended: Sequence[Mended], screen: Terminal) -> None:
    for file in mended:
        before, after = (data.decode("utf-8").splitlines() for data in (file.before, file.after))
        for line in difflib.unified_diff(before, after, file.path, file.path, n=1, lineterm=""):
            click.echo(clean(line))
    number = sum(len(file.mends) for file in mended)
    screen.say(f"{number} would be mended; nothing was written" if number else "nothing to fix")


def _objects(mended: Sequence[Mended]) -> list[dict[str, Any]]:
    return [
        {
            "code": mend.code,
            "file": file.path,
            "line": mend.line,
            "before": mend.before,
            "after": mend.after,
        }
        for file in mended
        for mend in file.mends
    ]


def _tell(report: Report, root: Path, screen: Terminal, *, mended: bool) -> None:
    if any(problem.severity is not Severity.NOTE for problem in report.problems):
        tell_problems(report, screen, mended=mended)
        return
    screen.problems(report.problems)
    if clients_in(root):
        counts = counted(report.problems, report.silenced)
        screen.say(f"nothing to mend{counts and f' ({counts})'}")


def _totals(names: Sequence[str]) -> str:
    return f"{len(names)} client{'s' * (len(names) != 1)} checked"
