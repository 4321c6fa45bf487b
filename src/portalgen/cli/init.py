"""`init`: a workspace in one command."""

import os
import shlex
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from portalgen import git
from portalgen.cli.common import disk_errors, today_option
from portalgen.cli.init_words import tell_begun, tell_renewed
from portalgen.language import LANGUAGES
from portalgen.model.fixed_values import YES_NO
from portalgen.model.folder import CONTENT
from portalgen.model.spellings import folded
from portalgen.parse import parse_studio
from portalgen.read import STUDIO, read_studio, workspace_above
from portalgen.scaffold.begin import begin
from portalgen.scaffold.demo import demo_in
from portalgen.scaffold.hosts import HOSTS, NO_HOST
from portalgen.scaffold.pin import this_portalgen
from portalgen.scaffold.placing import in_the_way
from portalgen.scaffold.renew import renew as renew_files
from portalgen.scaffold.workspace import Plan, workspace_files
from portalgen.terminal import clean

_YES = "Y/n"
_LETTERS = {folded(_YES): "yes", **dict.fromkeys("yojs", "yes"), "n": "no"}
"""What is answered in short, in a language of portals."""
_SHOWN = 5
"""Names of files in the way that a message lists."""


@click.command()
@click.argument(
    "folder", metavar="[DIR]", required=False, type=click.Path(file_okay=False, path_type=Path)
)
@click.option("--name", metavar="NAME", help="Your studio, as clients know it.")
@click.option("--owner", metavar="NAME", help="The person behind it: you.")
@click.option(
    "--language",
    type=click.Choice(LANGUAGES, case_sensitive=False),
    help="Of your portals, and of what is written for you; yours by default.",
)
@click.option(
    "--host",
    type=click.Choice(HOSTS, case_sensitive=False),
    help="Who builds and publishes on every push; nobody by default.",
)
@click.option("--demo/--no-demo", default=None, help="Add an invented client to look at.")
@click.option("--force", is_flag=True, help="Write into a folder with other things; keep them all.")
@click.option(
    "--renew", is_flag=True, help="Bring what portalgen keeps in a workspace up to date, no more."
)
@today_option
def init(
    *,
    folder: Path | None,
    name: str | None,
    owner: str | None,
    language: str | None,
    host: str | None,
    demo: bool | None,
    force: bool,
    renew: bool,
    today: date,
) -> None:
    """Make a new workspace in DIR, the current folder by default.

    Asks for what is not said, when it runs on a terminal. Shows your passphrase, which opens every
    portal, once. With --renew it brings the host's files, the editor's settings and the schemas of
    a workspace up to date, and leaves content/ alone.

    \b
    Examples:
      portalgen init portals --demo
      portalgen init portals --name "Atelier Lumen" --owner "Lise Roux" --language fr --host netlify
      portalgen init --renew --host github
    """
    target = folder or Path()
    if renew:
        _refuse_beside_renew(name, owner, language, demo, force)
        _renew(target, host)
        return
    _refuse_workspace(target)
    asks = sys.stdin.isatty() and sys.stderr.isatty()
    said = _Said(name, owner, language, host, demo)
    plan = _plan(target, today, said, asks=asks)
    with disk_errors(". Nothing was written."):
        _refuse_mixture(target, plan, force=force)
        begun = begin(target, plan, this_portalgen())
    tell_begun(begun, target, plan)


@dataclass(frozen=True, slots=True)
class _Said:
    """What the options say; None where they say nothing."""

    name: str | None
    owner: str | None
    language: str | None
    host: str | None
    demo: bool | None


def _plan(target: Path, today: date, said: _Said, *, asks: bool) -> Plan:
    """What is said, and what is asked for, or else taken for granted."""
    language, name, owner, host, demo = said.language, said.name, said.owner, said.host, said.demo
    if asks:
        own = _own_language()
        language = language or _choice("Language of your portals", LANGUAGES, own)
        name = name or _text("Name of your studio", "")
        owner = owner or _text("Your own name", _name_in_git(target))
        host = host or _choice("Who builds and publishes on every push", HOSTS, NO_HOST)
        if demo is None:
            demo = _yes("Add an invented client to look at?")
    return Plan(
        name=_checked(name),
        owner=_checked(owner),
        language=language or _own_language(),
        host=host or NO_HOST,
        demo=bool(demo),
        today=today,
    )


