"""Several files changed as one: all of them, or none, whenever the program is stopped.

What is to change is written down first, in one step. From then on it is done: should the program
end before every file is changed, the next one finishes it from what was written down.
"""

import json
import os
import sys
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from portalgen.keyring import CACHE, make_private
from portalgen.model.folder import CONTENT
from portalgen.problem import Place, Problem, Source
from portalgen.write import write_file

_FOLDER = f"{CACHE}/approving"
_JOURNAL = f"{_FOLDER}/journal.json"
_LOCK = f"{_FOLDER}/lock"


@dataclass(frozen=True, slots=True)
class Change:
    """A file, by its path from the workspace, before and after; None while it is not there."""

    path: str
    before: bytes | None = field(repr=False)
    after: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Recovery:
    """What became of a change that was cut off.

    Attributes:
        what: what it was, in words.
        meddled: files that somebody changed meanwhile; with any, the rest was undone.
    """

    what: str
    meddled: tuple[str, ...] = ()


@contextmanager
def only_one(root: Path) -> Iterator[None]:
    """Wait until nobody else changes this workspace, and keep others out meanwhile."""
    make_private(root / _FOLDER)
    with (root / _LOCK).open("ab") as lock:
        _hold(lock.fileno())
        yield


def _hold(descriptor: int) -> None:
    """Take the lock; the system gives it back when the file is closed, or the program killed."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - is on no other system

        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
    else:
        import fcntl  # noqa: PLC0415 - is not on Windows

        fcntl.flock(descriptor, fcntl.LOCK_EX)


def apply(root: Path, what: str, changes: Sequence[Change]) -> None:
    """Change all files, in that order.

    Raises:
        OSError: one cannot be written; those before it are as they were.
    """
    journal = root / _JOURNAL
    data = {"what": what, "changes": [_told(change) for change in changes]}
    _write_through(journal, json.dumps(data).encode())
    try:
        for change in changes:
            _put(root / change.path, change.after)
    except OSError:
        for change in changes:
            _put(root / change.path, change.before)
        journal.unlink()
        raise
    journal.unlink()


def interrupted(root: Path) -> str | None:
    """What was cut off before all its files were changed; None when nothing was."""
    found = _read(root)
    return found[0] if found else None


def cut_off(root: Path) -> Iterator[Problem]:
    """The problem that an interrupted change is, for commands that write nothing."""
    what = interrupted(root)
    if what:
        message = f"{what} was cut off before all its files were written"
        hint = "run portalgen approve: it finishes it"
        yield Problem("approval-interrupted", message, Place(Source(f"{CONTENT}/")), hint)


def recover(root: Path) -> Recovery | None:
    """Finish what was cut off; undo it when somebody changed one of its files since.

    To be called while nobody else is at work. Raises OSError.
    """
    found = _read(root)
    if found is None:
        return None
    what, changes = found
    now = {change.path: _content(root / change.path) for change in changes}
    meddled = tuple(c.path for c in changes if now[c.path] not in (c.before, c.after))
    for change in changes:
        if not meddled:
            _put(root / change.path, change.after)
        elif now[change.path] == change.after:
            _put(root / change.path, change.before)
    (root / _JOURNAL).unlink()
    return Recovery(what, meddled)


def _read(root: Path) -> tuple[str, list[Change]] | None:
    """What was written down; None when there is nothing, or nothing that was written here."""
    data = _content(root / _JOURNAL)
    if data is None:
        return None
    try:
        said = json.loads(data)
        changes = [_change(*told) for told in said["changes"]]
        return str(said["what"]), changes
    except (ValueError, KeyError, TypeError):
        return None


def _change(path: str, before: str | None, after: str | None) -> Change:
    """Raises ValueError for a file that is no content: a journal may come with a workspace."""
    parts = Path(path).parts
    if parts[:1] != (CONTENT,) or ".." in parts:
        raise ValueError(path)
    contents = (None if one is None else b64decode(one) for one in (before, after))
    return Change(path, *contents)


def _told(change: Change) -> list[str | None]:
    contents = (change.before, change.after)
    return [change.path, *(None if one is None else b64encode(one).decode() for one in contents)]


def _content(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _put(file: Path, content: bytes | None) -> None:
    if content is None:
        file.unlink(missing_ok=True)
    elif _content(file) != content:
        _write_through(file.resolve(), content)


def _write_through(file: Path, content: bytes) -> None:
    """Write a file in one step, and see that it is on the disk before anything else happens."""
    write_file(file, content)
    for path in (file, file.parent):
        if sys.platform == "win32" and path.is_dir():
            continue  # a folder cannot be opened there
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
