"""What `portalgen archive` refuses, what it says, and what it finds when it reads again."""

import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from archives import DAY, WITH_FILES, made
from conftest import Run, Workspace

from portalgen.archive import Wish, archive
from portalgen.archive.proof import check_locked, check_sums
from portalgen.desk import open_desk
from portalgen.shell import make_archive_shell
from portalgen.verify import Expected

# --- what is refused -----------------------------------------------------------------------------


def refused(run: Run, root: Path, *words: str) -> str:
    """What is said when nothing is archived."""
    ran = run(root, "archive", *words)
    assert ran.code in (1, 2)
    assert ran.out == ""
    assert not [path for path in root.rglob("*.zip") if path.stat().st_size > 1]
    assert not list(root.rglob(".fresh-*"))
    return re.sub(r"^Usage:.*\n.*\n\n", "", ran.err).replace(str(root), "ROOT")


def test_a_draft_is_no_archive(workspace: Workspace, run: Run) -> None:
    root = workspace()
    client = root / "content/salon/client.yaml"
    client.write_text(f"draft: yes\n{client.read_text('utf-8')}", "utf-8")
    assert refused(run, root, "salon", "-o", str(root / "a.zip")) == (
        "Error: salon is a draft: nothing of it is published, nor archived\n"
        "take draft: yes out of content/salon/client.yaml when it is ready\n"
    )


def test_what_a_build_would_not_publish_is_not_archived(workspace: Workspace, run: Run) -> None:
    root = workspace({"salon/steps.yaml": "- {title: La relecture, status: finsihed}\n"})
    said = refused(run, root, "salon", "-o", str(root / "a.zip"))
    assert "content/salon/steps.yaml:1:33: error[unknown-status]: " in said
    assert said.endswith("Error: salon was not archived: mend the errors first\n")


def test_an_invoice_that_is_held_back_holds_back_the_archive(
    workspace: Workspace, run: Run
) -> None:
    invoice = (
        "approval: 2026-11-02\nnumber: 2026-001\nissued: 2026-11-02\nthanks: Merci\n"
        "lines: [{text: Le site, price: 1800, vat: 20}]\n"
    )
    deliverable = "- {title: Le guide}\n"
    root = workspace({"salon/invoice.yaml": invoice, "salon/deliverables.yaml": deliverable})
    said = refused(run, root, "salon", "-o", str(root / "a.zip"))
    assert "error[" in said


def test_the_errors_of_another_client_hold_nothing_back(workspace: Workspace, run: Run) -> None:
    root = workspace({"other/client.yaml": "name: [\n"})
    made(root, run)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("missing/a.zip", "Error: There is no folder ROOT/missing.\n"),
        (
            "content/a.zip",
            "Error: What lies in content/ is your clients' content: name another place with -o.\n",
        ),
        (
            "output/a.zip",
            "Error: What lies in output/ is published: name another place with -o.\n",
        ),
        (
            "public/salon/a.zip",
            "Error: What lies in salon/ is published: name another place with -o.\n",
        ),
        (
            "public/other/a.zip",
            "Error: What lies in public/ is published: name another place with -o.\n",
        ),
        (
            "there.zip",
            "Error: ROOT/there.zip is there already: add --force, or name another with -o.\n",
        ),
    ],
)
def test_some_places_are_refused(place: str, said: str, workspace: Workspace, run: Run) -> None:
    root = workspace()
    (root / "output").mkdir()
    assert run(root, "build", "--output", str(root / "public")).code == 0
    (root / "public/other").mkdir()
    (root / "there.zip").write_bytes(b"x")
    assert refused(run, root, "salon", "-o", str(root / place)) == said
    assert (root / "there.zip").read_bytes() == b"x"


def test_nobody_else_reads_one_in_clear_and_no_link_is_followed(
    workspace: Workspace, run: Run
) -> None:
    root = workspace()
    (root / "victim").write_bytes(b"x")
    (root / ".fresh-made.zip").symlink_to(root / "victim")
    made(root, run, "--plain")
    assert (root / "made.zip").stat().st_mode & 0o777 == 0o600
    assert (root / "victim").read_bytes() == b"x"


