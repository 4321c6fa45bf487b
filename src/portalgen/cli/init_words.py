"""What `init` says: the files that it wrote go to stdout, what to do next to stderr."""

import shlex
from collections import Counter
from pathlib import Path

import click

from portalgen import git
from portalgen.cli.access_words import print_or_say, show_once
from portalgen.cli.common import terminal
from portalgen.model.folder import CONTENT
from portalgen.scaffold.begin import Begun
from portalgen.scaffold.demo import demo_in
from portalgen.scaffold.hosts import NO_HOST, REQUIREMENTS
from portalgen.scaffold.pin import this_portalgen
from portalgen.scaffold.renew import Renewal
from portalgen.scaffold.workspace import Plan
from portalgen.terminal import clean, table

_STUDIO = f"{CONTENT}/studio.yaml"
_NEXT = (
    ("portalgen serve", "read the portals while you write"),
    ('portalgen new client "Quay Bakery"', "begin one for a client"),
)
_LISTED = 2
"""Folders below the workspace down to which files are listed one by one."""


def tell_begun(begun: Begun, target: Path, plan: Plan) -> None:
    """List what was written, and say what comes next."""
    screen = terminal()
    lost = _lost(begun)
    print_or_say("".join(f"{clean(line)}\n" for line in _listed(begun.written)), lost)
    for path in begun.kept:
        screen.say(f"{path} was there, and stays as it was")
    for path in begun.completed:
        screen.say(f"{path} was there, and leaves out what portalgen makes now")
    screen.say("")
    if begun.owner and begun.owner.passphrase:
        show_once("your passphrase opens every portal", begun.owner.passphrase, lost)
    _say_who(begun, plan)
    screen.say("keep the repository private: what you write in it can be read there")
    _say_source(plan)
    screen.say("next:")
    for line in table(_next(target)).splitlines():
        screen.say(f"  {line}")


def _lost(begun: Begun) -> str:
    """What to say when nothing can be shown: the files are written by then."""
    if begun.owner is None:
        return "the workspace is written, and its files could not be listed"
    again = begun.roster.command("rotate", begun.owner.member.name)
    return f"the workspace is written, and your passphrase could not be shown: run {again}"


def tell_renewed(made: Renewal) -> None:
    """List what was written anew, and say what was left."""
    screen = terminal()
    for one in made.renewed:
        click.echo(clean(one.path))
        if one.old:
            screen.say(f"  what you had changed in it is in {one.old}")
    for path in made.left:
        screen.say(f"{path} stays as you changed it")
    if not made.renewed:
        screen.say("nothing had to be renewed")


def _listed(paths: tuple[str, ...]) -> list[str]:
    """The files by themselves, but for those in folders below content/, which are counted."""
    found: Counter[str] = Counter()
    for path in paths:
        parts = path.split("/")
        deep = parts[0] == CONTENT and len(parts) > _LISTED
        found["/".join(parts[:_LISTED]) + "/" if deep else path] += 1
    lines = (
        f"{path} ({number} files)" if path.endswith("/") else path for path, number in found.items()
    )
    return sorted(lines, key=lambda line: (not line.startswith(CONTENT), line))


def _say_who(begun: Begun, plan: Plan) -> None:
    screen, demo = terminal(), demo_in(plan.language)
    if begun.reader and begun.reader.passphrase:
        screen.say(f"{demo.folder} is invented, and {begun.reader.member.called} opens it with:")
        screen.say(f"  {begun.reader.passphrase}")
    if not plan.name:
        screen.say(f"{plan.names[0]} is a name to begin with: write yours into {_STUDIO}")


def _say_source(plan: Plan) -> None:
    if plan.host != NO_HOST and this_portalgen().requirement is None:
        terminal().say(f"write into {REQUIREMENTS} where {plan.host} gets portalgen")


def _next(target: Path) -> list[tuple[str, str]]:
    lines = list(_NEXT)
    if target.resolve() != Path.cwd():
        lines.insert(0, (shlex.join(["cd", str(target)]), ""))
    inside = git.ask(target, "rev-parse", "--is-inside-work-tree")
    if not (inside and inside.code == 0):
        lines.append(("git init", "make it a repository"))
    return lines
