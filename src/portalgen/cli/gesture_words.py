"""What the gestures share: the client, the day, the answer, and what they say."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

import click

from portalgen.approving import only_one
from portalgen.cli.changes import difference, tell_commit
from portalgen.cli.common import (
    disk_errors,
    known_clients,
    refused,
    terminal,
    today_option,
    workspace_option,
)
from portalgen.cli.new_input import text_of
from portalgen.gestures import GestureError, Plan, Prepared, Shelf, carry_out, open_shelf, prepared
from portalgen.model.values import Span, days_said
from portalgen.scaffold.opening import NewError
from portalgen.terminal import clean

Command = TypeVar("Command", bound=Callable[..., Any])

_SPOKEN_DAYS = {"today": 0, "yesterday": 1, "aujourd'hui": 0, "hier": 1}


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a gesture is made: the workspace, its day, and whether it is only shown."""

    root: Path
    today: date
    dry_run: bool


def desk_options(command: Command) -> Command:
    """`--dry-run`, `--workspace` and `--today`."""
    command = today_option(workspace_option(command))
    help_text = "Show what would change, and write nothing."
    return click.option("--dry-run", is_flag=True, help=help_text)(command)


def day_option(command: Command) -> Command:
    """`--on`."""
    help_text = "The day it was: 2026-09-14, or yesterday; today by default."
    return click.option("--on", metavar="DATE", help=help_text)(command)


def words_of(given: str, what: str) -> str:
    """A text as given, or that on standard input for a hyphen."""
    text = text_of(given)
    if not text:
        raise click.UsageError(f"{what} is empty.")
    return text


def day_said(given: str | None, today: date, option: str = "--on") -> date | None:
    """A single day.

    Raises:
        click.UsageError: it is none; it says the right form.
    """
    if given is None:
        return None
    span = span_said(given, today, option)
    if span.is_range:
        raise click.UsageError(f"{option} is a single day: write {span.first}")
    return span.first


def span_said(given: str, today: date, what: str) -> Span:
    """A day or a range of days."""
    ago = _SPOKEN_DAYS.get(given.strip().lower().replace("’", "'"))
    if ago is not None:
        day = today - timedelta(days=ago)
        return Span(day, day)
    try:
        return days_said(given)
    except ValueError as error:
        raise click.UsageError(f"{what}: {clean(str(error))}") from None


def make(desk: Desk, client: str, plan_for: Callable[[Shelf], Plan]) -> None:
    """Plan a gesture for a client, check it, make it, and say what is so now."""
    client = known_clients(desk.root, (client,))[0]
    with disk_errors(". Nothing was changed."), refusals(), _alone(desk):
        shelf = open_shelf(desk.root, client, desk.today)
        ready = prepared(shelf, plan_for(shelf))
        if not desk.dry_run:
            carry_out(shelf, ready)
    _tell(shelf, ready, dry_run=desk.dry_run)


def _alone(desk: Desk) -> AbstractContextManager[None]:
    """Nobody else changes the workspace meanwhile; what writes nothing need not wait."""
    return nullcontext() if desk.dry_run else only_one(desk.root)


@contextmanager
def refusals() -> Iterator[None]:
    """Say why nothing is changed, and end."""
    try:
        yield
    except (GestureError, NewError) as error:
        raise refused(error, error.hint, error.problems, "nothing was changed") from error


def _tell(shelf: Shelf, ready: Prepared, *, dry_run: bool) -> None:
    screen = terminal()
    for path in ready.paths:
        click.echo(clean(path))
    for change in ready.changes if dry_run else ():
        click.echo(difference(change), nl=False)
    screen.problems(ready.warnings)
    screen.say(_on_one_line(ready.plan.said))
    if dry_run or not ready.changes:
        screen.say("nothing was written" if ready.changes else "nothing to change")
        return
    for line in ready.then:
        screen.say(line)
    name = shelf.portal.client.name
    screen.say("build, and commit:")
    tell_commit(screen, ready.paths, _on_one_line(f"{name}: {ready.plan.commit}"))


def _on_one_line(text: str) -> str:
    """A text without the line ends that a title may have."""
    return " ".join(text.split())
