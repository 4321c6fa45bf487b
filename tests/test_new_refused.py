"""`portalgen new` with slips, odd files and hostile titles: refused whole, or read back as said."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import TODAY, Run, Workspace
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_new import PLAN, STEP, THREE, added, content, refused

from portalgen.cli import main
from portalgen.parse import parse_client
from portalgen.read import read_client

BROKEN_LIST = {"salon/steps.yaml": "- title: Le dessin : la page\n"}
REFUSED: Mapping[str, tuple[Mapping[str, str | bytes], list[str], str]] = {
    "a requirement that is none": (
        {},
        ["step", "salon", "x", "--covers", "R1,R9"],
        '"R9" is not a requirement of this project: there are: R1, R2',
    ),
    "a date as one says it": (
        {},
        ["step", "salon", "x", "--due", "14/09/2026"],
        '"14/09/2026" is not written as a date here: write 2026-09-14',
    ),
    "an amount as one says it": (
        {},
        ["amendment", "salon", "x", "--price-change", "260,00 €"],
        '"260,00 €" is not written as a number here: write 260.00',
    ),
    "nobody by that name": (
        {},
        ["correction", "salon", "x", "--by", "clare"],
        'did you mean "claire"?',
    ),
    "nothing by that name": (
        STEP,
        ["correction", "salon", "x", "--about", "desin"],
        '"desin" is not a step or a deliverable of this project: did you mean "dessin"?',
    ),
    "no such file": (
        PLAN,
        ["deliverable", "salon", "x", "--file", "files/plon.pdf"],
        'did you mean "files/plan.pdf"?',
    ),
    "a secret": ({}, ["step", "salon", "x", "--text", "Mot de passe : Soleil44"], "portalgen seal"),
    "both forms": (
        {**STEP, "salon/steps.yaml": "- title: x\n"},
        ["step", "salon", "x"],
        "error[both-forms]",
    ),
    "a list with errors": (BROKEN_LIST, ["step", "salon", "x"], "error[colon-in-value]"),
    "a list in another encoding": (
        {"salon/steps.yaml": "- title: Élan\n".encode("latin-1")},
        ["step", "salon", "x"],
        "error[not-utf8]",
    ),
    "a folder with a French name": (
        {"salon/etapes/01-a.md": "a"},
        ["step", "salon", "x"],
        "did you mean steps?",
    ),
    "a list with a French name": (
        {"salon/étapes.yaml": "- title: x\n"},
        ["step", "salon", "x"],
        "did you mean steps.yaml?",
    ),
    "a place in a list": (
        {"salon/steps.yaml": "- title: a\n"},
        ["step", "salon", "x", "--after", "a"],
        "leave out --after and --before",
    ),
    "a place beside nothing": (
        THREE,
        ["step", "salon", "x", "--after", "bb"],
        'there is no "bb" to put it beside\ndid you mean "b"?',
    ),
    "a file where the folder belongs": (
        {"salon/steps": "a"},
        ["step", "salon", "x"],
        "content/salon/steps is no folder of its own",
    ),
    "a step that texts link to by its file": (
        {
            **THREE,
            "salon/deliverables/01-site.md": "---\ntitle: Le site\n---\n[b](../steps/02-b.md)\n",
            "salon/steps/03-c.md": "---\ntitle: c\n---\n\n[b](02-b.md)\n",
        },
        ["step", "salon", "x", "--after", "a"],
        (
            "are named in texts: 02-b.md, 03-c.md\n"
            "  content/salon/steps/03-c.md:5\n  content/salon/deliverables/01-site.md:4\n"
            "link to them by id, which stays"
        ),
    ),
    "a step whose id is its number": (
        {**THREE, "salon/steps/04.md": "---\ntitle: d\n---\n"},
        ["step", "salon", "x", "--after", "a"],
        "rename it first, such as 04-name.md",
    ),
    "a number after requirements that cannot be read": (
        {"salon/spec.md": "---\nprice: 12 00\n---\n- R1: Le site\n- R2: Les tarifs\n"},
        ["amendment", "salon", "x"],
        "error[number-form]",
    ),
    "a control sign in a text": (
        {},
        ["step", "salon", "x", "--text", "a\x07b"],
        "The text has signs that are no text.",
    ),
    "no title": ({}, ["step", "salon"], "The title is missing. Write, for example:"),
    "an empty title": ({}, ["step", "salon", " "], "it is empty"),
    "a control sign": ({}, ["step", "salon", "a\x07b"], "it has signs that are no text"),
    "no such client": ({}, ["step", "salom", "x"], 'Did you mean "salon"?'),
    "no correction": ({}, ["correction", "salon"], "What they ask to change is missing"),
    "two places": (
        THREE,
        ["step", "salon", "x", "--after", "a", "--before", "c"],
        "not both",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_nothing_is_written(name: str, workspace: Workspace, run: Run) -> None:
    files, words, said = REFUSED[name]
    ran = refused(run, workspace(files), *words)
    assert said in ran.err


def test_nothing_goes_through_a_link(
    workspace: Workspace, run: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root, elsewhere = workspace(), tmp_path_factory.mktemp("elsewhere")
    (root / "content/salon/steps").symlink_to(elsewhere)
    assert "is no folder of its own" in refused(run, root, "step", "salon", "x").err
    (root / "content/other").symlink_to(elsewhere)
    assert "error[outside-folder]" in refused(run, root, "step", "other", "x").err
    assert list(elsewhere.iterdir()) == []


def test_a_day_as_one_says_it(workspace: Workspace, run: Run) -> None:
    path, _ = added(run, workspace(), "update", "salon", "Essais", "--on", "yesterday")
    assert path == "content/salon/updates/2026-11-22-essais.md"


TERMS: Mapping[str, tuple[str | None, str]] = {
    "the first": (
        None,
        '# yaml-language-server: $schema=.schemas/glossary.json\nMaquette: "Le dessin : un plan"\n',
    ),
    "one more": (
        "# Words.\r\nplugin: Une pièce.\r\n# End.\r\n",
        '# Words.\r\nplugin: Une pièce.\r\nMaquette: "Le dessin : un plan"\r\n# End.\r\n',
    ),
}


@pytest.mark.parametrize("name", TERMS)
def test_a_term(name: str, workspace: Workspace, run: Run) -> None:
    before, after = TERMS[name]
    root = workspace({"glossary.yaml": before, **STEP})
    ran = run(root, "new term", "Maquette", "Le dessin : un plan")
    assert ran.out == "content/glossary.yaml\n"
    assert ran.err == '"Maquette" is explained where a text of a portal has it first\n'
    assert (root / "content/glossary.yaml").read_bytes().decode() == after


def test_a_term_that_is_explained_already(workspace: Workspace, run: Run) -> None:
    root = workspace({"glossary.yaml": "Maquette: Le dessin\n"})
    assert '"Maquette" is explained already' in run(root, "new term", "maquette", "x").err
    assert "is missing" in run(root, "new term", "plugin").err
    root = workspace({"glossary.yaml": "- a\n"})
    assert "error[wrong-type]" in run(root, "new term", "plugin", "x").err


def test_a_text_from_standard_input(workspace: Workspace, run: Run) -> None:
    root = workspace()
    words = ("correction", "salon", "-", "--by", "claire")
    _, text = added(run, root, *words, stdin="\n\n    Le bleu\r\n\r\nest froid. \n\n")
    assert text.endswith("---\n\n    Le bleu\n\nest froid.\n")
    assert run(root, "new", "update", "salon", "x", "--text", "-", stdin=" \n").code == 1
    assert run(root, "new", "update", "salon", "x", "--text", "-", stdin=b"\xff").code == 1


def test_the_new_file_is_opened(
    workspace: Workspace, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\necho "Le bleu est froid" >> "$1"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))
    root = workspace()
    _, text = added(run, root, "correction", "salon", "--edit")
    assert text.endswith("Le bleu est froid\n")
    monkeypatch.setenv("VISUAL", str(tmp_path / "none"))
    ran = run(root, "new", "update", "salon", "Essais", "--edit")
    assert ran.code == 1
    assert "the file is written" in ran.err


def test_a_studio_with_errors_keeps_no_step_from_being_written(
    workspace: Workspace, run: Run
) -> None:
    root = workspace({"studio.yaml": "language: [\n"})
    assert run(root, "new", "step", "salon", "Photos").code == 0


HOSTILE = [
    *("Le dessin : la première page", "#1", "a # b", "* a", "- a", "? a", "& a", "! a", "{a}"),
    *("[a, b]", '"a"', "'a", "a\\b", "{{title}}", "null", "~", "yes", "2026-11-23", "---", "|"),
    *(
        "🎉",
        "مرحبا بالعالم",
        "\u202eabc",
        "x" * 300,
        "a, b: c",
        "%",
        "@a",
        "`a`",
        "é\u00a0: b",
        "a:",
    ),
]
LINES = st.text(st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp")), min_size=1)


def new_step(root: Path, title: str) -> Result:
    """Options first, since a title may look like one."""
    options = ["--workspace", str(root), "--today", TODAY]
    return CliRunner().invoke(main, ["new", "step", *options, "--", "salon", title])


@pytest.mark.parametrize("form", ["file", "list"])
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(title=st.one_of(st.sampled_from(HOSTILE), LINES))
def test_any_title_is_read_back(form: str, workspace: Workspace, title: str) -> None:
    root = workspace({"salon/steps.yaml": "- title: a\n" if form == "list" else None})
    before = content(root)
    ran = new_step(root, title)
    if ran.exit_code:
        assert content(root) == before
        assert "Error: " in ran.stderr
        return
    portal, found = parse_client(read_client(root, "salon")[0])
    assert [problem for problem in found if problem.blocks_portal] == []
    assert portal.steps[-1].title == title.strip()
    for path in set(content(root)) - set(before):
        (root / "content" / path).unlink()


@pytest.mark.parametrize("title", HOSTILE)
def test_no_title_that_people_type_is_refused(title: str, workspace: Workspace, run: Run) -> None:
    root = workspace()
    assert new_step(root, title).exit_code == 0
    assert run(root, "check").code == 0
    (file,) = (root / "content/salon/steps").iterdir()
    assert len(file.name) < 60
    (step,) = parse_client(read_client(root, "salon")[0])[0].steps
    assert step.title == title
