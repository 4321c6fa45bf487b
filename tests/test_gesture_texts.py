"""What a gesture is told, and what it writes of it: whatever the words, files and days."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from subprocess import DEVNULL

import pytest
from conftest import TODAY, Run, Workspace
from test_gestures import FILES, contents, text_of

ASKED = "content/salon/corrections/C1.md"
REPLIES: Mapping[str, tuple[str, str]] = {
    "spaces that do not break": ("C’est fait\u00a0!", "reply: C’est fait\u00a0!\n"),
    "an emoji that is joined": ("Merci 👩\u200d🍳.", "reply: Merci 👩\u200d🍳.\n"),
    "several lines with both": (
        "Claire\u00a0:\n\nc’est fait 👩\u200d🍳.",
        "reply: |-\n  Claire\u00a0:\n\n  c’est fait 👩\u200d🍳.\n",
    ),
    "line ends of other programs": ("Un\u2028deux", "reply: |-\n  Un\n  deux\n"),
}


@pytest.mark.parametrize("case", REPLIES)
def test_words_as_people_write_them(workspace: Workspace, run: Run, case: str) -> None:
    said, written = REPLIES[case]
    root = workspace(FILES)
    ran = run(root, "answer", "salon", "C1", said)
    assert ran.code == 0, ran.err
    assert f"about: maquette\n{written}---\n" in text_of(root, "salon/corrections/C1.md")


def test_how_they_said_it_and_when(workspace: Workspace, run: Run) -> None:
    root = workspace({**FILES, "salon/spec.md": "- R1: Le site\n"})
    words = ["--by", "claire", "--on", "hier", "--via", "au téléphone\u00a0!"]
    assert run(root, "approve", "salon", "spec", *words).code == 0
    agreed = "agreed:\n  by: claire\n  on: 2026-11-22\n  via: au téléphone\u00a0!\n"
    assert text_of(root, "salon/spec.md") == f"---\n{agreed}---\n\n- R1: Le site\n"
    ran = run(root, "approve", "salon", "spec", "--by", "claire", "--on", "22/11/2026")
    assert '--on: "22/11/2026" is not written as a date here: write 2026-11-22' in ran.err


def test_two_files_of_one_name_are_told_apart(
    workspace: Workspace, run: Run, tmp_path: Path
) -> None:
    root = workspace(FILES)
    files = [tmp_path / folder / "logo.pdf" for folder in ("one", "two", "same")]
    for file, text in zip(files, ("1", "2", "1"), strict=True):
        file.parent.mkdir()
        file.write_text(text, "utf-8")
    before = contents(root)
    one, two, same = (f"--file={file}" for file in files)
    ran = run(root, "deliver", "salon", "photos", one, two)
    assert "two different files would be content/salon/files/logo.pdf\nrename one" in ran.err
    assert contents(root) == before
    assert run(root, "deliver", "salon", "photos", one, one, same).code == 0
    assert "files: [files/a.txt, files/logo.pdf]\n" in text_of(
        root, "salon/deliverables/01-photos.md"
    )


@pytest.mark.parametrize(
    "path", ["content/mairie/files/a.pdf", "content/studio.yaml", ".portalgen/keys/salon.json"]
)
def test_what_is_somebody_elses_is_not_handed_over(
    workspace: Workspace, run: Run, path: str
) -> None:
    root = workspace(FILES)
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).touch()
    before = contents(root)
    ran = run(root, "deliver", "salon", "photos", "--file", str(root / path))
    assert f"{path} belongs to another client, or to the whole studio\n" in ran.err
    assert "copy it to content/salon/files/ yourself\nnothing was changed\n" in ran.err
    assert contents(root) == before


def test_a_done_step_can_be_told_when_it_began(workspace: Workspace, run: Run) -> None:
    root = workspace(FILES)
    assert run(root, "done", "salon", "maquette").code == 0
    place = "content/salon/steps/01-maquette.md:4"
    for day, hint in (
        ("2026-11-20", f"to say when it began, write started: 2026-11-20 at {place}"),
        ("2026-11-24", f"if it begins again, take finished out of {place} first"),
    ):
        ran = run(root, "start", "salon", "maquette", "--on", day)
        assert ran.err == (
            f"Error: maquette is done since 2026-11-23\n{hint}\nnothing was changed\n"
        )


WHOLE: Mapping[str, tuple[str, list[str], str]] = {
    "the project": (
        "salon/client.yaml",
        ["move", "salon", "project", "2026-12-20"],
        "name: Salon Martin\nproject: {title: Le site, due: 2026-12-01, healt: x}\n",
    ),
    "the specification": (
        "salon/spec.md",
        ["approve", "salon", "spec", "--by", "claire"],
        "---\nagreed: {by: claire, on: 2026-09-31}\n---\n- R1: Le site\n",
    ),
}


@pytest.mark.parametrize("case", WHOLE)
def test_what_cannot_be_read_is_not_written_over(workspace: Workspace, run: Run, case: str) -> None:
    path, (command, *words), text = WHOLE[case]
    root = workspace({**FILES, path: text})
    ran = run(root, command, *words)
    assert ran.err.startswith(f"content/{path}:")
    assert ran.err.endswith("Error: mend this first\nnothing was changed\n")
    assert text_of(root, path) == text


def test_what_is_silenced_stays_silent(workspace: Workspace, run: Run) -> None:
    files = {**FILES, "salon/corrections/C1.md": "---\nby: claire\n---\n\nPlus grand.\n"}
    sorry = "Désolé pour le retard."
    loud = run(workspace(files), "answer", "salon", "C1", sorry, "--dry-run")
    assert "[apology-or-excuse]" in loud.err
    studio = "name: Atelier Lumen\nlanguage: fr\nsilenced:\n  - rule: apology-or-excuse\n"
    quiet = run(workspace({**files, "studio.yaml": studio}), "answer", "salon", "C1", sorry)
    assert quiet.code == 0
    assert "apology-or-excuse" not in quiet.err


def test_several_at_once_wait_for_each_other(workspace: Workspace, run: Run) -> None:
    names = [f"etape-{n}" for n in range(6)]
    listed = "".join(f"- title: {name}\n" for name in names)
    root = workspace({"salon/steps.yaml": listed})
    command = [sys.executable, "-m", "portalgen", "done", "salon"]
    options = ["-w", str(root), "--today", TODAY]
    programs = [
        subprocess.Popen([*command, name, *options], stdout=DEVNULL, stderr=DEVNULL)
        for name in names
    ]
    assert [program.wait() for program in programs] == [0] * len(names)
    done = "".join(f"- title: {name}\n  finished: {TODAY}\n" for name in names)
    assert text_of(root, "salon/steps.yaml") == done
