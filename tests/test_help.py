"""What the help says: every command in its section, with examples, and options in one order."""

import re

import click
import pytest
from click.testing import CliRunner
from conftest import Run, Workspace

from portalgen.cli import main
from portalgen.cli.program import IN_FRENCH, SECTIONS


def test_without_a_command_there_is_help() -> None:
    ran = CliRunner().invoke(main, [])
    assert ran.stderr.startswith("Usage: ")
    assert "build every portal" in ran.stderr


def test_a_command_that_is_mistyped_is_understood() -> None:
    ran = CliRunner().invoke(main, ["biuld"])
    assert ran.exit_code == 2
    assert "Did you mean 'build'?" in ran.stderr


@pytest.mark.parametrize(
    ("typed", "meant"), [("nouveau", "new"), ("vérifier", "check"), ("Factures", "invoice")]
)
def test_a_command_in_french_is_understood(typed: str, meant: str) -> None:
    ran = CliRunner().invoke(main, [typed, "salon"])
    says = f"Error: No such command '{typed}'. Did you mean '{meant}'?\n"
    assert (ran.exit_code, ran.stderr.endswith(says)) == (2, True)


def test_french_names_commands_that_there_are() -> None:
    assert set(IN_FRENCH.values()) <= set(main.commands)
    assert not set(IN_FRENCH) & set(main.commands)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("25/11/2026", '--today: "25/11/2026" is not written as a date here: write 2026-11-25'),
        ("2026-11-24/2026-11-25", "--today is a single day: write 2026-11-24"),
    ],
)
def test_a_day_in_another_form_is_told_its_right_one(
    typed: str, says: str, workspace: Workspace, run: Run
) -> None:
    ran = run(workspace(), "check", "--today", typed)
    assert (ran.code, ran.err.splitlines()[-1]) == (2, f"Error: {says}")


def test_every_command_stands_in_a_section_of_the_help() -> None:
    assert set(main.commands) <= {name for names in SECTIONS.values() for name in names}
    shown = CliRunner().invoke(main, ["--help"]).stdout
    assert "More:" not in shown
    listed = [line.split()[0] for line in shown.partition("Write:")[2].splitlines() if "  " in line]
    assert listed == main.list_commands(click.Context(main))


def _leaves(group: click.Group) -> list[click.Command]:
    inner = [_leaves(c) if isinstance(c, click.Group) else [c] for c in group.commands.values()]
    return [command for commands in inner for command in commands]


@pytest.mark.parametrize("command", _leaves(main), ids=lambda command: command.name)
def test_the_help_of_every_command_has_examples_and_the_same_order(command: click.Command) -> None:
    assert re.search(r"Examples?:\n +\S*.*portalgen ", command.help or "")
    names = [option.name for option in command.params]
    shared = ["root", "today", "quiet", "verbose"]
    first = min(names.index(name) for name in shared if name in names)
    assert names[first:] == [name for name in shared if name in names]
