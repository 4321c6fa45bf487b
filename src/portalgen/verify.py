"""Reads a finished output again, and finds everything in it that is not what it should be.

It fails closed: a file is a known asset byte for byte, or a lock page whose every byte outside
the envelope is known and whose envelope has the exact shape of docs/lock-format.md. No key is
needed, so it can run anywhere.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from portalgen.envelope_shape import Envelope, EnvelopeError, is_page_id, parse_envelope
from portalgen.model.page import INDEX, page_path
from portalgen.problem import Place, Problem, Source
from portalgen.shell import Shell


def verify_portal(folder: Path, shown: str, shell: Shell) -> tuple[Problem, ...]:
    """Everything that is wrong with one portal's folder; `shown` is how messages call it."""
    return tuple(_portal_problems(folder, shown, shell))


def verify_output(output: Path, shell: Shell) -> tuple[Problem, ...]:
    """Everything that is wrong with a whole output: its front page and all portals."""
    if not output.is_dir():
        place = Place(Source(output.name))
        return (Problem("no-output", "there is no such folder", place, "run portalgen build"),)
    problems = list(_missing(output, output.name, shell.front_page))
    for path in sorted(os.listdir(output)):
        shown = f"{output.name}/{path}"
        if (output / path).is_dir() and not (output / path).is_symlink():
            if path != "assets":
                problems += _portal_problems(output / path, shown, shell)
        elif path not in shell.front_page:
            problems.append(_stray(shown))
    for path in _files(output / "assets"):
        if f"assets/{path}" not in shell.front_page:
            problems.append(_stray(f"{output.name}/assets/{path}"))
    return tuple(problems)


def _portal_problems(folder: Path, shown: str, shell: Shell) -> Iterator[Problem]:
    yield from _missing(folder, shown, shell.assets)
    portals: set[str] = set()
    pages: set[str] = set()
    for path in _files(folder):
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
    if INDEX not in pages:
        yield _broken(f"{shown}/{page_path(INDEX)}", "this page is missing")
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


def _files(folder: Path) -> Iterator[str]:
    """Every path below a folder that is not itself a folder; links are not followed."""
    for parent, folders, names in os.walk(folder):
        links = [name for name in folders if Path(parent, name).is_symlink()]
        for name in sorted([*names, *links]):
            yield Path(parent, name).relative_to(folder).as_posix()


def _page_name(path: str) -> str | None:
    name = INDEX if path == page_path(INDEX) else path.removesuffix("/index.html")
    return name if is_page_id(name) and page_path(name) == path else None


def _stray(path: str) -> Problem:
    message = "this file is no part of a portal, and may be readable by anyone"
    return Problem("stray-output", message, Place(Source(path)), "remove it, then build again")


def _broken(path: str, message: str) -> Problem:
    return Problem("broken-output", message, Place(Source(path)), "build again")
