"""What `build` and `check` say of their report: to a person, or to another program."""

import os
import platform
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click

from portalgen.cli.common import clients_in
from portalgen.cli.loudness import is_verbose
from portalgen.cli.watch import Watch
from portalgen.formats import as_github, as_json
from portalgen.making import Order
from portalgen.model.folder import CONTENT
from portalgen.report import Report
from portalgen.terminal import Terminal

strict_option = click.option("--strict", is_flag=True, help="Count warnings as errors.")
format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="How problems are told: to you, to a program, or as GitHub's annotations.",
)


def in_format(form: str, report: Report, root: Path, more: Mapping[str, Any]) -> str:
    """The report for another program, which reads it from stdout."""
    if form == "json":
        return as_json(report.problems, more, silenced=report.silenced)
    return "".join(as_github(report.problems, _from_repository(root)))


def _from_repository(root: Path) -> str:
    """The workspace's path in the repository that GitHub checked out, with a slash at its end."""
    repository = os.environ.get("GITHUB_WORKSPACE") or Path.cwd()
    path = Path(os.path.relpath(root.resolve(), repository)).as_posix()
    return "" if path == "." or path.startswith("..") else f"{path}/"


def tell_problems(report: Report, screen: Terminal, *, mended: bool = False) -> None:
    """Every problem, how many there are, and how many of them need no hand.

    Args:
        mended: whether what needs no hand was mended just now, so that the rest needs one.
    """
    screen.problems(report.problems)
    screen.summary(report.problems, report.silenced)
    fixable = sum(problem.fix is not None for problem in report.problems)
    if fixable and not mended:
        these = "it" if len(report.problems) == 1 else f"{fixable} of them"
        screen.say(f"to have {these} mended: portalgen check --fix")


def tell_details(order: Order, screen: Terminal) -> None:
    """What is read, with --verbose: by whom, where, and for which day."""
    if not is_verbose():
        return
    screen.say(f"portalgen {version('portalgen')}, Python {platform.python_version()}")
    screen.say(f"workspace: {order.root.resolve()}")
    for name in clients_in(order.root):
        files = sum(len(inside) for _, _, inside in os.walk(order.root / CONTENT / name))
        ordered = "" if order.names(name) else ", read for what it shares with others"
        screen.say(f"  {CONTENT}/{name}: {files} file{'s' * (files != 1)}{ordered}")
    screen.say(f"output: {order.output.resolve() if order.output else 'none, only checked'}")
    screen.say(f"the build's day: {order.today}")


def tell_time(what: str, watch: Watch, screen: Terminal) -> None:
    """How much was done in how long: to who watches, and with --verbose part by part."""
    if not (screen.live or is_verbose()):
        return
    if is_verbose():
        for part, seconds in watch.parts():
            screen.say(f"{seconds:8.2f} s  {part}")
    screen.say(f"{what} in {watch.seconds:.1f} s")
