"""`new`: the right file in the right place, with the next number."""

from datetime import date
from pathlib import Path

import click

from portalgen.cli.common import known_clients, today_option, workspace_option
from portalgen.cli.gesture_words import day_option, day_said
from portalgen.cli.new_client import client as client_command
from portalgen.cli.new_input import (
    asked,
    covers_option,
    due_option,
    edit_option,
    line_of,
    names_of,
    refusals,
    text_of,
    text_option,
)
from portalgen.cli.new_invoice import invoice
from portalgen.cli.new_words import open_in_editor, tell_added, tell_term
from portalgen.model.folder import CONTENT
from portalgen.scaffold.entries import Wish, add_entry
from portalgen.scaffold.ordering import Spot
from portalgen.scaffold.terms import add_term
from portalgen.scaffold.texts import Value


@click.group()
def new() -> None:
    """Begin a client, a step, a deliverable, an invoice…: the file, its name, its place.

    Nothing is ever written over a file.
    """


new.add_command(client_command)
new.add_command(invoice)


@new.command()
@click.argument("client")
@click.argument("title", required=False, callback=line_of)
@due_option
@covers_option
@click.option("--after", metavar="STEP", help="Put it behind that step; files are renumbered.")
@click.option("--before", metavar="STEP", help="Put it before that step.")
@click.option("--internal", is_flag=True, help="For yourself: never published.")
@click.option("--started", is_flag=True, help="It begins today.")
@text_option
@edit_option
@workspace_option
@today_option
def step(
    *,
    client: str,
    title: str,
    due: str,
    covers: tuple[str, ...],
    after: str | None,
    before: str | None,
    internal: bool,
    started: bool,
    text: str,
    edit: bool,
    root: Path,
    today: date,
) -> None:
    """Plan a piece of the work for CLIENT.

    \b
    Examples:
      portalgen new step bakery "Drawing the first page" --due 2026-09-18 --covers R1,R2
      portalgen new step bakery "A second round of photos" --after photos --started
    """
    if after and before:
        raise click.UsageError("Say --after or --before, not both.")
    client = known_clients(root, (client,))[0]
    values: dict[str, Value] = {
        "title": _title(title, f'portalgen new step {client} "Drawing the first page"'),
        "started": today.isoformat() if started else "",
        "due": due,
        "covers": covers,
        "internal": "yes" if internal else "",
    }
    spot = Spot(after, before) if after or before else None
    wish = Wish(kind="step", values=values, text=text_of(text), spot=spot)
    _add(root, client, wish, today, edit=edit)


@new.command()
@click.argument("client")
@click.argument("title", required=False, callback=line_of)
@day_option
@click.option("--by", metavar="NAME", callback=line_of, help="Who writes it.")
@text_option
@edit_option
@workspace_option
@today_option
def update(
    *,
    client: str,
    title: str,
    on: str | None,
    by: str,
    text: str,
    edit: bool,
    root: Path,
    today: date,
) -> None:
    """Tell CLIENT the news, in the journal.

    \b
    Examples:
      portalgen new update bakery "The page is drawn" --edit
      portalgen new update bakery "The page is drawn" --text - < news.md
    """
    client = known_clients(root, (client,))[0]
    title = _title(title, f'portalgen new update {client} "The page is drawn"')
    values: dict[str, Value] = {"title": title, "by": by}
    wish = Wish(kind="update", values=values, text=text_of(text), on=day_said(on, today) or today)
    _add(root, client, wish, today, edit=edit)


@new.command()
@click.argument("client")
@click.argument("title", required=False, callback=line_of)
@due_option
@covers_option
@click.option("--file", "files", multiple=True, metavar="FILE", help="A file that belongs to it.")
@text_option
@edit_option
@workspace_option
@today_option
def deliverable(
    *,
    client: str,
    title: str,
    due: str,
    covers: tuple[str, ...],
    files: tuple[str, ...],
    text: str,
    edit: bool,
    root: Path,
    today: date,
) -> None:
    """Promise something that CLIENT receives.

    \b
    Example:
      portalgen new deliverable bakery "The page designs" --due 2026-10-02 --file files/designs.pdf
    """
    client = known_clients(root, (client,))[0]
    values: dict[str, Value] = {
        "title": _title(title, f'portalgen new deliverable {client} "The page designs"'),
        "due": due,
        "files": tuple(_inside(file, client) for file in files),
        "covers": covers,
    }
    wish = Wish(kind="deliverable", values=values, text=text_of(text))
    _add(root, client, wish, today, edit=edit)


