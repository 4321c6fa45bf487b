"""Reads a finished output again, and finds everything in it that is not what it should be.

It fails closed: a file is a known asset byte for byte, or a lock page whose every byte outside
the envelope is known and whose envelope has the exact shape of docs/lock-format.md. No key is
needed, so it can run anywhere.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from portalgen.envelope_shape import Envelope, EnvelopeError, is_page_id, parse_envelope
from portalgen.model.page import ALWAYS, INDEX, page_path
from portalgen.problem import Place, Problem, Source
from portalgen.shell import Shell

_DATA_BLOCK = re.compile(rb'id="portalgen-lock">([^<]*)</script>')


def verify_portal(folder: Path, shown: str, shell: Shell) -> tuple[Problem, ...]:
    """Everything that is wrong with one portal's folder; `shown` is how messages call it."""
    return tuple(_portal_problems(folder, shown, shell))


def verify_output(output: Path, shell: Shell) -> tuple[Problem, ...]:
    """Everything that is wrong with a whole output: its front page and all portals."""
    if not output.is_dir():
        place = Place(Source(output.name))
        return (Problem("no-output", "there is no such folder", place, "run portalgen build"),)
    problems = list(_missing(output, output.name, shell.front_page))
    owners: dict[str, str] = {}
    for path in sorted(os.listdir(output)):
        folder, shown = output / path, f"{output.name}/{path}"
        if path == "assets":
            problems += _strays_in_assets(folder, shown, shell)
        elif folder.is_dir() and not folder.is_symlink() and not path.startswith("."):
            problems += _portal_problems(folder, shown, shell)
            owner = owners.setdefault(portal_id(folder) or path, path)
            if owner != path:
                problems.append(_broken(shown, f"this is the portal of {owner} once more"))
        elif path not in shell.front_page:
            problems.append(_stray(shown))
    return tuple(problems)


def portal_id(folder: Path) -> str | None:
    """The id of the portal in a folder, as its first page says; None when there is none."""
    found = _DATA_BLOCK.search(_content(folder / page_path(INDEX)) or b"")
    try:
        return parse_envelope(found[1].decode("ascii")).portal if found else None
    except (EnvelopeError, UnicodeDecodeError):
        return None


def _strays_in_assets(folder: Path, shown: str, shell: Shell) -> Iterator[Problem]:
    for path in (*_files(folder), *_folders(folder)):
        if f"assets/{path}" not in shell.front_page:
            yield _stray(f"{shown}/{path}")


def _portal_problems(folder: Path, shown: str, shell: Shell) -> Iterator[Problem]:
    yield from _missing(folder, shown, shell.assets)
    portals: set[str] = set()
    pages: set[str] = set()
    files = _files(folder)
    for empty in sorted(_folders(folder) - {parent for path in files for parent in _parents(path)}):
        yield _stray(f"{shown}/{empty}/")
    for path in files:
        if path in shell.assets:
            continue
        name = _page_name(path)
        if name is None:
            yield _stray(f"{shown}/{path}")
            continue
        pages.add(name)
        try:
            portals.add(_envelope(folder / path, name, shell).portal)
        except EnvelopeError as error:
            yield _broken(f"{shown}/{path}", str(error))
    for name in (INDEX, *ALWAYS):
        if name not in pages:
            yield _broken(f"{shown}/{page_path(name)}", "this page is missing")
    if len(portals) > 1:
        yield _broken(shown, "its pages belong to different portals")


def _envelope(file: Path, name: str, shell: Shell) -> Envelope:
    """The envelope of a lock page. Raises EnvelopeError for anything that is not exactly one."""
    content = _content(file)
    before, after = shell.around(name)
    if content is None or not (content.startswith(before) and content.endswith(after)):
        raise EnvelopeError("the lock page around the envelope is not the theme's")
    try:
        text = content[len(before) : len(content) - len(after)].decode("ascii")
    except UnicodeDecodeError as error:
        raise EnvelopeError("the envelope is not ASCII") from error
    envelope = parse_envelope(text)
    if envelope.page_id != name:
        raise EnvelopeError(f"this is the page {envelope.page_id} in the place of another")
    return envelope


def _missing(folder: Path, shown: str, known: dict[str, bytes]) -> Iterator[Problem]:
    """Known files that are absent or altered."""
    for path, content in known.items():
        if _content(folder / path) != content:
            yield _broken(f"{shown}/{path}", "this file is missing or altered")


def _content(file: Path) -> bytes | None:
    """The bytes of a regular file; None for a link, or for what cannot be read."""
    try:
        return None if file.is_symlink() else file.read_bytes()
    except OSError:
        return None


def _files(folder: Path) -> list[str]:
    """Every path below a folder that is not itself a folder; links are not followed."""
    found: list[str] = []
    for parent, folders, names in os.walk(folder):
        links = [name for name in folders if Path(parent, name).is_symlink()]
        found += (Path(parent, name).relative_to(folder).as_posix() for name in [*names, *links])
    return sorted(found)


def _folders(folder: Path) -> set[str]:
    walk = os.walk(folder)
    return {Path(parent).relative_to(folder).as_posix() for parent, _, _ in walk} - {"."}


def _parents(path: str) -> set[str]:
    return {parent.as_posix() for parent in Path(path).parents}


def _page_name(path: str) -> str | None:
    name = INDEX if path == page_path(INDEX) else path.removesuffix("/index.html")
    return name if is_page_id(name) and page_path(name) == path else None


def _stray(path: str) -> Problem:
    message = "this file is no part of a portal, and may be readable by anyone"
    return Problem("stray-output", message, Place(Source(path)), "remove it, then build again")


def _broken(path: str, message: str) -> Problem:
    return Problem("broken-output", message, Place(Source(path)), "build again")
