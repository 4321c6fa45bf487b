"""`portalgen init --renew`: what portalgen keeps in a workspace is brought up to date, no more."""

import json
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import Ran

from portalgen.cli import main
from portalgen.scaffold.editor import editor_files, with_schemas
from portalgen.scaffold.hosts import host_files, state_of
from portalgen.scaffold.ignoring import not_ignored, with_ignored
from portalgen.scaffold.pin import Pin, pinned_in, requirement_of, with_pin
from portalgen.scaffold.renew import renew

PIN = Pin("0.1.0", "portalgen==0.1.0")
NETLIFY = host_files("netlify", "en")["netlify.toml"]
OLDER = NETLIFY.replace("3.11", "3.10")


def sealed(text: str) -> str:
    """The same text as another portalgen would have written it: under a digest that fits it."""
    body = "".join(
        line for line in text.splitlines(keepends=True) if "portalgen init (" not in line
    )
    head, _, rest = text.partition("(")
    return f"{head}({sha256(body.encode()).hexdigest()[:12]}{rest[12:]}"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/studio.yaml").write_text("name: Atelier\nlanguage: fr\n", "utf-8")
    return tmp_path


def run(root: Path, *arguments: str) -> Ran:
    result = CliRunner().invoke(main, ["init", str(root), "--renew", *arguments])
    return Ran(result.exit_code, result.stdout, result.stderr)


def test_what_is_missing_is_written_once(root: Path) -> None:
    ran = run(root, "--host", "netlify")
    schemas = sorted(f"content/.schemas/{path.name}" for path in root.glob("content/.schemas/*"))
    assert len(schemas) == 11
    assert sorted(ran.out.splitlines()) == sorted(
        [
            *schemas,
            ".gitignore",
            ".vscode/extensions.json",
            ".vscode/settings.json",
            "netlify.toml",
            "requirements.txt",
        ]
    )
    assert (root / "netlify.toml").read_text("utf-8") == host_files("netlify", "fr")["netlify.toml"]
    assert (root / "content/studio.yaml").read_text("utf-8") == "name: Atelier\nlanguage: fr\n"
    again = run(root)
    assert (again.code, again.out, again.err) == (0, "", "nothing had to be renewed\n")


def test_what_its_author_changed_is_kept(root: Path) -> None:
    run(root, "--host", "netlify")
    file = root / "netlify.toml"
    mine = file.read_text("utf-8").replace("3.11", "3.13")
    file.write_text(mine, "utf-8")
    left = run(root)
    assert (left.out, left.err) == (
        "",
        "netlify.toml stays as you changed it\nnothing had to be renewed\n",
    )
    assert file.read_text("utf-8") == mine
    for old in ("netlify.toml.old", "netlify.toml.old2"):
        file.write_text(mine, "utf-8")
        named = run(root, "--host", "netlify")
        assert named.out == "netlify.toml\n"
        assert named.err == f"  what you had changed in it is in {old}\n"
        assert (root / old).read_text("utf-8") == mine
    assert '"3.11"' in file.read_text("utf-8")


def test_what_another_portalgen_wrote_is_written_anew(root: Path) -> None:
    (root / "netlify.toml").write_text(sealed(OLDER), "utf-8")
    made = renew(root, None, "en", PIN)
    assert "netlify.toml" in [one.path for one in made.renewed]
    assert all(one.old is None for one in made.renewed)
    assert (root / "netlify.toml").read_text("utf-8") == NETLIFY


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (NETLIFY, "current"),
        (host_files("netlify", "fr")["netlify.toml"], "current"),
        (NETLIFY.replace("\n", "\r\n"), "current"),
        (NETLIFY.replace("3.11", "3.13"), "edited"),
        (sealed(OLDER), "older"),
        (sealed(OLDER).replace("\n", "\r\n"), "older"),
        (sealed(OLDER) + "# mine\n", "edited older"),
        ('[build]\ncommand = "make"\n', "own"),
        ("", "own"),
    ],
)
def test_how_a_file_stands(text: str, state: str) -> None:
    assert state_of("netlify", "netlify.toml", text) == state


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "portalgen==0.1.0\n"),
        ("segno\n", "segno\nportalgen==0.1.0\n"),
        ("segno", "segno\nportalgen==0.1.0\n"),
        ("# x\nportalgen @ git+https://a.example@b\nsegno\n", "# x\nportalgen==0.1.0\nsegno\n"),
        ("portalgen-extra\n", "portalgen-extra\nportalgen==0.1.0\n"),
        ("Portalgen >=0.1", "portalgen==0.1.0"),
        ("portalgen[facturx] @ git+https://x@1\n", "portalgen[facturx]==0.1.0\n"),
    ],
)
def test_a_requirement_takes_the_place_of_another(before: str, after: str) -> None:
    assert with_pin(before, "portalgen==0.1.0") == after
    assert pinned_in(after) == "portalgen==0.1.0"


