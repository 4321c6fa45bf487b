"""`access`: who may open which portal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

from portalgen.access import grant as granting
from portalgen.access.openers import openers
from portalgen.access.revoke import revoke as revoke_access
from portalgen.access.roster import AccessError, Roster, client_roster, studio_roster
from portalgen.cli import access_words as words
from portalgen.cli.common import Command, known_clients, terminal, today_option, workspace_option
from portalgen.passphrase import fold, weakness
from portalgen.read import client_names


@click.group()
def access() -> None:
    """Let people open portals, and take it back."""


def _names_argument(command: Command) -> Command:
    """CLIENT PERSON, or PERSON alone with --studio."""
    studio = click.option("--studio", is_flag=True, help="Name only a PERSON: one of the studio's.")
    return click.argument("names", nargs=-1, required=True, metavar="CLIENT PERSON")(
        studio(command)
    )


def _passphrase_option(command: Command) -> Command:
    return click.option(
        "--passphrase-stdin",
        is_flag=True,
        help="Read the passphrase from standard input instead of making one.",
    )(command)


def _by_option(command: Command) -> Command:
    return click.option(
        "--by",
        metavar="NAME",
        help="Who grants it; the studio's owner by default.",
        callback=lambda _context, _option, name: name if name is None else _name(name),
    )(command)


@access.command()
@_names_argument
@_by_option
@_passphrase_option
@workspace_option
@today_option
def grant(
    *,
    names: tuple[str, ...],
    studio: bool,
    by: str | None,
    passphrase_stdin: bool,
    root: Path,
    today: date,
) -> None:
    """Let PERSON, a contact of CLIENT, open that client's portal.

    Prints two messages for them: a letter with the address, and the passphrase, which is made of
    random words, shown once and stored nowhere.

    \b
    Examples:
      portalgen access grant salon-martin claire
      portalgen access grant --studio nadia
    """
    with _refusals():
        roster, who = _opened(root, names, studio=studio)
        passphrase = _from_stdin() if passphrase_stdin else None
        made = granting.grant(roster, who, today, by, passphrase)
    words.tell_granted(roster, made, renewed=False)


@access.command()
@_names_argument
@_passphrase_option
@workspace_option
def rotate(names: tuple[str, ...], studio: bool, passphrase_stdin: bool, root: Path) -> None:
    """Give PERSON a new passphrase in place of the old one.

    For when it is lost, or somebody else knows it. Their keys are new as well, so codes that were
    sealed for them have to be sealed again.

    \b
    Examples:
      portalgen access rotate salon-martin claire
      portalgen access rotate --studio nadia
    """
    with _refusals():
        roster, who = _opened(root, names, studio=studio)
        made = granting.rotate(roster, who, _from_stdin() if passphrase_stdin else None)
    words.tell_granted(roster, made, renewed=True)


@access.command()
@click.argument("client")
@click.argument("person")
@_by_option
@workspace_option
@today_option
def link(client: str, person: str, by: str | None, root: Path, today: date) -> None:
    """Make PERSON a link that opens CLIENT's portal by itself.

    Whoever has it gets in, without a passphrase. There is one for each person: a second takes the
    place of the first.

    \b
    Examples:
      portalgen access link salon-martin claire
      portalgen access revoke salon-martin claire --link     take it back
    """
    with _refusals():
        roster, who = _opened(root, (client, person), studio=False)
        made = granting.link(roster, who, today, by)
    words.tell_linked(roster, made)


@access.command()
@_names_argument
@click.option("--link", is_flag=True, help="Take only the access link; the passphrase stays.")
@workspace_option
def revoke(names: tuple[str, ...], studio: bool, link: bool, root: Path) -> None:
    """Take PERSON off the list of those who open CLIENT's portal.

    Prints the access codes that they could read, and that therefore have to change.

    \b
    Examples:
      portalgen access revoke salon-martin claire
      portalgen access revoke salon-martin claire --link     only their link
      portalgen access revoke --studio nadia
    """
    if studio and link:
        raise click.UsageError("The studio's people have no links.")
    with _refusals():
        roster, who = _opened(root, names, studio=studio)
        made = revoke_access(roster, who, only_links=link)
    words.tell_revoked(roster, made)


@access.command("list")
@click.argument("clients", nargs=-1, metavar="[CLIENT]...")
@workspace_option
def list_(clients: tuple[str, ...], root: Path) -> None:
    """List who opens which portal: all of them, or CLIENT's.

    The studio's people come first. Contacts who have no access yet are named as well.

    \b
    Examples:
      portalgen access list
      portalgen access list salon-martin
    """
    names = known_clients(root, clients) or client_names(root)
    found, problems = openers(root, names)
    terminal().problems(problems)
    words.list_openers(found)
    sys.exit(1 if problems else 0)


@contextmanager
def _refusals() -> Iterator[None]:
    """Say why access cannot be changed, and end."""
    try:
        yield
    except AccessError as error:
        terminal().problems(error.problems)
        hint = f"\n{error.hint}" if error.hint else ""
        raise click.ClickException(f"{error}{hint}") from error


def _opened(root: Path, names: tuple[str, ...], *, studio: bool) -> tuple[Roster, str]:
    """The list that is meant, and who is meant on it."""
    if len(names) != (1 if studio else 2):
        raise click.UsageError("Name a client and one of its contacts, or --studio and a name.")
    *client, who = (_name(name) for name in names)
    if studio:
        return studio_roster(root), who
    return client_roster(root, known_clients(root, tuple(client))[0]), who


def _name(name: str) -> str:
    if not name.strip() or not name.isprintable():
        raise click.UsageError("A name has letters, and no control signs.")
    return name.strip()


_REASONS = {
    "empty": "the passphrase on standard input is empty",
    "guessable": "this passphrase can be guessed. Six random words are enough; capital letters, "
    "accents and signs between words do not count",
}


def _from_stdin() -> str:
    try:
        passphrase = sys.stdin.buffer.readline().decode("utf-8").strip()
    except UnicodeDecodeError:
        raise click.ClickException("the passphrase on standard input is not UTF-8") from None
    reason = weakness(fold(passphrase))
    if reason:
        raise click.ClickException(_REASONS[reason])
    return passphrase