def _choice(question: str, choices: tuple[str, ...], default: str) -> str:
    kind = click.Choice(choices, case_sensitive=False)
    return str(click.prompt(question, type=kind, default=default, err=True))


def _text(question: str, default: str) -> str:
    """What somebody answers, be it nothing; what is no name is asked for again."""
    return str(
        click.prompt(
            question,
            default=default,
            show_default=bool(default),
            value_proc=lambda answer: _checked(answer.strip()) or "",
            err=True,
        )
    )


def _yes(question: str) -> bool:
    """Whether somebody answers yes, in a language of portals; nothing is yes."""
    return bool(click.prompt(question, default=_YES, value_proc=_answer, err=True) == "yes")


def _answer(text: str) -> str:
    """yes or no, by a letter or a word."""
    word = folded(text)
    value = _LETTERS.get(word) or YES_NO.known.get(word)
    if value is None:
        raise click.UsageError("Answer yes or no.")
    return value


def _checked(name: str | None) -> str | None:
    if name and not (name.strip() and name.isprintable()):
        raise click.UsageError("A name has letters, and no control signs.")
    return name.strip() if name else None


def _own_language() -> str:
    """The language that the system is set to, if portals speak it."""
    found = (os.environ.get(key, "")[:2].lower() for key in ("LC_ALL", "LC_MESSAGES", "LANG"))
    said = next((name for name in found if name), "")
    return said if said in LANGUAGES else "en"


def _name_in_git(target: Path) -> str:
    """The name that the author gave to git, if they did."""
    near = next(folder for folder in (target, *target.absolute().parents) if folder.is_dir())
    answer = git.ask(near, "config", "--get", "user.name")
    return answer.text.strip() if answer and answer.code == 0 else ""


def _refuse_workspace(target: Path) -> None:
    """A workspace is no place for another one, and neither is the content of one."""
    if (target / CONTENT / STUDIO).exists():
        renew = shlex.join(
            ["portalgen", "init", *([str(target)] if target.name else []), "--renew"]
        )
        raise click.UsageError(
            f"There is a workspace here already. To bring its host's files, editor settings and "
            f"schemas up to date: {renew}"
        )
    above = workspace_above(target)
    if above and target.absolute().is_relative_to(above / CONTENT):
        raise click.UsageError(
            f"This folder lies in {CONTENT}/ of a workspace, and would become a client of it. "
            "For a client, run: portalgen new client NAME"
        )


def _refuse_mixture(target: Path, plan: Plan, *, force: bool) -> None:
    content = target / CONTENT
    if content.is_symlink() or (content.exists() and not content.is_dir()):
        raise click.UsageError(f"{CONTENT} is there, and is no folder: rename it first.")
    demo = content / demo_in(plan.language).folder
    if plan.demo and demo.exists():
        raise click.UsageError(f"{demo} is there already. Remove it first, or leave out --demo.")
    found = () if force else in_the_way(target, workspace_files(plan, this_portalgen()))
    if found:
        names = ", ".join(clean(name) for name in found[:_SHOWN])
        more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        raise click.UsageError(
            f"This folder is not empty: {names}{more}. Name a new one, such as "
            "portalgen init portals; or, to write beside what is here and keep all of it, "
            "add --force."
        )


def _refuse_beside_renew(
    name: str | None, owner: str | None, language: str | None, demo: bool | None, force: bool
) -> None:
    if force or any(value is not None for value in (name, owner, language, demo)):
        raise click.UsageError(
            "--renew goes with --host alone: name, owner and language stand in content/studio.yaml."
        )


def _renew(target: Path, host: str | None) -> None:
    if not (target / CONTENT).is_dir():
        raise click.UsageError(
            f"There is no folder {CONTENT}/ here. For a new workspace, leave out --renew."
        )
    with disk_errors():
        workspace, _ = parse_studio(read_studio(target)[0])
        made = renew_files(target, host, workspace.studio.language, this_portalgen())
    tell_renewed(made)
