"""What `portalgen schema` writes. What editors make of it: tests/browser/node/editor.test.js."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import Run, Workspace
from examples import SAMPLE

from portalgen.model import fixed_values, spellings
from portalgen.model.input_forms import pattern_of
from portalgen.model.spellings import Spellings
from portalgen.schema import NAMES, modeline, schemas

TABLES = [table for table in vars(fixed_values).values() if isinstance(table, Spellings)]


def test_the_schemas_are_written_and_named(workspace: Workspace, run: Run) -> None:
    root = workspace()
    ran = run(root, "schema")
    assert (ran.code, ran.out.splitlines()) == (0, [f"content/.schemas/{n}.json" for n in NAMES])
    assert (
        ran.err
        == """\
commit them; an editor with a YAML server finds them by a file's first line:
  # yaml-language-server: $schema=../.schemas/client.json
docs/editor.md says which editors, and what to write into each file
"""
    )
    assert run(root, "check", "--strict").code == 0
    again = run(root, "schema")
    assert (again.code, again.out, again.err) == (0, "", "the schemas are up to date\n")


def test_ci_is_told_when_they_are_those_of_another_portalgen(
    workspace: Workspace, run: Run
) -> None:
    root = workspace()
    run(root, "schema")
    steps = root / "content/.schemas/steps.json"
    steps.write_text(steps.read_text("utf-8").replace("what it is", "was es ist"), "utf-8")
    (root / "content/.schemas/theme.json").unlink()
    ran = run(root, "schema", "--check")
    assert ran.code == 1
    assert ran.out == "content/.schemas/steps.json\ncontent/.schemas/theme.json\n"
    assert ran.err == "these are not the schemas of this portalgen: run portalgen schema\n"
    assert not (root / "content/.schemas/theme.json").exists()
    assert run(root, "schema").out == ran.out
    assert run(root, "schema", "--check").code == 0


def test_one_can_be_printed(workspace: Workspace, run: Run) -> None:
    root = workspace()
    ran = run(root, "schema", "--stdout", "steps")
    assert (ran.out, ran.err) == (schemas()["steps.json"], "")
    assert not (root / "content/.schemas").exists()
    both = run(root, "schema", "--stdout", "steps", "--check")
    assert both.code == 2
    assert both.err.endswith(
        "Error: --stdout prints one schema, and takes no FOLDER nor --check.\n"
    )


def test_a_folder_of_ones_own_can_be_named(workspace: Workspace, run: Run) -> None:
    root = workspace()
    ran = run(root, "schema", str(root / "schemas"))
    assert ran.out.startswith("schemas/studio.json\n")
    assert ran.err == ""
    assert (root / "schemas/studio.json").read_text("utf-8") == schemas()["studio.json"]


def test_what_the_system_refuses_is_said_in_one_line(workspace: Workspace, run: Run) -> None:
    root = workspace()
    (root / "content/.schemas").write_text("", "utf-8")
    ran = run(root, "schema")
    assert ran.code == 1
    assert ran.err.endswith(".schemas/studio.json: Not a directory\n")


def test_those_of_the_sample_are_in_step(run: Run) -> None:
    ran = run(SAMPLE.parent, "schema", "--check")
    assert (ran.code, ran.out) == (0, ""), "run: portalgen schema"


def test_a_modeline_leads_from_a_file_to_its_schema() -> None:
    assert modeline(0, "studio") == "# yaml-language-server: $schema=.schemas/studio.json"
    assert modeline(2, "invoice") == "# yaml-language-server: $schema=../../.schemas/invoice.json"


def test_the_first_lines_in_the_documentation_are_right() -> None:
    guide = (SAMPLE.parent / "docs/editor.md").read_text("utf-8")
    rows = re.findall(r"^\| `content/(\S+)\.yaml`.* \| `(.+)` \|$", guide, re.MULTILINE)
    assert len(rows) == 7
    for path, line in rows:
        *folders, name = path.split("/")
        kind = "invoice" if folders[-1:] == ["invoices"] else name
        assert line == modeline(len(folders), kind)


@pytest.mark.parametrize("name", NAMES)
def test_every_key_is_explained(name: str) -> None:
    schema = json.loads(schemas()[f"{name}.json"])
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    for keys in properties_in(schema):
        for key, form in keys.items():
            assert form.get("description"), f"{name}: {key}"


@pytest.mark.parametrize("name", NAMES)
def test_every_reference_leads_somewhere(name: str) -> None:
    text = schemas()[f"{name}.json"]
    defined = json.loads(text)["definitions"]
    assert set(re.findall(r'"#/definitions/(\w+)"', text)) == set(defined)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: next(iter(table.others)))
def test_every_spelling_is_accepted_and_nothing_else(table: Spellings) -> None:
    pattern = re.compile(pattern_of(table))
    words = [word for row in table.others.values() for found in row.values() for word in found]
    for word in (*words, *table.others):
        for form in (word, word.upper(), word.title(), spellings.folded(word)):
            for typed in (form, form.replace("'", "’"), form.replace(" ", "_")):
                accepted = spellings.meant(typed, table) is not None
                assert bool(pattern.fullmatch(typed)) == accepted, typed
        assert not pattern.fullmatch(f"{word}x")


def properties_in(schema: Any) -> Iterator[dict[str, Any]]:
    """Every group of keys in a schema."""
    if isinstance(schema, dict):
        if "additionalProperties" in schema:
            yield schema["properties"]
        for value in schema.values():
            yield from properties_in(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from properties_in(value)
