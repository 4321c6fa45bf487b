"""The documentation is true: codes, fields, commands and options are in it; its example runs."""

import os
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from pydantic.fields import FieldInfo

from portalgen.cli import main
from portalgen.headers import headers_file
from portalgen.model.access import Access
from portalgen.model.billing import Invoice
from portalgen.model.client import Client, Spec
from portalgen.model.entry import Amendment, Correction, Deliverable, Step, Update
from portalgen.model.record import Record, keys_of, record_in
from portalgen.model.studio import Studio

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
CONTENT = ROOT / "docs/content.md"
BEGIN, END = "<!-- fields: written by make accept -->\n", "<!-- end of fields -->\n"

FILES: tuple[tuple[str, type[Record]], ...] = (
    ("`studio.yaml`", Studio),
    ("`client.yaml`", Client),
    ("`spec.md`", Spec),
    ("a step", Step),
    ("a deliverable", Deliverable),
    ("a correction", Correction),
    ("an amendment", Amendment),
    ("an update", Update),
    ("an invoice", Invoice),
)


def test_every_problem_code_is_explained() -> None:
    calls = r"(?:Problem|Slip|warning|fail|choice|one_of|_report|_unknown|Flaw)\(\s*"
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


def test_every_field_is_in_its_table() -> None:
    text = CONTENT.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    right = f"{before}{BEGIN}{_tables()}{END}{after}"
    if os.environ.get("ACCEPT"):
        CONTENT.write_text(right, "utf-8")
    assert CONTENT.read_text("utf-8") == right


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
        for target in re.findall(r"\]\(([^)#]+)\)", text):
            assert target.startswith("http") or (page.parent / target).exists(), (page, target)


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


def _tables() -> str:
    return "".join(_table(title, model) for title, model in FILES)


def _table(title: str, model: type[Record]) -> str:
    rows = "".join(_rows(model, ""))
    return f"\n### {title[0].upper()}{title[1:]}\n\n| key | it holds |\n|---|---|\n{rows}"


def _rows(model: type[Record], prefix: str) -> list[str]:
    rows: list[str] = []
    for key, info in zip(keys_of(model), model.model_fields.values(), strict=True):
        rows.append(f"| `{prefix}{key}`{_star(info, key)} | {info.description} |\n")
        inner = record_in(info.annotation)
        if inner is not None and prefix.count(".") < 3:
            rows += _rows(inner, f"{prefix}{key}.")
    return rows


def _star(info: FieldInfo, key: str) -> str:
    return " (required)" if info.is_required() and key not in ("id", "text", "on") else ""


def test_access_is_written_by_the_tool_and_not_taught() -> None:
    assert Access not in {model for _, model in FILES}
