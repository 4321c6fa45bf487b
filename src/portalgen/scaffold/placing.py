"""Puts finished files into a folder: all of them, or none; and nothing that is there is lost.

They are made in a folder inside it, and moved one by one when all is done, content/ last. So what
is cut off is no workspace yet, and the same command makes it one.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from portalgen.model.folder import CONTENT
from portalgen.scaffold.workspace import IGNORE

STAGE = ".portalgen-init"
"""Where files are made before they are put in place."""

_HARMLESS = {
    ".git", IGNORE, ".gitattributes", ".editorconfig", ".envrc", ".python-version", ".venv", "venv",
    ".vscode", ".idea", ".DS_Store", "Thumbs.db", "desktop.ini",
}  # fmt: skip
_HARMLESS_STEMS = ("readme", "license", "licence", "copying")


@dataclass(frozen=True, slots=True)
class Placed:
    """What was put in place, and what was left as it was, by path."""

    written: tuple[str, ...]
    kept: tuple[str, ...]


def in_the_way(target: Path, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """What stands in a folder, and is neither one of those files nor what a new repository has."""
    if not target.is_dir():
        return ()
    names = sorted(name for name in os.listdir(target) if not _is_harmless(name))
    return tuple(name for name in names if not _is_ours(target, name, files))


def fresh_stage(target: Path) -> Path:
    """An empty folder to make files in; what an earlier one left is removed."""
    stage = target / STAGE
    remove(stage)
    stage.mkdir(parents=True)
    return stage


def write_into(stage: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder by their paths."""
    for path, content in files.items():
        file = stage / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def place(stage: Path, target: Path) -> Placed:
    """Move all files of a stage into the folder that it stands in; one that is there is kept.

    What cannot go on, or is stopped, leaves the folder as it was.
    """
    moved: list[Path] = []
    kept: list[str] = []
    files = sorted(str(file.relative_to(stage)) for file in stage.rglob("*") if file.is_file())
    try:
        for name in sorted(os.listdir(stage), key=lambda name: (name == CONTENT, name)):
            _move(stage, target, name, moved, kept)
    except BaseException:
        for one in reversed(moved):
            remove(one)
        raise
    remove(stage)
    return Placed(tuple(path for path in files if not _is_in(path, kept)), tuple(kept))


def remove(path: Path) -> None:
    """Remove a file or a folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _move(stage: Path, target: Path, path: str, moved: list[Path], kept: list[str]) -> None:
    new, old = stage / path, target / path
    if not os.path.lexists(old):
        moved.append(old)
        new.rename(old)
    elif new.is_dir() and old.is_dir() and not old.is_symlink():
        for name in sorted(os.listdir(new)):
            _move(stage, target, f"{path}/{name}", moved, kept)
    elif not (new.is_file() and _says(old, new.read_bytes())):
        kept.append(path)


def _is_in(path: str, kept: list[str]) -> bool:
    return any(path == one or path.startswith(f"{one}/") for one in kept)


def _is_harmless(name: str) -> bool:
    stem = name.lower().partition(".")[0]
    return name in _HARMLESS or name == STAGE or stem in _HARMLESS_STEMS


def _is_ours(target: Path, name: str, files: Mapping[str, bytes]) -> bool:
    """Whether all that stands there is to the byte what would be written."""
    return all(path in files and _says(target / path, files[path]) for path in _in(target, name))


def _in(target: Path, name: str) -> Iterator[str]:
    whole = target / name
    if whole.is_symlink() or not whole.is_dir():
        yield name
        return
    for folder, _, names in os.walk(whole):
        inside = Path(folder).relative_to(target).as_posix()
        yield from (f"{inside}/{one}" for one in names)


def _says(file: Path, content: bytes) -> bool:
    try:
        return file.is_file() and not file.is_symlink() and file.read_bytes() == content
    except OSError:
        return False
