"""`check --fix`: slips with one right answer are mended in their place; everything else stays."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import SMALLEST, Run, Workspace
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

STEP = "salon/steps/01-maquette.md"

MENDS: Mapping[str, tuple[str, str]] = {
    "colon in a value": ("question: Le bleu : oui ?", 'question: "Le bleu : oui ?"'),
    "colon in braces": (
        "waiting: {what: Une photo : le salon, before: 2026-12-01}",
        'waiting: {what: "Une photo : le salon", before: 2026-12-01}',
    ),
    "value quoted in part": ('question: "Oui" ou non ?', r'question: "\"Oui\" ou non ?"'),
    "apostrophes": ("question: 'L'été ?'", 'question: "L\'été ?"'),
    "star": ("effort: *important", 'effort: "*important"'),
    "comma in braces": (
        "waiting: {what: Les photos, les textes}",
        'waiting: {what: "Les photos, les textes"}',
    ),
    "open bracket": (
        "moved: [{on: 2026-11-02, was: 2026-11-01}",
        "moved: [{on: 2026-11-02, was: 2026-11-01}]",
    ),
    "date": ("due: 3/12/2026", "due: 2026-12-03"),
    "date in words": ("due: 3 décembre 2026   # promis", "due: 2026-12-03   # promis"),
    "date in quotes": ('due: "3.12.2026"', "due: 2026-12-03"),
    "half a range": ("due: 2026-12-03/5.12.2026", "due: 2026-12-03/2026-12-05"),
    "key in French": ("Début: 2026-11-02", "started: 2026-11-02"),
    "key in capitals": ("Due: 2026-12-03", "due: 2026-12-03"),
    "two on one line": ("Due: 3/12/2026", "due: 2026-12-03"),
    "three on one line": (
        "waiting: {What: Un mot : deux, before: 3/12/2026}",
        'waiting: {what: "Un mot : deux", before: 2026-12-03}',
    ),
}

STAYS: Mapping[str, str] = {
    "two pairs": "question: Le bleu status: done",
    "two pairs in braces": "waiting: {what: Les photos, from}",
    "a quote that never ends": 'question: "Oui',
    "a list that goes on": "moved: [",
    "a word after a hash": "question: Le menu #2",
    "mistyped": "status: finsihed",
    "mistyped key": "stauts: done",
    "an impossible date": "due: 31/02/2026",
    "a key twice over": "Due: 2026-12-03\ndue: 2026-12-04",
    "two keys for one": "échéance: 2026-12-03\nDue: 2026-12-04",
    "a line without a key": "question: Oui\nou non",
}


def _step(*lines: str) -> str:
    return "\n".join(("---", "title: Maquette", *lines, "---", "Un texte : rien #à dire.", ""))


def _read(root: Path, path: str) -> str:
    return (root / "content" / path).read_bytes().decode()


@pytest.mark.parametrize("name", MENDS)
def test_mends(name: str, workspace: Workspace, run: Run) -> None:
    before, after = MENDS[name]
    root = workspace({STEP: _step(before, "covers: [R1, R2]")})
    ran = run(root, "check", "--fix")
    assert _read(root, STEP) == _step(after, "covers: [R1, R2]")
    assert ran.code == 0
    assert "error" not in ran.err


@pytest.mark.parametrize("name", STAYS)
def test_leaves_what_a_colleague_would_ask_about(name: str, workspace: Workspace, run: Run) -> None:
    root = workspace({STEP: _step("covers: [R1, R2]", STAYS[name])})
    ran = run(root, "check", "--fix")
    assert (_read(root, STEP), ran.out, ran.code) == (
        _step("covers: [R1, R2]", STAYS[name]),
        "",
        1,
    )
    assert "--fix" not in ran.err


def test_says_each_mend_and_what_is_left(workspace: Workspace, run: Run) -> None:
    root = workspace({STEP: _step("covers: R1, R2", "due: 3/12/2026", "stauts: done")})
    ran = run(root, "check", "--fix")
    assert ran.out == (
        "content/salon/steps/01-maquette.md:3: fixed[wrong-type]: R1, R2 → [R1, R2]\n"
        "content/salon/steps/01-maquette.md:4: fixed[date-form]: 3/12/2026 → 2026-12-03\n"
    )
    assert ran.err == (
        'content/salon/steps/01-maquette.md:5:1: error[unknown-key]: "stauts" is not a key here\n'
        "    5 | stauts: done\n"
        '      | ^^^^^^ did you mean "status"?\n'
        "1 error\n"
    )
    assert ran.code == 1


def test_a_dry_run_shows_the_changes_and_writes_nothing(workspace: Workspace, run: Run) -> None:
    text = _step("covers: R1, R2", "Due: 3/12/2026")
    root = workspace({STEP: text})
    ran = run(root, "check", "--fix", "--dry-run")
    assert ran.out == (
        "--- content/salon/steps/01-maquette.md\n"
        "+++ content/salon/steps/01-maquette.md\n"
        "@@ -2,4 +2,4 @@\n"
        " title: Maquette\n"
        "-covers: R1, R2\n"
        "-Due: 3/12/2026\n"
        "+covers: [R1, R2]\n"
        "+due: 2026-12-03\n"
        " ---\n"
    )
    assert ran.err == "3 would be mended; nothing was written\n"
    assert (ran.code, _read(root, STEP)) == (0, text)


def test_check_says_what_would_be_mended(workspace: Workspace, run: Run) -> None:
    root = workspace({STEP: _step("covers: [R1, R2]", "due: 3/12/2026")})
    assert run(root, "check").err.endswith("1 error\nto have it mended: portalgen check --fix\n")


def test_keeps_line_ends_comments_and_the_byte_order_mark(workspace: Workspace, run: Run) -> None:
    text = (
        "\ufeffname: Salon : Martin\r\n\r\n# à vérifier : 3/4/2026\r\n"
        "contacts:\r\n\t- {id: claire, name: Martin, Claire}   # elle\r\n"
        "project: {titre: Site}\rlook:\r\n  accent: #8A3b5c # prune\r\n  \r\n# fin"
    )
    root = workspace({"salon/client.yaml": text})
    run(root, "check", "--fix")
    assert _read(root, "salon/client.yaml") == (
        '\ufeffname: "Salon : Martin"\r\n\r\n# à vérifier : 3/4/2026\r\n'
        'contacts:\r\n  - {id: claire, name: "Martin, Claire"}   # elle\r\n'
        'project: {title: Site}\rlook:\r\n  accent: "#8A3b5c" # prune\r\n  \r\n# fin'
    )


@pytest.mark.parametrize(
    ("language", "written", "left"),
    [
        ("fr", "due: 03/04/2027", "due: 2027-04-03"),
        ("en", "due: 03/04/2027", "due: 03/04/2027"),
        ("en", "due: 13/04/2027", "due: 2027-04-13"),
        ("en", "due: 04.03.2027", "due: 2027-03-04"),
        ("en", "due: 2027/3/4", "due: 2027-03-04"),
    ],
)
def test_a_date_with_two_readings_is_read_as_the_author_writes(
    language: str, written: str, left: str, workspace: Workspace, run: Run
) -> None:
    studio = SMALLEST["studio.yaml"].replace("language: fr", f"language: {language}")
    root = workspace({"studio.yaml": studio, STEP: _step(written)})
    run(root, "check", "--fix")
    assert _read(root, STEP) == _step(left)


@pytest.mark.parametrize(
    ("studio", "written", "left"),
    [
        ("language: fr\n", "1 800,00", "1800.00"),
        ("language: fr\n", "1 800,50 €", "1800.50"),
        ("language: fr\n", "1,800", "1,800"),
        ("language: en\n", "1,800", "1800"),
        ("language: en\n", "£1,800.00", "£1,800.00"),
        ("language: en\ncurrency: GBP\n", "£1800", "1800"),
        ("language: fr\n", "$1800", "$1800"),
        ("language: fr\n", "0,125", "0.125"),
        ("language: fr\n", "1.800,50", "1800.50"),
    ],
)
def test_a_number_is_mended_when_it_has_one_reading(
    studio: str, written: str, left: str, workspace: Workspace, run: Run
) -> None:
    spec = "---\nprice: {}\n---\n- R1: Le site\n"
    studio = SMALLEST["studio.yaml"].replace("language: fr\n", studio)
    root = workspace({"studio.yaml": studio, "salon/spec.md": spec.format(written)})
    run(root, "check", "--fix")
    assert _read(root, "salon/spec.md") == spec.format(left)


def test_what_the_tool_writes_is_never_touched(workspace: Workspace, run: Run) -> None:
    access = SMALLEST["salon/access.yaml"].replace("portal:", "Portal:")
    assert access != SMALLEST["salon/access.yaml"]
    root = workspace({"salon/access.yaml": access, "invoices.lock": "a : b : c\n"})
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    ran = run(root, "check", "--fix")
    assert ran.out == ""
    assert "--fix" not in ran.err
    assert {path: path.read_bytes() for path in before} == before


def test_a_line_with_a_secret_is_left_alone(workspace: Workspace, run: Run) -> None:
    text = _step("question: Le mot de passe : hunter2Xy9!")
    root = workspace({STEP: text})
    ran = run(root, "check", "--fix")
    assert "error[clear-secret]" in ran.err
    assert "hunter2" not in ran.out + ran.err
    assert _read(root, STEP) == text


def test_a_link_inside_the_folder_stays_a_link(workspace: Workspace, run: Run) -> None:
    root = workspace({"salon/files/step.md": _step("due: 3/12/2026")})
    link = root / "content" / STEP
    link.parent.mkdir()
    link.symlink_to("../files/step.md")
    run(root, "check", "--fix")
    assert link.is_symlink()
    assert _read(root, "salon/files/step.md") == _step("due: 2026-12-03")


def test_only_the_clients_named_and_the_studio_are_mended(workspace: Workspace, run: Run) -> None:
    text = _step("due: 3/12/2026")
    studio = f"{SMALLEST['studio.yaml']}website: https://example.org\nTheme: default\n"
    barber = {f"barbier/{path[6:]}": SMALLEST[path] for path in SMALLEST if "/" in path}
    root = workspace({"studio.yaml": studio, STEP: text, "barbier/steps/1.md": text, **barber})
    run(root, "check", "salon", "--fix")
    assert _read(root, STEP) == _step("due: 2026-12-03")
    assert _read(root, "barbier/steps/1.md") == text
    assert _read(root, "studio.yaml") == studio.replace("Theme:", "theme:")


def test_a_program_is_told_what_was_mended(workspace: Workspace, run: Run) -> None:
    root = workspace({STEP: _step("covers: [R1, R2]", "due: 3/12/2026")})
    ran = run(root, "check", "--fix", "--format", "json")
    assert ran.err == ""
    assert json.loads(ran.out)["fixed"] == [
        {
            "code": "date-form",
            "file": "content/salon/steps/01-maquette.md",
            "line": 4,
            "before": "3/12/2026",
            "after": "2026-12-03",
        }
    ]


def test_a_dry_run_goes_with_fix_and_with_text(workspace: Workspace, run: Run) -> None:
    root = workspace()
    assert "--dry-run goes with --fix" in run(root, "check", "--dry-run").err
    ran = run(root, "check", "--fix", "--dry-run", "--format", "json")
    assert (ran.code, "leave out --format" in ran.err) == (2, True)


@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    chosen=st.lists(st.sampled_from([*MENDS, *STAYS]), max_size=6, unique=True),
    end=st.sampled_from(["\n", "\r\n"]),
    mark=st.sampled_from(["", "\ufeff"]),
    comment=st.sampled_from(["", "# covers : rien, #fff 3/4/2026"]),
)
def test_nothing_that_can_be_mended_is_left_and_nothing_else_is_changed(  # noqa: PLR0917
    chosen: list[str], end: str, mark: str, comment: str, workspace: Workspace, run: Run
) -> None:
    written = [MENDS[name][0] if name in MENDS else STAYS[name] for name in chosen]
    text = mark + _step(comment, *written).replace("\n", end)
    root = workspace({STEP: text})
    first = run(root, "check", "--fix")
    mended = _read(root, STEP)
    second = run(root, "check", "--fix")
    assert (second.out, _read(root, STEP)) == ("", mended)
    assert "--fix" not in second.err
    assert first.err == second.err
    changed = {int(line.split(":")[1]) for line in first.out.splitlines()}
    pairs = zip(text.split("\n"), mended.split("\n"), strict=True)
    assert {n for n, (old, new) in enumerate(pairs, 1) if old != new} == changed


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    slips=st.lists(
        st.tuples(
            st.integers(0, 400), st.sampled_from([*list("\t:#,'\"{}[]-*&!%@|> \n"), ": ", " #"])
        ),
        max_size=6,
    )
)
def test_whatever_stands_there_only_the_lines_that_are_told_change(
    slips: list[tuple[int, str]], workspace: Workspace, run: Run
) -> None:
    text = _step(*(before for before, _ in MENDS.values()), "covers: R1, R2")
    for place, slip in slips:
        text = text[: place % len(text)] + slip + text[place % len(text) :]
    root = workspace({STEP: text})
    first = run(root, "check", "--fix")
    mended = _read(root, STEP)
    assert run(root, "check", "--fix").out == ""
    changed = {int(line.split(":")[1]) for line in first.out.splitlines()}
    pairs = zip(text.split("\n"), mended.split("\n"), strict=True)
    assert {n for n, (old, new) in enumerate(pairs, 1) if old != new} == changed