def origin(**said: object) -> str:
    return json.dumps(said)


@pytest.mark.parametrize(
    ("said", "requirement"),
    [
        (None, "portalgen==0.1.0"),
        (
            origin(url="https://git.example/p.git", vcs_info={"vcs": "git", "commit_id": "abc"}),
            "portalgen @ git+https://git.example/p.git@abc",
        ),
        (
            origin(url="https://me:x@git.example/p", vcs_info={"vcs": "git", "commit_id": "a"}),
            "portalgen @ git+https://git.example/p@a",
        ),
        (
            origin(url="ssh://git@git.example/p", vcs_info={"vcs": "git", "commit_id": "a"}),
            "portalgen @ git+ssh://git@git.example/p@a",
        ),
        (
            origin(url="https://x.example/p.whl", archive_info={"hashes": {"sha256": "00ff"}}),
            "portalgen @ https://x.example/p.whl#sha256=00ff",
        ),
        (
            origin(url="https://x.example/p.whl", archive_info={}),
            "portalgen @ https://x.example/p.whl",
        ),
        (origin(url="file:///home/me/p.whl", archive_info={}), None),
        (origin(url="file:///home/me/p", dir_info={"editable": True}), None),
        (origin(url="file:///p", vcs_info={"vcs": "git", "commit_id": "a"}), None),
        ("{}", None),
        ("[]", None),
        ("not JSON", None),
    ],
)
def test_where_another_machine_gets_it(said: str | None, requirement: str | None) -> None:
    assert requirement_of("0.1.0", said) == requirement


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "/output/\n/.portalgen/\n"),
        ("output\n.portalgen\n", "output\n.portalgen\n"),
        ("/output\n", "/output\n/.portalgen/\n"),
        ("x\r\n", "x\r\n/output/\r\n/.portalgen/\r\n"),
        ("x", "x\n/output/\n/.portalgen/\n"),
        ("# output\n!output\n", "# output\n!output\n/output/\n/.portalgen/\n"),
    ],
)
def test_what_git_leaves_out(before: str, after: str) -> None:
    assert with_ignored(before) == after
    assert [*not_ignored(after)] == []


def test_settings_of_an_editor_keep_what_they_say() -> None:
    whole = editor_files()[".vscode/settings.json"]
    assert with_schemas(whole) == whole
    added = with_schemas('{"editor.tabSize": 2, "yaml.schemas": {"a.json": "b.yaml"}}')
    assert added
    said = json.loads(added)
    assert said["editor.tabSize"] == 2
    assert said["yaml.schemas"]["a.json"] == "b.yaml"
    assert said["yaml.schemas"]["./content/.schemas/client.json"] == ["content/*/client.yaml"]
    assert with_schemas(added) == added
    for text in ("{ // mine\n}", "[]", "", '{"yaml.schemas": 1}'):
        assert with_schemas(text) is None


def test_settings_with_comments_are_left_and_named(root: Path) -> None:
    (root / ".vscode").mkdir()
    (root / ".vscode/settings.json").write_text("{ // mine\n}\n", "utf-8")
    ran = run(root)
    assert ran.err == ".vscode/settings.json stays as you changed it\n"
    assert (root / ".vscode/settings.json").read_text("utf-8") == "{ // mine\n}\n"


def test_a_source_that_is_known_takes_its_place_in_the_requirements(root: Path) -> None:
    (root / "netlify.toml").write_text(NETLIFY, "utf-8")
    (root / "requirements.txt").write_text("# mine\nportalgen==0.0.9\nsegno\n", "utf-8")
    renew(root, None, "en", PIN)
    text = (root / "requirements.txt").read_text("utf-8")
    assert text == "# mine\nportalgen==0.1.0\nsegno\n"
    renew(root, None, "en", Pin("0.2.0", None))
    assert (root / "requirements.txt").read_text("utf-8") == text
