"""The program as a whole: its commands in their order, what all of them take, and its last resort.

Whatever happens, a person reads one line that says what to do; where in the program it happened is
told to who asks with `--verbose`.
"""

import contextlib
import errno
import io
import os
import sys
import traceback
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn, TextIO, cast

import click

from portalgen.cli.completion import complete_arguments
from portalgen.cli.loudness import is_verbose, loudness_option
from portalgen.model.spellings import folded
from portalgen.terminal import clean
from portalgen.write import meant

INTERRUPTED = 130
"""Exit code after Ctrl-C: 128 and the number of the signal."""
FAILED = 70
"""Exit code of a mistake of ours, which is neither the content's nor the caller's (sysexits.h)."""

SECTIONS: Mapping[str, Mapping[str, str]] = {
    "Write": {
        "init": "make a workspace",
        "new": "begin a client, a step, a deliverable, an update…",
        "start": "a step begins today",
        "done": "a step is done",
        "move": "give something a new date, and keep the old one",
        "deliver": "hand over a deliverable",
        "wait": "ask your client for what a step waits for",
        "received": "take that out again: you have it",
        "answer": "answer a correction",
        "serve": "see the portals in your browser while you write",
    },
    "Check": {
        "check": "find what is wrong, with its mend; --fix mends what it can",
        "doctor": "see whether everything portalgen needs is there",
    },
    "Publish": {
        "build": "build every portal, and your dashboard, into output/",
        "verify": "read a finished output again: is all of it locked?",
        "digest": "write your clients what is new",
        "archive": "pack a finished project, to hand over and to keep",
    },
    "People and codes": {
        "access": "let people open a portal, and take it back",
        "seal": "seal an access code that only they can read",
        "given": "write down that an access was given",
    },
    "Approve and bill": {
        "approve": "write down an approval, and issue the invoice",
        "invoice": "what every invoice comes to; invoices as files",
    },
    "Your editor and shell": {
        "schema": "let your editor complete and explain what you write",
        "completion": "let your shell finish commands and names",
    },
}
"""Every command, in the order in which a project needs it, and what it is for."""

IN_FRENCH: Mapping[str, str] = {
    word: name
    for name, words in {
        "init": "initialiser",
        "new": "nouveau nouvelle creer ajouter",
        "start": "commencer demarrer",
        "done": "fait fini finir terminer termine",
        "move": "deplacer reporter",
        "deliver": "livrer remettre",
        "wait": "attendre",
        "received": "recu recue",
        "answer": "repondre",
        "serve": "servir apercu",
        "check": "verifier controler",
        "build": "construire generer",
        "archive": "archiver",
        "access": "acces",
        "seal": "sceller",
        "given": "donne donnee",
        "approve": "approuver",
        "invoice": "facture factures",
    }.items()
    for word in words.split()
}
"""The command that a French word means, for who types it late; folded."""
_MUST_BE_READ = ("init", "access", "seal", "approve")
"""Commands that have no --quiet: what they say is what somebody has to do next, or is a secret."""
_SHARED = ("root", "today", "quiet", "verbose", "help")
"""Options of many commands, which stand behind a command's own."""


class Program(click.Group):
    """The group of all commands."""

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add a command, with what every command takes."""
        may_be_quiet = (name or cmd.name) not in _MUST_BE_READ
        for command in _leaves(cmd):
            _furnish(command, may_be_quiet=may_be_quiet)
        super().add_command(cmd, name)

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Every command in the order of the sections."""
        known = [name for names in SECTIONS.values() for name in names if name in self.commands]
        return [*known, *sorted(self.commands.keys() - set(known))]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands in their sections, all of them as one table."""
        listed = self.list_commands(ctx)
        wide = max(map(len, listed))
        placed = {name for names in SECTIONS.values() for name in names}
        others = {name: self.commands[name].get_short_help_str(60) for name in listed}
        others = {name: text for name, text in others.items() if name not in placed}
        for title, names in {**SECTIONS, "More": others}.items():
            rows = [(f"{name:<{wide}}", text) for name, text in names.items() if name in listed]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is named; of one in French, say which it is."""
        meant_one = IN_FRENCH.get(folded(args[0]))
        if meant_one and args[0] not in self.commands and not ctx.resilient_parsing:
            raise click.UsageError(f"No such command '{args[0]}'. Did you mean '{meant_one}'?", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; Ctrl-C ends it with one line."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit):
            raise
        except (KeyboardInterrupt, click.Abort) as error:
            if isinstance(error, click.Abort) and not _was_interrupted(error):
                raise
            click.echo("\nstopped: what was written is whole", err=True)
            ctx.exit(INTERRUPTED)
        except Exception:
            if is_verbose():
                click.echo(traceback.format_exc(), err=True, nl=False)
            raise

    def __call__(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Run as the program that somebody typed, which never ends in a traceback."""
        # a stream that the caller closed is none at all; its stand-in stays open to the end
        sys.stdout = sys.stdout or cast("TextIO", _Closed())
        sys.stderr = sys.stderr or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
        for stream in (sys.stdout, sys.stderr):
            _say_what_can_be_said(stream)
        with _last_resort():
            try:
                self.main(*args, **kwargs)
            finally:
                if sys.stdout:
                    sys.stdout.flush()
        sys.exit(0)


class _Closed(io.TextIOBase):
    """Standard output that the caller closed: data that nobody gets is a failure."""

    def write(self, _text: str) -> NoReturn:
        """Refuse it, as the system would."""
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


def _was_interrupted(error: click.Abort) -> bool:
    """Whether it was Ctrl-C that ended a question, and not an answer."""
    return isinstance(error.__context__, KeyboardInterrupt)


def _leaves(command: click.Command) -> Iterator[click.Command]:
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            yield from _leaves(inner)
    else:
        yield command


def _furnish(command: click.Command, *, may_be_quiet: bool) -> None:
    taken = {name for option in command.params for name in option.opts}
    wanted = [
        loudness_option(name) for name in ("quiet", "verbose") if name != "quiet" or may_be_quiet
    ]
    command.params += [option for option in wanted if taken.isdisjoint(option.opts)]
    command.params.sort(key=_position)
    complete_arguments(command)


def _position(option: click.Parameter) -> int:
    return _SHARED.index(option.name) + 1 if option.name in _SHARED else 0


def _say_what_can_be_said(stream: object) -> None:
    """A sign that the system's encoding lacks becomes a question mark, and no exception."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure:
        reconfigure(errors="replace")


@contextlib.contextmanager
def _last_resort() -> Iterator[None]:
    """Say in one line what no command expected, and end."""
    try:
        yield
    except BrokenPipeError:
        _let_go()
        sys.exit(1)
    except OSError as error:
        name = clean(meant(os.fsdecode(error.filename))) if error.filename else "cannot write"
        _end(f"Error: {name}: {error.strerror or error}", 1)
    except Exception as error:
        said = clean(f"{type(error).__name__}: {error}".rstrip(": "))
        _end(
            f"portalgen failed: {said}\n"
            "this is a mistake of portalgen's, not yours: please report it, with what the same "
            "command says with --verbose",
            FAILED,
        )


def _end(text: str, code: int) -> NoReturn:
    with contextlib.suppress(OSError):
        click.echo(text, err=True)
    _let_go()
    sys.exit(code)


def _let_go() -> None:
    """Nobody takes what is left in the streams: let the interpreter not try again at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except (OSError, ValueError):
            os.dup2(nowhere, stream.fileno())
