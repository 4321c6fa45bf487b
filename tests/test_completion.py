"""What a shell is told at a Tab: commands, options, clients, and what belongs to a client."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import BashComplete
from click.testing import CliRunner
from conftest import Workspace

from portalgen.cli import main

FILES = {
    "salon/steps/01-maquette.md": "---\ntitle: Maquette\n---\n",
    "salon/steps/02-mise-en-ligne.md": "---\ntitle: Mise en ligne\n---\n",
    "salon/deliverables/logo.md": (
        "---\ntitle: Logo\naccounts: [{for: Hébergement, address: https://example.org}]\n---\n"
    ),
    "salon/corrections/C1.md": "Plus gros.\n",
    "salon/invoice.yaml": "lines: [{text: Site, price: 10}]\n",
    "barbier/client.yaml": "name: [\n",
}


def _told(typed: str, root: Path) -> list[str]:
    """What is offered behind a line that ends where the cursor stands."""
    *words, begun = typed.split(" ")
    if words:
        place = 2 if words[0] in ("access", "invoice", "new") else 1
        words[place:place] = ["--workspace", str(root)]
    found = BashComplete(main, {}, "portalgen", "_PORTALGEN_COMPLETE").get_completions(words, begun)
    return [item.value for item in found]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("ver", ["verify"]),
        ("build ", ["barbier", "salon"]),
        ("build sa", ["salon"]),
        ("build salon ", ["barbier"]),
        ("check --f", ["--fix", "--format"]),
        ("check --format g", ["github"]),
        ("access grant ", ["barbier", "salon"]),
        ("access grant salon ", ["claire"]),
        ("access grant salon claire ", []),
        ("access link salon cl", ["claire"]),
        ("start salon ", ["maquette", "mise-en-ligne"]),
        ("done salon ", ["C1", "maquette", "mise-en-ligne"]),
        ("given salon ", ["Hébergement"]),
        ("invoice pdf salon ", ["invoice"]),
        ("seal nobody ", []),
        ("start nobody ", []),
        ("start barbier ", []),
    ],
)
def test_offers_what_there_is(typed: str, expected: list[str], workspace: Workspace) -> None:
    assert _told(typed, workspace(FILES)) == expected


def test_offers_nothing_where_there_is_no_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert _told("build ", tmp_path) == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_prints_the_script_of_each_shell(shell: str) -> None:
    ran = CliRunner().invoke(main, ["completion", shell])
    assert ran.exit_code == 0
    assert f"_PORTALGEN_COMPLETE={shell}_complete" in ran.stdout


def test_another_shell_is_named_with_those_that_there_are() -> None:
    ran = CliRunner().invoke(main, ["completion", "csh"])
    assert ran.exit_code == 2
    assert "'bash', 'zsh', 'fish'" in ran.stderr


def test_works_in_a_real_bash(workspace: Workspace) -> None:
    scripts = str(Path(sys.executable).parent)
    script = (
        "source <(portalgen completion bash)\n"
        'COMP_WORDS=(portalgen build "")\nCOMP_CWORD=2\n_portalgen_completion portalgen\n'
        'echo "${COMPREPLY[*]}"\n'
    )
    ran = subprocess.run(
        ["bash", "-c", script],
        cwd=workspace(FILES),
        env={**os.environ, "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (ran.stdout, ran.stderr) == ("barbier salon\n", "")
