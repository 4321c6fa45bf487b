"""`new client`: a folder for a client, and access for the first person."""

import re
from datetime import date
from pathlib import Path

import click

from portalgen.cli.access_words import tell_granted
from portalgen.cli.common import terminal, today_option, workspace_option
from portalgen.cli.new_input import asked, line_of, refusals
from portalgen.language import LANGUAGES
from portalgen.scaffold.clients import Begun, NewClient, new_client
from portalgen.terminal import clean

_WITH_ADDRESS = re.compile(r"(?P<name>[^<>]+?)\s*<(?P<email>[^<>\s]+)>")
_EXAMPLE = (
    'portalgen new client "Quay Bakery" --title "A site with the bread of the day" '
    '--contact "Anna Moss"'
)


@click.command()
@click.argument("name", required=False, callback=line_of)
@click.option("--title", metavar="TEXT", callback=line_of, help="What the project is called.")
@click.option("--contact", metavar="NAME", callback=line_of, help="The first person, in full.")
@click.option("--email", metavar="ADDRESS", callback=line_of, help="Where they are written to.")
@click.option("--language", type=click.Choice(LANGUAGES), help="Of the portal; yours by default.")
@click.option(
    "--formal/--informal", default=True, help="How the portal addresses them: vous, or tu."
)
@click.option("--unlisted", is_flag=True, help="Give the portal an address that nobody guesses.")
@click.option(
    "--spec",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A specification in Markdown that you have already; an outline by default.",
)
@workspace_option
@today_option
def client(
    *,
    name: str,
    title: str,
    contact: str,
    email: str,
    language: str | None,
    formal: bool,
    unlisted: bool,
    spec: Path | None,
    root: Path,
    today: date,
) -> None:
    """Begin a client: their folder, and a passphrase for the first person.

    What is missing is asked on a terminal. Until the specification is written, the portal is a
    draft, and is not published.

    \b
    Examples:
      portalgen new client "Quay Bakery"
      portalgen new client "Salon Martin" --title "Le nouveau site" --contact "Claire Martin"
    """
    name = asked(name, "The client's name", "The client's name", _EXAMPLE)
    title = asked(title, "--title", "What is the project called", _EXAMPLE)
    contact = asked(contact, "--contact", "Who is your contact there, in full", _EXAMPLE)
    found = _WITH_ADDRESS.fullmatch(contact)
    with refusals():
        wish = NewClient(
            name=name,
            title=title,
            contact=found["name"] if found else contact,
            email=email or (found["email"] if found else ""),
            language=language,
            is_formal=formal,
            is_unlisted=unlisted,
            spec=_spec(spec) if spec else None,
        )
        begun = new_client(root, wish, today)
    _tell(begun)


def _spec(file: Path) -> str:
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise click.ClickException(f"{clean(str(file))} is not UTF-8") from None
    if not text.strip():
        raise click.ClickException(f"{clean(str(file))} is empty: leave out --spec for an outline")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _tell(begun: Begun) -> None:
    for path in begun.files:
        click.echo(clean(path))
    click.echo()
    tell_granted(begun.roster, begun.granted, renewed=False)
    screen = terminal()
    screen.say("")
    if begun.is_draft:
        screen.say(f"next: write what you agree on into content/{begun.folder}/spec.md")
    screen.say(f"then: portalgen check {begun.folder}")
