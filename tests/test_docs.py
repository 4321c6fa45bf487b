"""The documentation is true: codes, fields, commands and options are in it; its example runs."""

import os
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from examples import GUIDE, accept, fields_of
from pydantic.fields import FieldInfo

from portalgen.cli import main
from portalgen.headers import headers_file
from portalgen.model.access import Access
from portalgen.model.billing import Invoice
from portalgen.model.client import Client, Spec
from portalgen.model.entry import Amendment, Correction, Deliverable, Step, Update
from portalgen.model.record import Record
from portalgen.model.studio import Studio

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
BEGIN, END = "<!-- fields of {}: written by make accept -->\n", "<!-- end of fields -->\n"

FILES: tuple[tuple[str, type[Record]], ...] = (
    ("studio.yaml", Studio),
    ("client.yaml", Client),
    ("spec.md", Spec),
    ("a step", Step),
    ("a deliverable", Deliverable),
    ("a correction", Correction),
    ("an amendment", Amendment),
    ("an update", Update),
    ("an invoice", Invoice),
)


def test_every_problem_code_is_explained() -> None:
    calls = r"(?:Problem|Slip|warning|note|fail|choice|one_of|_report|_unknown|Flaw)\(\s*"
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    codes = set(re.findall(calls + r'"([a-z0-9]+(?:-[a-z0-9]+)+)"', sources))
    explained = set(
        re.findall(r"`([a-z][a-z0-9-]+)`", (ROOT / "docs/problems.md").read_text("utf-8"))
    )
    assert codes - explained == set()
    assert {code for code in explained if "-" in code} - codes - {"bad-value"} == set()


def test_every_command_and_option_is_in_the_readme() -> None:
    for words, command in _commands(main, ("portalgen",)):
        assert " ".join(words) in README
        for option in command.params:
            if isinstance(option, click.Option) and option.opts[-1] not in ("--help", "--version"):
                assert max(option.opts, key=len) in README, words


@pytest.mark.parametrize(("title", "model"), FILES)
def test_every_field_is_in_its_table(title: str, model: type[Record]) -> None:
    if os.environ.get("ACCEPT"):
        accept(lambda guide: _with_table(guide, title, model))
    guide = GUIDE.read_text("utf-8")
    assert _with_table(guide, title, model) == guide


def test_the_example_of_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path, text in re.findall(r"```\w+ file=(\S+)\n(.*?)```", README, re.DOTALL):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    commands = re.findall(r"```sh run\n(.*?)```", README, re.DOTALL)[0].splitlines()
    assert len(commands) == 4
    for command in commands:
        ran = CliRunner().invoke(main, command.split()[1:])
        assert ran.exit_code == 0, ran.output
    assert (tmp_path / "output/bakery/index.html").exists()


def test_the_error_in_the_readme_is_the_one_that_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = tmp_path / "content/bakery/steps/03-mockup.md"
    step.parent.mkdir(parents=True)
    step.write_text("---\ntitle: Mock-up\ncovers: []\nstatus: finsihed\n---\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    ran = CliRunner().invoke(main, ["check"])
    shown = re.findall(r"```\n(content/bakery/steps.*?)```", README, re.DOTALL)[0]
    assert shown in ran.stderr


def test_netlify_sends_the_headers_of_the_output() -> None:
    netlify = (ROOT / "netlify.toml").read_text("utf-8")
    for line in headers_file().decode().splitlines()[1:]:
        name, _, value = line.strip().partition(": ")
        assert f'{name} = "{value}"' in netlify


def test_a_link_in_the_documentation_leads_somewhere() -> None:
    for page in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")):
        text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\((?!http)([^)]+)\)", text):
            path, _, anchor = target.partition("#")
            file = page.parent / path if path else page
            assert file.exists(), (page, target)
            assert not anchor or anchor in _anchors(file), (page, target)


def _anchors(page: Path) -> set[str]:
    """The anchors that GitHub gives to the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _commands(
    group: click.Group, words: tuple[str, ...]
) -> list[tuple[tuple[str, ...], click.Command]]:
    found: list[tuple[tuple[str, ...], click.Command]] = []
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            found += _commands(command, (*words, name))
        else:
            found.append(((*words, name), command))
    return found


def _with_table(guide: str, title: str, model: type[Record]) -> str:
    before, begin, rest = guide.partition(BEGIN.format(title))
    _, end, after = rest.partition(END)
    assert begin
    assert end
    return f"{before}{begin}{_table(model)}{end}{after}"


def _table(model: type[Record]) -> str:
    rows = (
        f"| `{path}`{_star(info, path)} | {info.description} |\n" for path, info in fields_of(model)
    )
    return f"\n| key | it holds |\n|---|---|\n{''.join(rows)}\n"


def _star(info: FieldInfo, path: str) -> str:
    key = path.rpartition(".")[2]
    return " (required)" if info.is_required() and key not in ("id", "text", "on") else ""


def test_access_is_written_by_the_tool_and_not_taught() -> None:
    assert Access not in {model for _, model in FILES}
