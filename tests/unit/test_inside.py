"""Only a regular file of the folder is ever opened."""

import os
from pathlib import Path

import pytest

from portalgen.inside import open_inside


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "client"
    made.mkdir()
    (made / "a.txt").write_bytes(b"inside")
    (tmp_path / "secret.txt").write_bytes(b"outside")
    return made


def test_a_file_and_a_link_to_it(folder: Path) -> None:
    (folder / "b.txt").symlink_to("a.txt")
    for name in ("a.txt", "b.txt"):
        with open_inside(folder / name, folder) as opened:
            assert opened.read() == b"inside"


def test_a_link_out_of_the_folder(folder: Path) -> None:
    (folder / "b.txt").symlink_to("../secret.txt")
    with pytest.raises(OSError, match="leads out"):
        open_inside(folder / "b.txt", folder)


def test_a_pipe_does_not_make_anybody_wait(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    with pytest.raises(OSError, match="no regular file"):
        open_inside(folder / "pipe", folder)


@pytest.mark.parametrize("name", ["gone.txt", "."])
def test_what_is_no_file(name: str, folder: Path) -> None:
    with pytest.raises(OSError):  # noqa: PT011 - each system says it in its own words
        open_inside(folder / name, folder)
