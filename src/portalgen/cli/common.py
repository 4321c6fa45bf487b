"""What the commands share: the workspace, the day, and the way to the terminal."""

import os
import shlex
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from portalgen.cli.loudness import is_quiet
from portalgen.model.folder import CONTENT
from portalgen.model.spellings import closest
from portalgen.model.values import days_said
from portalgen.problem import Problem
from portalgen.read import client_names, workspace_above
from portalgen.terminal import Terminal, clean
from portalgen.write import meant

Command = TypeVar("Command", bound=Callable[..., Any])


def workspace_option(command: Command) -> Command:
    """`--workspace`, the folder that holds content/."""
    return click.option(
        "-w",
        "--workspace",
        "root",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        default=".",
        help="Folder that holds content/; the current one by default.",
        callback=_with_content,
    )(command)


def today_option(command: Command) -> Command:
    """`--today`, the build's own day."""
    return click.option(
        "--today",
        metavar="DATE",
        help="Day of the build, YYYY-MM-DD; SOURCE_DATE_EPOCH, else today, by default.",
        callback=_day,
    )(command)


def terminal() -> Terminal:
    """The terminal for messages: stderr, as loud as was asked for."""
    is_plain = os.environ.get("TERM") == "dumb"
    live = sys.stderr.isatty() and not is_plain
    return Terminal(sys.stderr, colour=_has_colour(live=live), live=live, quiet=is_quiet())


def _has_colour(*, live: bool) -> bool:
    """Whether messages have colours: no-color.org first, then bixense.com/clicolors."""
    if os.environ.get("NO_COLOR"):
        return False
    forced = (os.environ.get("FORCE_COLOR"), os.environ.get("CLICOLOR_FORCE"))
    if any(value not in (None, "", "0") for value in forced):
        return True
    return live and os.environ.get("CLICOLOR") != "0"


def clients_in(root: Path) -> tuple[str, ...]:
    """The names of all clients."""
    with disk_errors():
        return client_names(root)


@contextmanager
def disk_errors(more: str = "") -> Iterator[None]:
    """Say in one line what the system refuses, and end; `more` is said after it."""
    try:
        yield
    except OSError as error:
        name = meant(os.fsdecode(error.filename or "a file"))
        raise click.ClickException(f"{clean(name)}: {error.strerror}{more}") from error


def refused(
    why: Exception, hint: str, problems: Iterable[Problem], outcome: str
) -> click.ClickException:
    """Show the problems behind a refusal; the error to end with says why, the hint, the outcome."""
    terminal().problems(problems)
    said = f"{why}\n{hint}" if hint else str(why)
    lines = [clean(line) for line in said.split("\n")]
    return click.ClickException("\n".join([*lines, outcome]))


def known_clients(root: Path, names: tuple[str, ...]) -> tuple[str, ...]:
    """The names as given (a trailing slash does not count), if there are such clients."""
    known = clients_in(root)
    wanted = tuple(name.rstrip("/").rpartition("/")[2] for name in names)
    for name in wanted:
        if name not in known:
            near = closest(name, list(known))
            listed = f"The clients are: {', '.join(known) or 'none yet'}."
            hint = f'Did you mean "{near}"?' if near else listed
            raise click.UsageError(f'There is no client "{name}" in content/. {hint}')
    return wanted


def _with_content(_context: click.Context, _option: click.Parameter, root: Path) -> Path:
    if not (root / CONTENT).is_dir():
        raise click.UsageError(f"There is no folder {CONTENT}/ here. {_way_to_workspace(root)}")
    return root


def _way_to_workspace(root: Path) -> str:
    """What to do in a folder that is none: most often, somebody stands deep in their own."""
    above = workspace_above(root)
    if above:
        return f"Your workspace is further up: {shlex.join(['cd', os.path.relpath(above)])}"
    return (
        "Run portalgen in your workspace, or name it with --workspace. For a new one: "
        "portalgen init"
    )


def _day(_context: click.Context, _option: click.Parameter, given: str | None) -> date:
    if given is not None:
        return _day_said(given)
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.now(UTC).astimezone().date()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError):
        raise click.UsageError(
            f"SOURCE_DATE_EPOCH is {epoch!r}, and has to be a number of seconds."
        ) from None


def _day_said(given: str) -> date:
    try:
        span = days_said(given)
    except ValueError as error:
        raise click.UsageError(f"--today: {clean(str(error))}") from None
    if span.is_range:
        raise click.UsageError(f"--today is a single day: write {span.first}")
    return span.first
