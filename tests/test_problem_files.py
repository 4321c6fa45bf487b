"""Files that cannot be written down in tests/problems: links, other encodings, huge ones."""

import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from conftest import TODAY, Run, Workspace
from terminals import PROGRAM

from portalgen.desk import open_desk
from portalgen.making import Order, make_or_report

ROOT_MAY = "-dac_override,-dac_read_search"
WITHOUT_PRIVILEGE = () if os.geteuid() else ("setpriv", f"--bounding-set={ROOT_MAY}")
CAN_BE_REFUSED = bool(os.geteuid() or shutil.which("setpriv"))

LOGO = "---\ntitle: Logo\nfiles: [files/logo.txt]\ncovers: [R1, R2]\n---\n"


def test_a_file_that_is_not_utf8(workspace: Workspace, run: Run) -> None:
    root = workspace({"salon/spec.md": "- R1: un\n- R2: été\n".encode("latin-1")})
    ran = run(root, "check")
    assert ran.code == 1
    assert ran.err == (
        "content/salon/spec.md:2:7: error[not-utf8]: this file is not UTF-8\n"
        "    2 | - R2: \ufffdt\ufffd\n"
        "      |       ^ save it with the encoding UTF-8\n"
        "1 error\n"
    )


def test_a_byte_order_mark_does_no_harm(workspace: Workspace, run: Run) -> None:
    root = workspace({"salon/spec.md": b"\xef\xbb\xbf- R1: Le site\n"})
    assert run(root, "check").err == "nothing to mend\n"


@pytest.mark.parametrize(
    ("before", "end"), [(b"", b"\r\n"), (b"\xef\xbb\xbf", b"\n"), (b"\xef\xbb\xbf", b"\r\n")]
)
def test_the_caret_stands_under_the_word_whatever_the_line_ends(
    before: bytes, end: bytes, workspace: Workspace, run: Run
) -> None:
    lines = ("- {titel: 日本, title: Été, covers: [R1, R2]}", "- {title: Site, stauts: fait}")
    text = before + b"".join(line.encode() + end for line in lines)
    assert run(workspace({"salon/steps.yaml": text}), "check").err.startswith(
        'content/salon/steps.yaml:1:4: error[unknown-key]: "titel" is not a key here\n'
        "    1 | - {titel: 日本, title: Été, covers: [R1, R2]}\n"
        '      |    ^^^^^ did you mean "title"?\n'
        'content/salon/steps.yaml:2:17: error[unknown-key]: "stauts" is not a key here\n'
        "    2 | - {title: Site, stauts: fait}\n"
        '      |                 ^^^^^^ did you mean "status"?\n'
    )


def test_the_caret_of_another_encoding_stands_behind_what_is_wide(
    workspace: Workspace, run: Run
) -> None:
    root = workspace({"salon/spec.md": "- R1: 日本 ".encode() + "été\n".encode("latin-1")})
    assert run(root, "check").err == (
        "content/salon/spec.md:1:10: error[not-utf8]: this file is not UTF-8\n"
        "    1 | - R1: 日本 \ufffdt\ufffd\n"
        "      |            ^ save it with the encoding UTF-8\n"
        "1 error\n"
    )


def test_an_invoice_that_is_not_issued_is_no_file(workspace: Workspace, run: Run) -> None:
    root = workspace({"salon/invoice.yaml": "lines: [{text: Site, price: 1}]\n"})
    ran = run(root, "invoice pdf", "salon")
    assert ran.code == 1
    assert ran.err == (
        "content/salon: error[no-electronic-invoice]: no invoice of this client is issued\n"
        "      run portalgen approve salon\n"
        "1 error\n"
    )


@pytest.mark.parametrize("traces", [False, True])
def test_a_mistake_of_ours_holds_back_one_client(traces: bool, workspace: Workspace) -> None:
    root = workspace()
    order = Order(root=root, output=None, today=date.fromisoformat(TODAY), traces=traces)
    made = make_or_report(open_desk(root)[0], order, "a name that no system takes: \0")
    (problem,) = made.problems
    assert problem.code == "cannot-make"
    assert problem.message.startswith("portalgen failed on this client: ValueError: ")
    assert problem.hint.startswith("please report this, with the file")
    assert ("Traceback" in problem.hint) == traces


def test_a_text_that_is_too_large(workspace: Workspace, run: Run) -> None:
    root = workspace({"salon/spec.md": "x" * (4 * 1024 * 1024 + 1)})
    assert run(root, "check").err == (
        "content/salon/spec.md: error[text-too-large]: this text is larger than 4 MiB\n"
        "      move data to files/\n"
        "1 error\n"
    )


def test_a_link_that_leads_out_of_the_folder(workspace: Workspace, run: Run) -> None:
    root = workspace({"salon/deliverables/logo.md": LOGO, "barbier.txt": "secret"})
    (root / "content/salon/files").mkdir()
    (root / "content/salon/files/logo.txt").symlink_to("../../barbier.txt")
    assert run(root, "check").err == (
        "content/salon/deliverables/logo.md:3:9: error[file-outside]: "
        '"files/logo.txt" is a link that leads out of the client\'s folder, or nowhere\n'
        "    3 | files: [files/logo.txt]\n"
        "      |         ^^^^^^^^^^^^^^ "
        "copy the file into the client's folder, and write its path from there\n"
        "1 error\n"
    )


