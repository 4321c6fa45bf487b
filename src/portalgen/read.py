"""The first stage: from a folder on disk to its texts and the list of its files.

The only room that reads what an author wrote. It never follows a link out of a client's
folder, never opens anything but regular files, and never changes anything.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from portalgen.model.folder import COLLECTIONS, CONTENT, Folder
from portalgen.problem import Place, Problem, Source

LARGEST_TEXT = 4 * 1024 * 1024
"""Bytes of a text that is read: some 2,000 printed pages."""

_TEXT_ENDINGS = (".md", ".yaml", ".yml")


def client_names(root: Path) -> tuple[str, ...]:
    """The names of the clients' folders, sorted.

    Raises:
        FileNotFoundError: the workspace has no content folder.
    """
    with os.scandir(root / CONTENT) as entries:
        return tuple(sorted(e.name for e in entries if e.is_dir() and not _ignored(e.name)))


def read_studio(root: Path) -> tuple[Folder, list[Problem]]:
    """Read the files that all clients share; no client's folder is opened."""
    with os.scandir(root / CONTENT) as entries:
        names = sorted(e.name for e in entries if not e.is_dir() and not _ignored(e.name))
    return _read(root / CONTENT, CONTENT, names)


def read_client(root: Path, name: str) -> tuple[Folder, list[Problem]]:
    """Read one client's folder, and nothing else."""
    folder = root / CONTENT / name
    if folder.is_symlink():
        place = Place(Source(f"{CONTENT}/{name}"))
        hint = "put the folder itself here"
        problem = Problem("outside-folder", "a client's folder cannot be a link", place, hint)
        return Folder(place.source.path, {}, {}, frozenset(), frozenset()), [problem]
    return _read(folder, f"{CONTENT}/{name}", sorted(_walk(folder)))


def _walk(folder: Path) -> Iterator[str]:
    """The paths below a folder; one behind a link, or closed to us, is named and not entered."""
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        try:
            with os.scandir(folder / inside) as found:
                entries = [entry for entry in found if not _ignored(entry.name)]
        except OSError:
            yield inside.rstrip("/")
            continue
        for entry in entries:
            path = f"{inside}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                waiting.append(f"{path}/")
            else:
                yield path


def _read(folder: Path, shown: str, paths: list[str]) -> tuple[Folder, list[Problem]]:
    texts: dict[str, Source] = {}
    files: dict[str, int] = {}
    problems: dict[str, Problem] = {}
    outside: set[str] = set()
    real = folder.resolve()
    for path in paths:
        if not path.isprintable():
            shown_path = path.encode("utf-8", "replace").decode("utf-8")
            problems[path] = _bad_name(f"{shown}/{shown_path}")
            continue
        size = _size_inside(folder / path, real)
        if size is None:
            outside.add(path)
        if not _may_be_content(path):
            files |= {} if size is None else {path: size}
            continue
        source = _text(folder / path, f"{shown}/{path}", size)
        if isinstance(source, Source):
            texts[path] = source
        else:
            problems[path] = source
    unreadable = frozenset(problems)
    read = Folder(shown, texts, files, unreadable, frozenset(outside))
    return read, list(problems.values())


def _bad_name(shown: str) -> Problem:
    message = "this file's name has signs that are not UTF-8, or cannot be seen"
    return Problem("bad-file-name", message, Place(Source(shown)), "rename the file")


def _size_inside(path: Path, folder: Path) -> int | None:
    """The size of a regular file that lies in the folder, wherever a link leads; else None."""
    try:
        real = path.resolve(strict=True)
        info = real.stat()
    except OSError:
        return None
    inside = real.is_relative_to(folder) and stat.S_ISREG(info.st_mode)
    return info.st_size if inside else None


def _may_be_content(path: str) -> bool:
    """Whether a text could be part of the content, by its place and its ending."""
    folder, _, name = path.rpartition("/")
    return name.endswith(_TEXT_ENDINGS) and (not folder or folder in COLLECTIONS)


def _text(path: Path, shown: str, size: int | None) -> Source | Problem:
    place = Place(Source(shown))
    if size is None:
        message = "this is no file of this folder: a link that leads out of it, or something else"
        return Problem("outside-folder", message, place, "put the text itself here")
    if size > LARGEST_TEXT:
        message = f"this text is larger than {LARGEST_TEXT // 1024 // 1024} MiB"
        return Problem("text-too-large", message, place, "move data to files/")
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"this file cannot be read: {error.strerror}"
        return Problem("unreadable-file", message, place, "check its permissions")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _not_utf8(shown, data, error.start)
    return Source(shown, text.replace("\r\n", "\n").replace("\r", "\n"))


def _not_utf8(shown: str, data: bytes, position: int) -> Problem:
    before = data[:position].decode("utf-8", "replace")
    source = Source(shown, data.decode("utf-8", "replace"))
    place = Place(source, before.count("\n") + 1, len(before) - before.rfind("\n"))
    return Problem("not-utf8", "this file is not UTF-8", place, "save it with the encoding UTF-8")


def _ignored(name: str) -> bool:
    """Hidden files, and what editors and systems leave behind."""
    return name.startswith((".", "_", "~")) or name.endswith(("~", ".swp", ".bak"))
