"""Folders and files into an output: whole or not at all, and telling nothing by the way."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from portalgen.write import write_file, write_folder


def pieces(end: Exception) -> Iterator[bytes]:
    yield b"half"
    raise end


@pytest.mark.parametrize("end", [ValueError("changed"), OSError("full")])
def test_what_is_half_written_does_not_stay(end: Exception, tmp_path: Path) -> None:
    with pytest.raises(type(end)):
        write_folder(tmp_path / "salon", {"a": b"whole", "b": pieces(end)}, lambda _: True)
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_accepted_does_not_stay(tmp_path: Path) -> None:
    def accept(_: Path) -> bool:
        raise OSError("unreadable")

    with pytest.raises(OSError, match="unreadable"):
        write_folder(tmp_path / "salon", {"a": b"whole"}, accept)
    assert list(tmp_path.iterdir()) == []


def test_files_are_written_in_the_order_of_their_addresses(tmp_path: Path) -> None:
    written = []

    def noted(name: str) -> Iterator[bytes]:
        written.append(name)
        yield b"content"

    names = ("files/c.bin", "files/a.bin", "files/b.bin")
    write_folder(tmp_path / "salon", {name: noted(name) for name in names}, lambda _: True)
    assert written == sorted(names)


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o444])
def test_a_file_keeps_its_mode(mode: int, tmp_path: Path) -> None:
    file = tmp_path / "access.yaml"
    file.write_bytes(b"before")
    file.chmod(mode)
    write_file(file, b"after")
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"after", mode)