def test_a_link_inside_the_folder_is_a_file(workspace: Workspace, run: Run) -> None:
    root = workspace({"salon/deliverables/logo.md": LOGO, "salon/files/v2.txt": "logo"})
    (root / "content/salon/files/logo.txt").symlink_to("v2.txt")
    assert run(root, "check").code == 0


@pytest.mark.parametrize("path", ["salon/spec.md", "salon/steps/01-maquette.md"])
def test_a_text_behind_a_link_out_of_the_folder_is_not_read(
    path: str, workspace: Workspace, run: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.md"
    secret.write_text("---\ntitle: Secret\n---\n- R1: secret\n", "utf-8")
    root = workspace({"salon/spec.md": None} if path.endswith("spec.md") else {})
    (root / "content" / path).parent.mkdir(exist_ok=True)
    (root / "content" / path).symlink_to(secret)
    ran = run(root, "check")
    assert ran.code == 1
    assert "error[outside-folder]" in ran.err
    assert "Secret" not in ran.err


def test_a_client_folder_that_is_a_link(
    workspace: Workspace, run: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    root = workspace()
    (root / "content/barbier").symlink_to(elsewhere, target_is_directory=True)
    assert run(root, "check").err == (
        "content/barbier: error[outside-folder]: a folder of a client cannot be a link\n"
        "      put the folder itself here\n"
        "1 error\n"
    )


def test_steps_behind_a_link_are_not_silently_left_out(workspace: Workspace, run: Run) -> None:
    root = workspace({"shared/01-maquette.md": "---\ntitle: Maquette\ncovers: [R1, R2]\n---\n"})
    (root / "content/salon/steps").symlink_to(root / "content/shared", target_is_directory=True)
    ran = run(root, "build", "salon")
    assert (ran.code, ran.out.splitlines()[0]) == (1, "salon: in error: not published")
    assert "content/salon/steps: error[outside-folder]: a folder of a client cannot be" in ran.err


@pytest.mark.skipif(not CAN_BE_REFUSED, reason="needs setpriv, where root may read everything")
@pytest.mark.parametrize("closed", ["salon", "salon/corrections"])
def test_a_folder_that_is_closed_is_not_silently_left_out(
    closed: str, workspace: Workspace
) -> None:
    root = workspace({"salon/corrections/C1.md": "Plus gros.\n"})
    folder = root / "content" / closed
    folder.chmod(0)
    words = [*WITHOUT_PRIVILEGE, *PROGRAM, "check", "--workspace", str(root), "--today", TODAY]
    ran = subprocess.run(words, capture_output=True, text=True, check=False)
    folder.chmod(0o755)
    assert ran.returncode == 1
    assert ran.stderr == (
        f"content/{closed}: error[unreadable-file]: this folder cannot be read: Permission denied\n"
        "      check its permissions\n"
        "1 error\n"
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_text_without_permission(workspace: Workspace, run: Run) -> None:
    root = workspace()
    (root / "content/salon/spec.md").chmod(0)
    assert "error[unreadable-file]" in run(root, "check").err


def test_a_pipe_is_never_opened(workspace: Workspace, run: Run) -> None:
    root = workspace()
    (root / "content/salon/steps").mkdir()
    os.mkfifo(root / "content/salon/steps/01-maquette.md")
    assert "error[outside-folder]" in run(root, "check").err


def test_a_name_that_is_not_utf8(workspace: Workspace, run: Run) -> None:
    root = workspace({"salon/corrections/C1.md": "Plus gros.\n"})
    folder = os.fsencode(root / "content/salon/corrections")
    os.rename(folder + b"/C1.md", folder + b"/C\xff.md")  # noqa: PTH104 - bytes
    ran = run(root, "build")
    assert ran.code == 1
    assert "content/salon/corrections/C?.md: error[bad-file-name]" in ran.err


def test_hidden_files_and_copies_of_editors_are_passed_over(workspace: Workspace, run: Run) -> None:
    root = workspace(
        {
            "salon/.DS_Store": b"\x00",
            "salon/steps/.01-maquette.md.swp": b"\x00",
            "salon/spec.md~": "vieux",
            ".git/config": "x",
        }
    )
    assert run(root, "check").err == "nothing to mend\n"


def test_no_content_at_all(tmp_path: Path, run: Run) -> None:
    ran = run(tmp_path, "check")
    assert ran.code == 2
    assert ran.err.endswith(
        "Error: There is no folder content/ here. Run portalgen in your workspace, or name it with "
        "--workspace. For a new one: portalgen init\n"
    )


@pytest.mark.parametrize(("folder", "way"), [("content", ".."), ("content/salon", "../..")])
def test_deep_in_a_workspace(
    folder: str, way: str, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    monkeypatch.chdir(workspace() / folder)
    ran = run(Path(), "check")
    says = f"There is no folder content/ here. Your workspace is further up: cd {way}"
    assert (ran.code, ran.err.splitlines()[-1]) == (2, f"Error: {says}")
    assert f"           cd {way}\n" in run(Path(), "doctor").out