@new.command()
@click.argument("client")
@click.argument("text", required=False)
@click.option("--by", metavar="PERSON", callback=line_of, help="Who asks: a contact, or a name.")
@click.option("--about", metavar="ID", callback=line_of, help="A step or a deliverable.")
@day_option
@edit_option
@workspace_option
@today_option
def correction(
    *,
    client: str,
    text: str | None,
    by: str,
    about: str,
    on: str | None,
    edit: bool,
    root: Path,
    today: date,
) -> None:
    """Write down what CLIENT asks to change, in their words: TEXT, or - for standard input.

    \b
    Examples:
      portalgen new correction bakery "The rye is missing" --by anna --about site
      pbpaste | portalgen new correction bakery - --by anna
    """
    client = known_clients(root, (client,))[0]
    example = f'portalgen new correction {client} "The rye is missing" --by anna --about site'
    if not edit or text:
        text = text_of(
            asked(text, "What they ask to change", "What do they ask to change", example)
        )
    day = (day_said(on, today) or today).isoformat()
    values: dict[str, Value] = {"on": day, "by": by, "about": about}
    _add(root, client, Wish(kind="correction", values=values, text=text or ""), today, edit=edit)


@new.command()
@click.argument("client")
@click.argument("title", required=False, callback=line_of)
@click.option(
    "--price-change", metavar="AMOUNT", callback=line_of, help="Without VAT: 180.00, or -180.00."
)
@click.option("--due-change", metavar="DATE", callback=line_of, help="The project's new date.")
@click.option("--removes", metavar="R1,R2", callback=names_of, help="What no longer stands.")
@click.option("--why", metavar="TEXT", callback=line_of, help="The reason.")
@text_option
@edit_option
@workspace_option
@today_option
def amendment(
    *,
    client: str,
    title: str,
    price_change: str,
    due_change: str,
    removes: tuple[str, ...],
    why: str,
    text: str,
    edit: bool,
    root: Path,
    today: date,
) -> None:
    """Propose a change to what was agreed with CLIENT.

    \b
    Example:
      portalgen new amendment bakery "A page for Christmas orders" --price-change 180.00
    """
    client = known_clients(root, (client,))[0]
    values: dict[str, Value] = {
        "title": _title(title, f'portalgen new amendment {client} "A page for orders"'),
        "removes": removes,
        "price_change": price_change,
        "due_change": due_change,
        "why": why,
    }
    wish = Wish(kind="amendment", values=values, text=text_of(text))
    _add(root, client, wish, today, edit=edit)


@new.command()
@click.argument("term", callback=line_of)
@click.argument("explanation", required=False, callback=line_of)
@workspace_option
def term(term: str, explanation: str, root: Path) -> None:
    """Explain TERM to all clients, in the glossary.

    \b
    Example:
      portalgen new term hosting "The place where your site lives, switched on day and night."
    """
    example = 'portalgen new term hosting "The place where your site lives."'
    said = asked(explanation, "The explanation", "What it means, in plain words", example)
    with refusals():
        add_term(root, term, said)
    tell_term(term)


def _title(given: str, example: str) -> str:
    return asked(given, "The title", "Title", example)


def _inside(file: str, client: str) -> str:
    """A file from the client's folder, however a shell completed its path."""
    path = file.replace("\\", "/")
    _, folder, rest = path.partition(f"{CONTENT}/{client}/")
    return rest if folder else path.removeprefix("./")


def _add(root: Path, client: str, wish: Wish, today: date, *, edit: bool) -> None:
    with refusals():
        added = add_entry(root, client, wish, today)
    tell_added(client, wish, added)
    if edit:
        open_in_editor(root / added.path)
