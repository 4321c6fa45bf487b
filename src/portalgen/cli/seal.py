"""`seal`: an access code that only the people of a portal can read."""

import re
import sys
from codecs import BOM_UTF8
from pathlib import Path

import click

from portalgen.cli.common import known_clients, terminal, workspace_option
from portalgen.envelope import MAX_SEALED_BYTES
from portalgen.envelope_shape import MAX_SEAL_NAME, is_seal_name
from portalgen.model.seal import seal_name_from
from portalgen.sealing import Sealed, seal_code

_NOT_UTF8 = "the code is not UTF-8"


@click.command()
@click.argument("client")
@click.argument("name")
@workspace_option
def seal(client: str, name: str, root: Path) -> None:
    """Seal an access code for the people of CLIENT's portal.

    The code is read from standard input, and asked for when that is a terminal. It is written to
    content/CLIENT/sealed/NAME.json, encrypted to each person, and stands nowhere else.

    \b
    Examples:
      portalgen seal salon-martin hosting
      pass show martin/hosting | portalgen seal salon-martin hosting
    """
    client = known_clients(root, (client,))[0]
    _refuse_name(name)
    code = _text(_asked_for() if sys.stdin.isatty() else _from_stdin())
    try:
        sealed, problems = seal_code(root, client, name, code)
    except OSError as error:
        raise click.ClickException(f"{error.filename or name}: {error.strerror}") from None
    if sealed is None:
        terminal().problems(problems)
        raise click.ClickException("the code was not sealed, and nothing was written")
    _show(sealed, name)


def _refuse_name(name: str) -> None:
    if is_seal_name(name):
        return
    right = seal_name_from(name)
    hint = f'Did you mean "{right}"?' if right else "Give it one such as hosting."
    raise click.UsageError(
        f"A code is named with small letters, digits and single hyphens, {MAX_SEAL_NAME} signs "
        f"at most. {hint}"
    )


def _asked_for() -> bytes:
    try:
        code = click.prompt("Code to seal", hide_input=True, confirmation_prompt=True, err=True)
    except UnicodeError:
        raise click.ClickException(_NOT_UTF8) from None
    return str(code).encode("utf-8", "surrogateescape")


def _from_stdin() -> bytes:
    """Standard input as far as it matters, without the mark that Windows may put before it, and
    without one line end after it."""
    data = sys.stdin.buffer.read(2 * MAX_SEALED_BYTES)
    return re.sub(rb"\r?\n\Z", b"", data.removeprefix(BOM_UTF8))


def _text(code: bytes) -> str:
    """The code as text, when it is one that can be sealed. No message repeats any of it."""
    if not code.strip():
        raise click.ClickException("there is no code to seal: standard input is empty")
    if len(code) > MAX_SEALED_BYTES:
        raise click.ClickException(f"the code has more than {MAX_SEALED_BYTES} bytes")
    try:
        return code.decode()
    except UnicodeDecodeError:
        raise click.ClickException(_NOT_UTF8) from None


def _show(sealed: Sealed, name: str) -> None:
    screen = terminal()
    anew = " anew" if sealed.is_renewed else ""
    screen.say(f"{name} is sealed{anew} for {', '.join(sealed.readers)}")
    if not sealed.is_named:
        screen.say("write this under its account in a deliverable:")
        click.echo(f"sealed: {sealed.path}")
        for account in sealed.bare:
            place = account.place()
            screen.say(f"  {account.for_}: {place.source.path}:{place.line}")
    screen.say(f"commit {sealed.file}, and build again")
