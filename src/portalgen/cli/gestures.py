"""The daily gestures on the work: `start`, `done`, `move`, `wait` and `received`."""

from datetime import date
from pathlib import Path

import click

from portalgen.cli.gesture_words import (
    Desk,
    day_option,
    day_said,
    desk_options,
    make,
    span_said,
    words_of,
)
from portalgen.gestures import (
    GestureError,
    Need,
    Plan,
    Promise,
    Shelf,
    corrected,
    finished,
    found,
    moved,
    project_moved,
    received_from_client,
    started,
    waiting,
)
from portalgen.model.entry import Correction, Deliverable, Step

_PROJECT = ("project", "projet")


@click.command()
@click.argument("client")
@click.argument("name", metavar="STEP")
@day_option
@desk_options
def start(
    *, client: str, name: str, on: str | None, dry_run: bool, root: Path, today: date
) -> None:
    """Write down that STEP of CLIENT has begun.

    STEP is its id, its number, or a word of its title.

    \b
    Examples:
      portalgen start bakery drawing
      portalgen start bakery 1 --on yesterday
    """
    day = day_said(on, today)

    def plan(shelf: Shelf) -> Plan:
        step = found(shelf, name, ("steps",))
        assert isinstance(step, Step)  # noqa: S101 - no other kind is looked for
        return started(shelf, step, day)

    make(Desk(root, today, dry_run), client, plan)


@click.command()
@click.argument("client")
@click.argument("name", metavar="STEP|CORRECTION")
@click.option("--reply", metavar="TEXT", help="Your answer to a correction; - reads it.")
@day_option
@desk_options
def done(
    *,
    client: str,
    name: str,
    reply: str | None,
    on: str | None,
    dry_run: bool,
    root: Path,
    today: date,
) -> None:
    """Write down that a step, or a correction, of CLIENT is done.

    \b
    Examples:
      portalgen done bakery drawing
      portalgen done bakery drawing --on 2026-09-24
      portalgen done bakery C1 --reply "Done. From six o'clock, it is on top."
    """
    day = day_said(on, today)
    answer = None if reply is None else words_of(reply, "The reply")

    def plan(shelf: Shelf) -> Plan:
        work = found(shelf, name, ("steps", "corrections"))
        if isinstance(work, Correction):
            return corrected(shelf, work, day, answer)
        assert isinstance(work, Step)  # noqa: S101 - no other kind is looked for
        if answer is not None:
            raise GestureError(f"{work.id} is a step, and has no reply", "leave out --reply")
        return finished(shelf, work, day)

    make(Desk(root, today, dry_run), client, plan)


@click.command()
@click.argument("client")
@click.argument("name", metavar="STEP|DELIVERABLE|project")
@click.argument("due", metavar="NEW-DATE")
@click.option("--why", metavar="TEXT", help="The reason, if you wish to give it.")
@day_option
@desk_options
def move(
    *,
    client: str,
    name: str,
    due: str,
    why: str | None,
    on: str | None,
    dry_run: bool,
    root: Path,
    today: date,
) -> None:
    """Promise something of CLIENT for another day, or range of days.

    The date before stays beside it, and your client sees that it moved.

    \b
    Examples:
      portalgen move bakery drawing 2026-09-25
      portalgen move bakery project 2026-11-09/2026-11-13 --why "The oven came late."
    """
    new = Promise(
        due=span_said(due, today, "NEW-DATE"),
        on=day_said(on, today),
        why=None if why is None else words_of(why, "The reason"),
    )

    def plan(shelf: Shelf) -> Plan:
        if name.lower() in _PROJECT:
            return project_moved(shelf, new)
        work = found(shelf, name, ("steps", "deliverables"))
        assert isinstance(work, Step | Deliverable)  # noqa: S101 - no other kind is looked for
        return moved(shelf, work, new)

    make(Desk(root, today, dry_run), client, plan)


@click.command()
@click.argument("client")
@click.argument("name", metavar="STEP")
@click.argument("what")
@click.option("--how", metavar="TEXT", help="How they can give it.")
@click.option("--from", "from_", metavar="NAME", help="Who is asked: a contact's id, or a name.")
@click.option("--before", metavar="DATE", help="The day you need it by.")
@desk_options
def wait(
    *,
    client: str,
    name: str,
    what: str,
    how: str | None,
    from_: str | None,
    before: str | None,
    dry_run: bool,
    root: Path,
    today: date,
) -> None:
    """Ask CLIENT for WHAT a step waits for; it stands first on their portal.

    \b
    Examples:
      portalgen wait bakery drawing "The names of the seven breads." --from anna
      portalgen wait bakery 1 "Your logo." --how "By e-mail." --before 2026-09-21
    """
    need = Need(
        what=words_of(what, "What you need"),
        how=None if how is None else words_of(how, "The way"),
        from_=None if from_ is None else words_of(from_, "The name"),
        before=day_said(before, today, "--before"),
    )

    def plan(shelf: Shelf) -> Plan:
        step = found(shelf, name, ("steps",))
        assert isinstance(step, Step)  # noqa: S101 - no other kind is looked for
        return waiting(shelf, step, need)

    make(Desk(root, today, dry_run), client, plan)


@click.command()
@click.argument("client")
@click.argument("name", metavar="STEP|DELIVERABLE")
@desk_options
def received(*, client: str, name: str, dry_run: bool, root: Path, today: date) -> None:
    """Take out what CLIENT was asked for, or the question: you have it now.

    \b
    Examples:
      portalgen received bakery drawing
      portalgen received bakery site
    """

    def plan(shelf: Shelf) -> Plan:
        work = found(shelf, name, ("steps", "deliverables"))
        assert isinstance(work, Step | Deliverable)  # noqa: S101 - no other kind is looked for
        return received_from_client(work)

    make(Desk(root, today, dry_run), client, plan)
