"""`approve`: the client's approval, and with it the issue of an invoice."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

from portalgen.approving import (
    ApproveError,
    Prepared,
    Recovery,
    Wish,
    apply,
    interrupted,
    only_one,
    prepare,
    recover,
)
from portalgen.cli.approve_other import approve_other, is_other
from portalgen.cli.changes import difference, tell_commit
from portalgen.cli.common import (
    disk_errors,
    known_clients,
    refused,
    terminal,
    today_option,
    workspace_option,
)
from portalgen.cli.gesture_words import Desk, day_option, day_said
from portalgen.cli.new_input import is_text
from portalgen.terminal import clean


@click.command()
@click.argument("client", required=False)
@click.argument("invoice", required=False, metavar="[INVOICE|DELIVERABLE|AMENDMENT|spec]")
@click.option("--by", metavar="NAME", help="Who approved: a contact's id, or a name.")
@day_option
@click.option("--via", metavar="HOW", help="How they said it: mail, phone, meeting…")
@click.option("--waive", multiple=True, metavar="ID", help="What they do without; or all.")
@click.option("--number", metavar="N", help="The very first number; then each follows the last.")
@click.option(
    "--renumber", is_flag=True, help="Give the next number: two branches issued the same."
)
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@workspace_option
@today_option
def approve(
    *,
    client: str | None,
    invoice: str | None,
    by: str | None,
    on: str | None,
    via: str | None,
    waive: tuple[str, ...],
    number: str | None,
    renumber: bool,
    dry_run: bool,
    root: Path,
    today: date,
) -> None:
    """Write down the approval of CLIENT, and issue INVOICE: its number, its date, its frozen form.

    INVOICE can be left out when only one is not issued yet. All is written, or nothing; what still
    keeps the invoice back is named. With a deliverable, an amendment or spec, their yes is written
    down there, and no invoice is touched.

    \b
    Examples:
      portalgen approve salon-martin --by claire --via phone
      portalgen approve salon-martin solde --by claire --on 2026-12-18 --waive guide
      portalgen approve salon-martin photos --by claire --via "by phone"
    """
    said = (text for text in (by, via, number, *waive) if text is not None)
    if not all(text.strip() and is_text(text) for text in said):
        raise click.UsageError("A name, an id or a number has letters, and no control signs.")
    wish = Wish(
        client=known_clients(root, (client,))[0] if client else "",
        invoice=invoice,
        by=by,
        on=day_said(on, today),
        via=via,
        waived=waive,
        number=number,
        renumber=renumber,
    )
    if invoice and wish.client and is_other(root, wish.client, invoice, today):
        approve_other(Desk(root, today, dry_run), wish)
        return
    with disk_errors(". Nothing was changed."), _refusals():
        if dry_run:
            _show(root, wish, today)
        else:
            _issue(root, wish, today)


def _issue(root: Path, wish: Wish, today: date) -> None:
    with only_one(root):
        recovery = recover(root)
        if recovery:
            _tell_recovered(recovery)
        is_that_one = recovery and recovery.what.endswith(f" of {wish.client}")
        if not wish.client and not recovery:
            raise click.UsageError("Name the CLIENT whose invoice is approved.")
        if not wish.client or (is_that_one and wish.invoice is None):
            return
        prepared = prepare(root, wish, today)
        if prepared.changes:
            apply(root, _what(prepared), prepared.changes)
    terminal().problems(prepared.warnings)
    if prepared.changes:
        click.echo(_line(prepared, "issued"))
        _tell_files(prepared)
    else:
        click.echo(_line(prepared, "issued already"))


def _show(root: Path, wish: Wish, today: date) -> None:
    what = interrupted(root)
    if what:
        raise ApproveError(f"{what} was cut off", "to finish it, run: portalgen approve")
    if not wish.client:
        raise click.UsageError("Name the CLIENT whose invoice is approved.")
    prepared = prepare(root, wish, today)
    terminal().problems(prepared.warnings)
    if not prepared.changes:
        click.echo(_line(prepared, "issued already"))
        return
    click.echo(_line(prepared, "would be issued"))
    for change in prepared.changes:
        click.echo(f"  {clean(change.path)}")
        if not change.path.endswith(".json"):
            click.echo(difference(change), nl=False)
    terminal().say("nothing was written")


def _what(prepared: Prepared) -> str:
    return f"invoice {prepared.document.number} of {prepared.client}"


def _line(prepared: Prepared, state: str) -> str:
    said = prepared.document
    total = f"{said.totals.with_vat:f} {said.currency}"
    name = clean(f"{prepared.client}, {prepared.invoice}")
    return f"{said.number}: {state} on {said.issued}, {name}, {total}"


def _tell_files(prepared: Prepared) -> None:
    paths = [change.path for change in prepared.changes]
    for path in paths:
        click.echo(f"  {clean(path)}")
    screen = terminal()
    screen.say("build, and commit these files together:")
    tell_commit(screen, paths, f"Invoice {prepared.document.number}")


def _tell_recovered(recovery: Recovery) -> None:
    if not recovery.meddled:
        click.echo(f"{clean(recovery.what)}: was cut off, and is finished now")
        return
    files = clean(", ".join(recovery.meddled))
    click.echo(f"{clean(recovery.what)}: was cut off, and is undone: {files} changed since")
    terminal().say("run portalgen check: it says what is left to do")


@contextmanager
def _refusals() -> Iterator[None]:
    """Say why nothing is issued, and end."""
    try:
        yield
    except ApproveError as error:
        raise refused(error, error.hint, error.problems, "nothing was written") from error