HOOK = """
import os, signal, sys
from portalgen.cli import main

def hook(event, arguments):
    if event == "open" and str(arguments[0]).endswith("maquette.pdf"):
        if os.path.exists(".fresh-made.zip"):
            os.kill(os.getpid(), int(sys.argv.pop()))

sys.addaudithook(hook)
main(sys.argv[1:-1])
"""
"""Ends the program by a signal while the archive is written."""


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_what_is_ended_leaves_nothing_behind(end: signal.Signals, workspace: Workspace) -> None:
    root = workspace(WITH_FILES)
    words = ("archive", "salon", "--plain", "-o", "made.zip", str(int(end)))
    command = [sys.executable, "-c", HOOK, *words]
    ended = subprocess.run(command, cwd=root, check=False, capture_output=True, text=True)
    assert ended.returncode == 130
    assert ended.stderr.endswith("stopped: what was written is whole\n")
    assert not [path for path in root.iterdir() if path.name.endswith(".zip")]


def test_force_writes_over_a_file(workspace: Workspace, run: Run) -> None:
    root = workspace()
    (root / "made.zip").write_bytes(b"x")
    made(root, run, "--force")


def test_a_folder_gets_a_file_of_the_client_and_the_day(workspace: Workspace, run: Run) -> None:
    root = workspace()
    (root / "out").mkdir()
    ran = run(root, "archive", "salon", "-o", str(root / "out"))
    assert ran.out == f"{root / 'out' / f'salon-{DAY}.zip'}\n"


def test_a_name_without_its_ending_gets_it(workspace: Workspace, run: Run) -> None:
    root = workspace()
    ran = run(root, "archive", "salon", "-o", str(root / "papers"))
    assert ran.out == f"{root / 'papers.zip'}\n"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            (),
            (
                "it opens for Claire Martin, with the passphrases that they have\n"
                "access that you take away later does not reach a copy that you handed over\n"
                "to be written with it:\n\n"
                "Bonjour Claire Martin,\n\n"
                "Le projet est terminé. Travailler avec vous a été un plaisir.\n\n"
                "Voici, en un seul fichier, tout ce qui est à vous dans "
                "«\u00a0Site vitrine\u00a0». Décompressez-le sur un ordinateur, ouvrez "
                "index.html dans un navigateur et tapez votre phrase de passe.\n\n"
                "Bien à vous,\n\nAtelier Lumen\n"
            ),
        ),
        (
            ("--plain",),
            (
                "nothing in it is locked: hand it over by a way that only they can see\n"
                "to be written with it:\n\n"
                "Bonjour Claire Martin,\n\n"
                "Le projet est terminé. Travailler avec vous a été un plaisir.\n\n"
                "Voici, en un seul fichier, tout ce qui est à vous dans "
                "«\u00a0Site vitrine\u00a0». Décompressez-le, puis ouvrez index.html dans un "
                "navigateur. Toute personne qui a ce fichier peut le lire\u00a0: gardez-le en "
                "lieu sûr.\n\n"
                "Bien à vous,\n\nAtelier Lumen\n"
            ),
        ),
    ],
    ids=["locked", "plain"],
)
def test_what_to_write_with_it(
    options: tuple[str, ...], said: str, workspace: Workspace, run: Run
) -> None:
    root = workspace(WITH_FILES)
    client = root / "content/salon/client.yaml"
    closed = client.read_text("utf-8").replace("vitrine}", "vitrine, closed: 2026-11-20}")
    client.write_text(closed, "utf-8")
    ran = run(root, "archive", "salon", "-o", str(root / "made.zip"), *options)
    assert ran.code == 0, ran.err
    assert ran.err.endswith(said)


