"""`access`: who may open which portal."""

import sys
from datetime import date
from pathlib import Path

import click

from portalgen.cli.common import known_clients, terminal, today_option, workspace_option
from portalgen.grant import CannotGrantError, Grant, grant_client, grant_studio
from portalgen.passphrase import fold, weakness


@click.group()
def access() -> None:
    """Let people open portals."""


@access.command()
@click.argument("names", nargs=-1, required=True, metavar="CLIENT PERSON")
@click.option("--studio", is_flag=True, help="Name only a PERSON: they open every portal.")
@click.option(
    "--passphrase-stdin",
    is_flag=True,
    help="Read the passphrase from standard input instead of making one.",
)
@workspace_option
@today_option
def grant(
    names: tuple[str, ...],
    studio: bool,
    passphrase_stdin: bool,
    root: Path,
    today: date,
) -> None:
    """Let PERSON, a contact of CLIENT, open that client's portal.

    The passphrase is made of random words and shown once. It is stored nowhere.

    \b
    Examples:
      portalgen access grant salon-martin claire
      portalgen access grant --studio nadia
    """
    if len(names) != (1 if studio else 2):
        raise click.UsageError("Name a client and one of its contacts, or --studio and a name.")
    if not all(name.strip() and name.isprintable() for name in names):
        raise click.UsageError("A name has letters, and no control signs.")
    client = "" if studio else known_clients(root, names[:1])[0]
    passphrase = _from_stdin() if passphrase_stdin else None
    try:
        if client:
            made = grant_client(root, client, names[1], today, passphrase)
        else:
            made = grant_studio(root, names[0], today, passphrase)
    except CannotGrantError as error:
        terminal().problems(error.problems)
        hint = f"\n{error.hint}" if error.hint else ""
        raise click.ClickException(f"{error}{hint}") from error
    _show(made)


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


def _show(made: Grant) -> None:
    screen = terminal()
    if made.passphrase:
        screen.say(f"{made.name} opens it with this passphrase. It is shown once and kept nowhere:")
        click.echo(made.passphrase)
        screen.say("capital letters, accents and spaces do not matter when it is typed")
    else:
        screen.say(f"{made.name} opens it with the passphrase given")
    screen.say(f"commit {made.file.name}, and build again")
