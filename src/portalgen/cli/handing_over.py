"""The daily gestures towards the client: `deliver`, `given` and `answer`."""

from datetime import date
from pathlib import Path

import click

from portalgen.cli.gesture_words import (
    Desk,
    day_option,
    day_said,
    desk_options,
    make,
    words_of,
)
from portalgen.gestures import (
    Delivery,
    Plan,
    Shelf,
    account_found,
    answered,
    attached_files,
    delivered,
    found,
    given_over,
)
from portalgen.model.entry import Correction, Deliverable


@click.command()
@click.argument("client")
@click.argument("name", metavar="DELIVERABLE")
@click.option("--version", metavar="V", help="What this version is called, such as 2.")
@click.option(
    "--file",
    "files",
    type=click.Path(path_type=Path),
    multiple=True,
    help="A file that goes with it: copied into the client's files/, unless it is there.",
)
@click.option("--link", metavar="URL", help="Where it can be seen.")
@day_option
@desk_options
def deliver(
    *,
    client: str,
    name: str,
    version: str | None,
    files: tuple[Path, ...],
    link: str | None,
    on: str | None,
    dry_run: bool,
    root: Path,
    today: date,
) -> None:
    """Write down that DELIVERABLE is handed over to CLIENT, or a new version of it.

    A new version takes the approval of the one before out, until they say yes again; its files
    take the place of those before.

    \b
    Examples:
      portalgen deliver bakery site --link https://quay-bakery.example
      portalgen deliver bakery logo --file ~/logo.pdf --version 2
    """
    day = day_said(on, today)
    called = None if version is None else words_of(version, "The version")
    address = None if link is None else words_of(link, "The link")

    def plan(shelf: Shelf) -> Plan:
        item = found(shelf, name, ("deliverables",))
        assert isinstance(item, Deliverable)  # noqa: S101 - no other kind is looked for
        with_it = attached_files(shelf, files, called)
        wish = Delivery(on=day, version=called, link=address, files=with_it)
        return delivered(shelf, item, wish)

    make(Desk(root, today, dry_run), client, plan)


@click.command()
@click.argument("client")
@click.argument("account")
@click.option("--received", "key", flag_value="received", help="They confirmed it.")
@click.option("--changed", "key", flag_value="changed", help="They changed the password.")
@day_option
@desk_options
def given(
    *,
    client: str,
    account: str,
    key: str | None,
    on: str | None,
    dry_run: bool,
    root: Path,
    today: date,
) -> None:
    """Write down that CLIENT was given the access to ACCOUNT.

    ACCOUNT is what it is for, or some words of that; its login; or its sealed code.

    \b
    Examples:
      portalgen given bakery hosting
      portalgen given bakery hosting --received
    """
    day = day_said(on, today)

    def plan(shelf: Shelf) -> Plan:
        item, position = account_found(shelf.portal, account)
        return given_over(shelf, item, position, day, key or "given")

    make(Desk(root, today, dry_run), client, plan)


@click.command()
@click.argument("client")
@click.argument("name", metavar="CORRECTION")
@click.argument("text")
@desk_options
def answer(*, client: str, name: str, text: str, dry_run: bool, root: Path, today: date) -> None:
    """Answer CORRECTION of CLIENT, and leave it open; - reads the TEXT from standard input.

    \b
    Examples:
      portalgen answer bakery C2 "A fair point. You will see it on Friday."
      portalgen answer bakery C2 - < answer.md
    """
    reply = words_of(text, "The answer")

    def plan(shelf: Shelf) -> Plan:
        asked = found(shelf, name, ("corrections",))
        assert isinstance(asked, Correction)  # noqa: S101 - no other kind is looked for
        return answered(shelf, asked, reply)

    make(Desk(root, today, dry_run), client, plan)
