"""`archive`: everything that a client owns in one file."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

from portalgen.archive import Archived, ArchiveError, Wish
from portalgen.archive import archive as make_archive
from portalgen.cli.common import (
    disk_errors,
    known_clients,
    terminal,
    today_option,
    workspace_option,
)
from portalgen.cli.places import refuse_place
from portalgen.terminal import clean

_ENDING = ".zip"


@click.command()
@click.argument("client")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="ZIP to write, or folder to write into; CLIENT-DATE.zip in the current one by default.",
)
@click.option("--plain", is_flag=True, help="Lock nothing: whoever has the file can read it.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@workspace_option
@today_option
def archive(
    *, client: str, output: Path | None, plain: bool, force: bool, root: Path, today: date
) -> None:
    """Write everything that CLIENT owns into one zip, which opens from the disk, without a host.

    It opens with the passphrases of those who have access today. With --plain nothing is locked:
    pages, files under their own names, invoices, journal, approvals, and the same for programs.

    \b
    Examples:
      portalgen archive salon-martin
      portalgen archive salon-martin --plain -o martin.zip
    """
    client = known_clients(root, (client,))[0]
    target = _target(output, f"{client}-{today.isoformat()}.zip")
    if not target.parent.is_dir():
        raise click.UsageError(f"There is no folder {clean(str(target.parent))}.")
    refuse_place(target, root, force=force)
    wish = Wish(root=root, client=client, target=target, locked=not plain, today=today)
    screen = terminal()
    try:
        with disk_errors(". There is no archive."), _ended_in_order():
            done, problems = make_archive(wish, screen.progress)
    except ArchiveError as error:
        raise click.ClickException(f"{error}\n{error.hint}") from error
    if done:
        click.echo(clean(str(target)))
    screen.problems(problems)
    screen.summary(problems)
    if done is None:
        raise click.ClickException(f"{clean(client)} was not archived: mend the errors first")
    _tell(done, wish)


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """End as after Ctrl-C, with nothing left behind, also when a system or a closed window ends it.

    What is unfinished may be a client's papers in clear.
    """
    known = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    ends = [end for end in known if signal.getsignal(end) is signal.SIG_DFL]  # not under nohup
    for end in ends:
        signal.signal(end, signal.default_int_handler)
    try:
        yield
    finally:
        for end in ends:
            signal.signal(end, signal.SIG_DFL)


def _target(output: Path | None, name: str) -> Path:
    if output is None:
        return Path(name)
    if output.is_dir():
        return output / name
    return output if output.suffix.lower() == _ENDING else output.with_name(output.name + _ENDING)


def _tell(done: Archived, wish: Wish) -> None:
    """Say what is in the file, who can read it, and what to write with it."""
    screen = terminal()
    pages, files = _count(done.pages, "page"), _count(done.files, "file")
    screen.say(f"{pages} and {files}, {_size(done.size)}")
    if wish.locked:
        screen.say(f"it opens for {', '.join(done.people)}, with the passphrases that they have")
        screen.say("access that you take away later does not reach a copy that you handed over")
    else:
        screen.say("nothing in it is locked: hand it over by a way that only they can see")
    if not done.closed:
        screen.say("the project is not closed: what comes later is not in it")
    screen.say("to be written with it:")
    screen.say("")
    for line in done.letter.split("\n"):
        screen.say(line)
    sys.stderr.flush()


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _size(size: int) -> str:
    kilobyte = 1000
    if size < kilobyte * kilobyte:
        return f"{max(1, round(size / kilobyte))} kB"
    return f"{size / kilobyte**2:.1f} MB"
