"""The files that go with a deliverable: already in the client's folder, or copied there."""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from filecmp import cmp
from pathlib import Path

from portalgen.gestures.refusal import GestureError
from portalgen.keyring import CACHE
from portalgen.model.folder import CONTENT
from portalgen.model.values import path_segment
from portalgen.scaffold.opening import Shelf

FILES = "files"


@dataclass(frozen=True, slots=True)
class Attached:
    """A file, by its path in the client's folder; `source` is what has to be copied there."""

    path: str
    source: Path | None = None


def attached_files(
    shelf: Shelf, given: Sequence[Path], version: str | None = None
) -> tuple[Attached, ...]:
    """The files that are meant, each once.

    Raises:
        GestureError: as `attached_file`; or two of them would have one name in files/.
        OSError: one cannot be read.
    """
    found: dict[str, Attached] = {}
    for path in given:
        one = attached_file(shelf, path, version)
        other = found.setdefault(one.path.casefold(), one)
        if not _is_same(one, other):
            message = f"two different files would be {shelf.path(one.path)}"
            raise GestureError(message, "rename one of them, so that both can be told apart")
    return tuple(found.values())


def _is_same(one: Attached, other: Attached) -> bool:
    if one == other:
        return True
    return bool(one.source and other.source and cmp(one.source, other.source, shallow=False))


def attached_file(shelf: Shelf, given: Path, version: str | None = None) -> Attached:
    """The file that is meant: at its path from here, or from the client's folder.

    Args:
        version: what tells it apart from an earlier file of the same name.

    Raises:
        GestureError: there is none, it is no file, it is somebody else's, or another one has its
            name in files/.
        OSError: it cannot be read.
    """
    folder = (shelf.root / shelf.folder.path).resolve()
    at = next((p for p in (given, folder / given) if p.exists()), None)
    if at is None:
        raise GestureError(f"there is no file {given}", "name one by its path from here")
    real = at.resolve()
    if not real.is_file():
        raise GestureError(f"{given} is no file", "name each file by itself")
    if real.is_relative_to(folder):
        return _inside(shelf, real.relative_to(folder).as_posix())
    _refuse_of_others(shelf, given, real)
    names = [given.name]
    suffix = path_segment(version or "")
    names += [f"{given.stem}-{suffix}{given.suffix}"] if suffix else []
    return _from_outside(shelf, names, real, folder)


def _refuse_of_others(shelf: Shelf, given: Path, real: Path) -> None:
    """A slip in a path must not show one client what is another's, or the keys."""
    if any(real.is_relative_to((shelf.root / own).resolve()) for own in (CONTENT, CACHE)):
        message = f"{given} belongs to another client, or to the whole studio"
        hint = f"if {shelf.client} may have it, copy it to {shelf.path(FILES)}/ yourself"
        raise GestureError(message, hint)


def _inside(shelf: Shelf, path: str) -> Attached:
    if path not in shelf.folder.files:
        message = f"{shelf.path(path)} is hidden, or a text of the portal itself"
        raise GestureError(message, f"copy it to {shelf.path(FILES)}/ under another name")
    return Attached(path)


def _from_outside(shelf: Shelf, names: Sequence[str], real: Path, folder: Path) -> Attached:
    """A copy in files/, under the first of those names that is free, or is this very file's."""
    if names[0].startswith((".", "_", "~")) or not names[0].isprintable():
        raise GestureError(f"{names[0]} would be left out, by its name", "rename the file")
    if FILES in shelf.folder.outside or not (folder / FILES).resolve().is_relative_to(folder):
        message = f"{shelf.path(FILES)} leads out of the client's folder"
        raise GestureError(message, "put a folder there: nothing is written through a link")
    for name in names:
        target = folder / FILES / name
        if not os.path.lexists(target):
            return Attached(f"{FILES}/{name}", real)
        if target.is_file() and not target.is_symlink() and cmp(real, target, shallow=False):
            return Attached(f"{FILES}/{name}")
    message = f"{shelf.path(FILES)}/{names[0]} is another file of that name"
    raise GestureError(message, "rename yours, so that both can be told apart")


def copy_in(source: Path, target: Path) -> None:
    """Copy a file of any size whole: nothing stands there until all of it does."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".fresh-{target.name}")
    try:
        shutil.copyfile(source, fresh)
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
