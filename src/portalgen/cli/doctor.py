"""`doctor`: what is well, what is not, and the command that mends it."""

import json
import os
import shlex
import sys
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from textwrap import wrap

import click

from portalgen.cli.common import disk_errors, terminal
from portalgen.doctor import Finding, State, examine
from portalgen.scaffold.pin import this_portalgen
from portalgen.terminal import clean

_AREAS = ("machine", "workspace", "access", "git", "host", "editor")
_WIDTH = 88
_INDENT = " " * 11
_COLOURS: dict[State, str] = {"ok": "green", "warning": "yellow", "problem": "red"}


@click.command()
@click.option(
    "-w",
    "--workspace",
    "root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="Folder that holds content/; the current one by default.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="For people (text), or for other tools (json).",
)
def doctor(root: Path, form: str) -> None:
    """Look at this machine and this workspace, and say what to mend, and how.

    Looks at the programs, who has access, git, the host's files and the editor's settings; what is
    written is the business of portalgen check. Changes nothing. Exits with 1 when something is
    broken.

    \b
    Examples:
      portalgen doctor
      portalgen doctor --format json
    """
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    with disk_errors():
        found = sorted(
            examine(root, this_portalgen(), encoding), key=lambda one: _AREAS.index(one.area)
        )
    if form == "json":
        click.echo(_json(found))
    else:
        _print(found)
        if root.resolve() != Path.cwd() and any(one.state != "ok" for one in found):
            terminal().say(f"the commands are for that folder: {shlex.join(['cd', str(root)])}")
    sys.exit(1 if any(one.state == "problem" for one in found) else 0)


def _json(found: Sequence[Finding]) -> str:
    listed = [
        {"area": one.area, "state": one.state, "says": one.says, "mend": one.mend or None}
        for one in found
    ]
    return json.dumps({"findings": listed}, ensure_ascii=False, indent=2)


def _print(found: Sequence[Finding]) -> None:
    for area, findings in groupby(found, key=lambda one: one.area):
        click.echo(area)
        for one in findings:
            first, *others = wrap(clean(one.says), _WIDTH)
            click.echo(f"  {_painted(one.state)}  {first}")
            for line in others:
                click.echo(f"{_INDENT}{line}")
            for line in one.mend.split("\n") if one.mend else ():
                click.echo(f"{_INDENT}{clean(line)}")
    terminal().say(_summary(found))


def _painted(state: State) -> str:
    padded = f"{state:7}"
    live = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    return click.style(padded, fg=_COLOURS[state]) if live else padded


def _summary(found: Sequence[Finding]) -> str:
    problems = sum(one.state == "problem" for one in found)
    warnings = sum(one.state == "warning" for one in found)
    counts = [_count(problems, "problem"), _count(warnings, "warning")]
    return ", ".join(count for count in counts if count) or "all is well"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' if number > 1 else ''}" if number else ""
