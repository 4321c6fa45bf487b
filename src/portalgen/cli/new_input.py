"""What `new` is told: options that several of its commands share, questions on a terminal, and
refusals."""

import re
import sys
import unicodedata
from codecs import BOM_UTF8
from collections.abc import Iterator
from contextlib import contextmanager

import click

from portalgen.cli.common import Command, disk_errors, refused, terminal
from portalgen.scaffold.opening import NewError
from portalgen.scaffold.texts import one_line

_STDIN = "-"
_LONGEST = 1_000_000
"""Bytes of a text on standard input."""
_NO_TEXT = ("Cc", "Cs", "Co", "Cn", "Zl", "Zp")
"""Categories of signs that nobody types: control signs, halves of signs, unassigned ones, and ends
of lines that most programs do not take for such."""


def line_of(_context: click.Context, parameter: click.Parameter, given: str | None) -> str:
    """A value on one line; empty when it is left out."""
    if given is None:
        return ""
    text = one_line(given)
    flaw = _flaw_of(text)
    if flaw:
        raise click.BadParameter(flaw, param=parameter)
    return text


def _flaw_of(text: str) -> str | None:
    if not text:
        return "it is empty"
    return None if is_text(text) else "it has signs that are no text"


def is_text(text: str) -> bool:
    """Whether there is no control sign or the like in a text; a space may be one that never
    breaks."""
    return all(unicodedata.category(sign) not in _NO_TEXT and sign != "\ufeff" for sign in text)


def names_of(
    _context: click.Context, _option: click.Parameter, given: str | None
) -> tuple[str, ...]:
    """Names with a comma or a space between them: R1,R2."""
    return tuple((given or "").replace(",", " ").replace(";", " ").split())


def due_option(command: Command) -> Command:
    """`--due`."""
    text = "The day it is promised for, or a range: 2026-09-14/2026-09-18."
    return click.option("--due", metavar="DATE", callback=line_of, help=text)(command)


def covers_option(command: Command) -> Command:
    """`--covers`."""
    text = "The requirements that it serves."
    return click.option("--covers", metavar="R1,R2", callback=names_of, help=text)(command)


def text_option(command: Command) -> Command:
    """`--text`."""
    text = "What your client reads, in Markdown; - reads it from standard input."
    return click.option("--text", metavar="TEXT", default="", help=text)(command)


def edit_option(command: Command) -> Command:
    """`--edit`."""
    return click.option("--edit", is_flag=True, help="Open the new file in your $EDITOR.")(command)


def text_of(given: str) -> str:
    """The text as given, or that on standard input for a hyphen."""
    text = given if given != _STDIN else _from_stdin()
    lines = re.sub("\r\n|[\r\u2028\u2029]", "\n", text)
    if not is_text(lines.replace("\n", "").replace("\t", "")):
        raise click.UsageError("The text has signs that are no text.")
    return re.sub(r"\A(?:[^\S\n]*\n)+", "", lines).rstrip()


def _from_stdin() -> str:
    data = sys.stdin.buffer.read(_LONGEST + 1)
    if len(data) > _LONGEST:
        raise click.ClickException(f"the text on standard input has more than {_LONGEST} bytes")
    try:
        text = data.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError:
        raise click.ClickException("the text on standard input is not UTF-8") from None
    if not text.strip():
        raise click.ClickException("the text on standard input is empty")
    return text


def asked(given: str | None, what: str, question: str, example: str) -> str:
    """What was given; on a terminal, what is answered.

    Raises:
        click.UsageError: it is missing, and nobody can be asked.
    """
    if given:
        return given
    if not sys.stdin.isatty():
        raise click.UsageError(f"{what} is missing. Write, for example:\n  {example}")
    while True:
        answer = one_line(str(click.prompt(question, err=True)))
        flaw = _flaw_of(answer)
        if flaw is None:
            return answer
        terminal().say(flaw)


@contextmanager
def refusals() -> Iterator[None]:
    """Say why nothing is written, and end."""
    with disk_errors(". Nothing was written."):
        try:
            yield
        except NewError as error:
            raise refused(error, error.hint, error.problems, "nothing was written") from error
