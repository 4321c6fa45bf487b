"""Brings the files that portalgen keeps in a workspace up to date; its content is not touched."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

from portalgen.model.folder import CONTENT
from portalgen.scaffold.editor import EXTENSIONS, SETTINGS, editor_files, with_schemas
from portalgen.scaffold.hosts import (
    REQUIREMENTS,
    State,
    host_files,
    requirements,
    standing_hosts,
    state_of,
)
from portalgen.scaffold.ignoring import with_ignored
from portalgen.scaffold.pin import Pin, with_pin
from portalgen.scaffold.workspace import IGNORE
from portalgen.schema import FOLDER, schemas
from portalgen.schema.files import out_of_step
from portalgen.write import write_file

OLD = ".old"
"""Ends the name of a copy of what an author had changed."""


@dataclass(frozen=True, slots=True)
class Renewed:
    """A file that was written anew.

    Attributes:
        path: in the workspace.
        old: the copy of what its author had changed in it, if they had.
    """

    path: str
    old: str | None = None


@dataclass(frozen=True, slots=True)
class Renewal:
    """What was written anew, and what was left because its author changed it, by path."""

    renewed: tuple[Renewed, ...]
    left: tuple[str, ...]


def renew(root: Path, host: str | None, language: str, pin: Pin) -> Renewal:
    """Write anew what is missing or older in a workspace.

    Args:
        host: one whose files are written whatever stands there; by default only those that are
            there and that nobody changed.
        language: of the comments.

    Raises:
        OSError: something cannot be written, or read; what was written before that stays.
    """
    renewed: list[Renewed] = []
    left: list[str] = []
    for path, text in _wanted(root, language, pin, with_host=bool(host)):
        if text is None:
            left.append(path)
        elif _write(root, path, text):
            renewed.append(Renewed(path))
    for name in dict.fromkeys([*dict(standing_hosts(root)), *([host] if host else [])]):
        for path, text in host_files(name, language).items():
            state = _state(root, name, path)
            if state == "older" or name == host:
                renewed += _renewed(root, path, text, state)
            elif state != "current":
                left.append(path)
    return Renewal(tuple(renewed), tuple(left))


def _wanted(
    root: Path, language: str, pin: Pin, *, with_host: bool
) -> Iterator[tuple[str, str | None]]:
    """What files other than a host's are to say; None for one that cannot be changed safely."""
    for name in out_of_step(root / CONTENT / FOLDER):
        yield f"{CONTENT}/{FOLDER}/{name}", schemas()[name]
    new = editor_files()
    settings = root / SETTINGS
    yield SETTINGS, with_schemas(_text(settings)) if settings.is_file() else new[SETTINGS]
    if not (root / EXTENSIONS).is_file():
        yield EXTENSIONS, new[EXTENSIONS]
    yield IGNORE, with_ignored(_text(root / IGNORE))
    if with_host or any(standing_hosts(root)):
        yield from _requirements(root, language, pin)


def _requirements(root: Path, language: str, pin: Pin) -> Iterator[tuple[str, str]]:
    file = root / REQUIREMENTS
    if not file.is_file():
        yield REQUIREMENTS, requirements(pin, language)
    elif pin.requirement:
        yield REQUIREMENTS, with_pin(_text(file), pin.requirement)


def _state(root: Path, host: str, path: str) -> State:
    """How a host's file stands; one that is not there is older than any."""
    file = root / path
    return state_of(host, path, _text(file)) if file.is_file() else "older"


def _renewed(root: Path, path: str, text: str, state: State) -> Iterator[Renewed]:
    if state == "current":
        return
    old = None
    if state != "older":
        old = _free_name(root, f"{path}{OLD}")
        shutil.copyfile(root / path, root / old)
    _write(root, path, text)
    yield Renewed(path, old)


def _free_name(root: Path, path: str) -> str:
    names = chain((path,), (f"{path}{number}" for number in count(2)))
    return next(name for name in names if not (root / name).exists())


def _write(root: Path, path: str, text: str) -> bool:
    """Whether the file had to be written; line ends alone are no difference."""
    file = root / path
    if file.is_file() and _text(file).replace("\r\n", "\n") == text.replace("\r\n", "\n"):
        return False
    write_file(file, text.encode("utf-8", "surrogateescape"))
    return True


def _text(file: Path) -> str:
    return file.read_bytes().decode("utf-8", "surrogateescape") if file.is_file() else ""