@pytest.mark.parametrize("locked", [True, False])
def test_a_file_that_changes_meanwhile_leaves_no_archive(
    locked: bool, workspace: Workspace
) -> None:
    root = workspace(WITH_FILES)
    target, file = root / "made.zip", root / "content/salon/files/maquette.pdf"

    def meddle(_done: int, _total: int) -> None:
        if target.with_name(".fresh-made.zip").exists():
            file.write_bytes(b"%PDF-1.4 un autre")

    wish = Wish(root=root, client="salon", target=target, locked=locked, today=date(2026, 11, 23))
    done, problems = archive(wish, meddle)
    assert done is None
    assert [problem.code for problem in problems] == ["cannot-lock"]
    assert not list(root.glob("*.zip"))
    assert not list(root.glob(".fresh-*"))


# --- read again ----------------------------------------------------------------------------------


def tampered(source: Path, change: Mapping[str, bytes | None]) -> Path:
    """The same archive with some of its files altered, added, or taken out."""
    target = source.with_name("tampered.zip")
    with ZipFile(source) as before, ZipFile(target, "w") as after:
        contents = {info.filename: before.read(info) for info in before.infolist()}
        for name, content in {**contents, **change}.items():
            if content is not None:
                after.writestr(name, content)
    return target


def problems_in(root: Path, target: Path, folder: str) -> list[str]:
    desk, _ = open_desk(root)
    assert desk.theme
    shell = make_archive_shell(desk.workspace.studio, desk.theme)
    readme = (root / "made" / folder / "README.txt").read_bytes()
    found = check_locked(target, folder, shell, Expected(), {"README.txt": readme})
    return [f"{problem.place.source.path}: {problem.message}" for problem in found]


def test_whatever_is_no_part_of_the_portal_is_found(workspace: Workspace, run: Run) -> None:
    root = workspace(WITH_FILES)
    folder = made(root, run)
    name, part = folder.name, min(folder.glob("files/*.js"))
    inside = f"{name}/files/{part.name}"
    target = root / "made.zip"
    assert problems_in(root, target, name) == []
    notes = tampered(target, {f"{name}/notes.txt": b"in clear"})
    assert problems_in(root, notes, name) == [
        "tampered.zip/notes.txt: this file is no part of a portal, and may be readable by anyone"
    ]
    readme = tampered(target, {f"{name}/README.txt": b"Claire"})
    assert problems_in(root, readme, name) == [f"{name}/README.txt: this file is altered"]
    clear = tampered(target, {inside: b"alert(1)"})
    assert problems_in(root, clear, name) == [
        "tampered.zip: this is no part of a file that portalgen locked"
    ]
    more = tampered(target, {inside: part.read_bytes().replace(b",0,1,", b",0,2,")})
    assert problems_in(root, more, name) == ["tampered.zip: a part of a file is missing"]
    above = tampered(target, {f"{name}/../../index.html": b"x"})
    assert problems_in(root, above, name) == [
        "tampered.zip: ../../index.html leads out of the archive"
    ]


def test_a_list_that_is_not_that_of_the_files_is_found(workspace: Workspace, run: Run) -> None:
    root = workspace(WITH_FILES)
    name, target = made(root, run, "--plain").name, root / "made.zip"
    assert list(check_sums(target, name)) == []
    changes: Mapping[str, Mapping[str, bytes | None]] = {
        "this file is not what its checksum says": {f"{name}/journal.txt": b"x"},
        "this list is not that of the archive's files": {f"{name}/more.txt": b"x"},
    }
    for message, change in changes.items():
        found = check_sums(tampered(target, change), name)
        assert [problem.message for problem in found] == [message]
    gone = tampered(target, {f"{name}/SHA256SUMS": None})
    assert ["cannot be read again" in one.message for one in check_sums(gone, name)] == [True]
    broken = root / "broken.zip"
    broken.write_bytes(target.read_bytes()[:-100])
    assert ["cannot be read again" in one.message for one in check_sums(broken, name)] == [True]
