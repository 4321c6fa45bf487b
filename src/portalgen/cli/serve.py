"""`serve`: the portals in a browser, as they are written."""

import errno
import socket
import threading
import webbrowser
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from portalgen.cli.common import (
    disk_errors,
    known_clients,
    terminal,
    today_option,
    workspace_option,
)
from portalgen.cli.watch import Watch
from portalgen.making import Order
from portalgen.model.spellings import closest
from portalgen.terminal import Terminal

if TYPE_CHECKING:
    from portalgen.serve import PreviewServer

_HOST = "127.0.0.1"
_PORT = 8000
_LAST_PORT = 65535


@click.command()
@click.argument("clients", nargs=-1)
@workspace_option
@click.option(
    "-p",
    "--port",
    type=click.IntRange(0, _LAST_PORT),
    default=_PORT,
    show_default=True,
    help="Port to listen at; 0 for any that is free.",
)
@click.option("-o", "--open", "opens", is_flag=True, help="Open the browser.")
@click.option(
    "--as", "person", metavar="PERSON", help="Greet this contact, or one of the studio's."
)
@click.option("--locked", is_flag=True, help="Show the portals as they are published: locked.")
@click.option(
    "--host",
    default=_HOST,
    show_default=True,
    help="Address to listen at. With another one, others can read everything.",
)
@click.option("--poll", is_flag=True, help="Look each second: for drives that tell of no change.")
@today_option
def serve(
    *,
    clients: tuple[str, ...],
    root: Path,
    port: int,
    opens: bool,
    person: str | None,
    locked: bool,
    host: str,
    poll: bool,
    today: date,
) -> None:
    """Show the portals of CLIENTS, or of all of them, in your browser while you write.

    A page that you look at changes as you save. What is wrong stands over the last good page, with
    its line. Drafts are shown as well. Everything is in clear, in memory, and for this machine
    alone; Ctrl-C ends it.

    \b
    Examples:
      portalgen serve --open
      portalgen serve salon-martin --as claire
      portalgen serve --locked
    """
    # No other command needs an HTTP server, or watches files.
    from portalgen.serve import Preview, preview  # noqa: PLC0415

    screen = terminal()
    names = known_clients(root, clients)
    if locked and person is not None:
        raise click.UsageError("--as goes without --locked: there, the passphrase says who reads.")
    with disk_errors():
        _check_person(root, names, person)
    asked = Preview(
        order=Order(root=root, output=None, clients=names, today=today),
        host=host,
        port=port,
        person=person,
        locked=locked,
        poll=poll,
    )
    try:
        with Watch(screen) as watch:
            preview(
                asked,
                progress=watch.progress,
                listening=lambda server: _tell(screen, server, opens=opens),
                say=screen.say,
            )
    except KeyboardInterrupt:
        screen.say("ended")
    except OSError as error:
        raise click.ClickException(_cannot_listen(error, host, port)) from error


def _check_person(root: Path, clients: tuple[str, ...], person: str | None) -> None:
    from portalgen.serve import readers_known  # noqa: PLC0415

    if person is None:
        return
    known = readers_known(root, clients, person)
    if known is None:
        return
    near = closest(person, list(known))
    hint = f'Did you mean "{near}"?' if near else f"There are: {', '.join(known) or 'none yet'}."
    raise click.UsageError(f'No portal greets "{person}". {hint}')


def _tell(screen: Terminal, server: "PreviewServer", *, opens: bool) -> None:
    what = "as they are published" if server.site.is_locked else "in clear"
    screen.say(f"the portals, {what}: {server.address}")
    if not server.look.is_private:
        where = server.address_outside
        screen.say(f"everybody on your network can read them at {where}, without a passphrase")
    screen.say("pages change as you save; Ctrl-C ends it")
    if opens:
        # Some browsers come back only when they are closed.
        threading.Thread(target=webbrowser.open, args=(server.address,), daemon=True).start()


def _cannot_listen(error: OSError, host: str, port: int) -> str:
    if error.filename is not None:
        return f"{error.filename}: {error.strerror}"
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < _LAST_PORT else _PORT
        return f"port {port} is taken by another program: portalgen serve --port {other}"
    if error.errno == errno.EACCES:
        return f"port {port} needs more rights: portalgen serve --port {_PORT}"
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        mend = f"leave --host out for {_HOST}, or ask for --host 0.0.0.0 to let your network in"
        return f'"{host}" is no address of this machine: {mend}'
    return f"cannot listen at {host}, port {port}: {error.strerror}"
