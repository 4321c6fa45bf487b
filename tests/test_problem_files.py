"""Files that cannot be written down in tests/problems: links, other encodings, huge ones."""

import os
from pathlib import Path

import pytest
from conftest import Run, Workspace

LOGO = "---\ntitle: Logo\nfiles: [files/logo.txt]\n---\n"


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
    ran = run(root, "check")
    assert "content/barbier: error[outside-folder]: a client's folder cannot be a link" in ran.err


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
    assert "There is no folder content/ here." in ran.err
