"""What `new` says: the files on stdout, what to do next on stderr."""

import shlex
from collections.abc import Mapping
from pathlib import Path

import click

from portalgen.cli.common import terminal
from portalgen.scaffold.entries import Added, Kind, Wish
from portalgen.scaffold.terms import PATH
from portalgen.terminal import clean

_UNDER = "open it and write, under the second ---, "
_TO_WRITE: Mapping[Kind, str] = {
    "step": f"{_UNDER}what your client will read",
    "update": f"{_UNDER}your news",
    "deliverable": f"{_UNDER}what your client receives",
    "correction": f"{_UNDER}what they ask to change",
    "amendment": f"{_UNDER}what is added, with its number: - {{requirement}}: …",
}
"""What is left to write when there is no text yet; in a list, it is the key `text`."""


def tell_added(client: str, wish: Wish, added: Added) -> None:
    """Name the file, and say what is left to do."""
    click.echo(clean(added.path))
    screen = terminal()
    for old, new in added.moves:
        screen.say(f"renamed {old} to {new.rpartition('/')[2]}; its id stays")
    screen.problems(added.problems)
    if added.is_listed:
        screen.say(f"it is the last entry of the list, with the id {added.id}")
    if not wish.text:
        to_write = _TO_WRITE[wish.kind].format(requirement=added.requirement)
        screen.say(
            to_write.replace(_UNDER, "add the key text to it, with ")
            if added.is_listed
            else to_write
        )
    screen.say(f"then: {shlex.join(['portalgen', 'check', client])}")
    gesture = _later(wish)
    if gesture:
        when, *words = gesture
        screen.say(f"{when}: {shlex.join(['portalgen', *words, client, added.id])}")


def _later(wish: Wish) -> tuple[str, str] | None:
    """What the next change of it will be, and the command for it."""
    if wish.kind == "deliverable":
        return "when you hand it over", "deliver"
    if wish.kind == "correction" or wish.values.get("started"):
        return "when it is done", "done"
    return ("when it begins", "start") if wish.kind == "step" else None


def tell_term(term: str) -> None:
    """Name the glossary, and say where the term is explained."""
    click.echo(PATH)
    terminal().say(f'"{term}" is explained where a text of a portal has it first')


def open_in_editor(file: Path) -> None:
    """Open a file in $VISUAL or $EDITOR, and wait until it is closed."""
    try:
        click.edit(filename=str(file))
    except click.ClickException as error:
        hint = "the file is written; set EDITOR to your editor, such as: export EDITOR=nano"
        raise click.ClickException(f"{error.format_message()}\n{hint}") from error
