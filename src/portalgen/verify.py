"""Reads a finished output again, and finds everything in it that is not what it should be.

It fails closed: a file is a known asset byte for byte, or a lock page whose every byte outside
the envelope is known and whose envelope has the exact shape of docs/lock-format.md, or a locked
file of the exact shape. No key is needed, so it can run anywhere; where the keys of the last build
are at hand, all of it is opened as well.
"""

import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from portalgen.canonical import EnvelopeError, decode
from portalgen.envelope import check_file_shape, is_file_address
from portalgen.envelope_shape import Envelope, is_page_id, lock_header, parse_envelope
from portalgen.keyring import PortalKey
from portalgen.model.page import ALWAYS, INDEX, page_path
from portalgen.opening import is_clear, opened_pages, unopened_files
from portalgen.padding import is_padded
from portalgen.problem import Place, Problem, Source, as_given
from portalgen.shell import Shell

_DATA_BLOCK = re.compile(rb'id="portalgen-lock">([^<]*)</script>')
_START_BYTES = 64
_CIPHERTEXT = 3
"""The part of a compact JWE (RFC 7516 section 3.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What is known of a portal beforehand.

    Attributes:
        readers: the kids of everybody who may open it; None when that is not known.
        key: what the last build locked it with, if it was done here.
        pages: names of the pages that have to be there.
        has_more: whether there may be other pages, and files.
    """

    readers: frozenset[str] | None = None
    key: PortalKey | None = None
    pages: tuple[str, ...] = (INDEX, *ALWAYS)
    has_more: bool = True


UNKNOWN = Expected()


def verify_portal(
    folder: Path, shown: str, shell: Shell, expected: Expected = UNKNOWN
) -> tuple[Problem, ...]:
    """Everything that is wrong with one portal's folder; `shown` is how messages call it."""
    return tuple(_portal_problems(folder, shown, shell, expected))


def verify_output(
    output: Path, shell: Shell, expected: Mapping[str, Expected], *, all_known: bool = False
) -> tuple[Problem, ...]:
    """Everything that is wrong with a whole output: its front page and all portals.

    Args:
        expected: what is known of portals, by their ids.
        all_known: whether there may be no other portals.
    """
    name = as_given(output)
    problems = list(_missing(output, name, shell.front_page))
    owners: dict[str, str] = {}
    for path in sorted(os.listdir(output)):
        folder, shown = output / path, f"{name}/{path}"
        if path == "assets":
            problems += _strays_in_assets(folder, shown, shell)
        elif folder.is_dir() and not folder.is_symlink() and not path.startswith("."):
            found = portal_id(folder)
            identity = found or path
            known = expected.get(identity, UNKNOWN)
            problems += _portal_problems(folder, shown, shell, known)
            if all_known and found and found not in expected:
                problems.append(nobodys(shown))
            owner = owners.setdefault(identity, path)
            if owner != path:
                problems.append(_broken(shown, f"this is the portal of {owner} once more"))
        elif path not in shell.front_page:
            problems.append(_stray(shown))
    return tuple(problems)


def portal_id(folder: Path) -> str | None:
    """The id of the portal in a folder, as its first page says; None when there is none."""
    envelope = _first_envelope(folder)
    return envelope.portal if envelope else None


def portal_readers(folder: Path) -> frozenset[str]:
    """The kids of those who can open the portal in a folder, as its first page says."""
    envelope = _first_envelope(folder)
    return frozenset(envelope.readers) if envelope else frozenset()


def _first_envelope(folder: Path) -> Envelope | None:
    found = _DATA_BLOCK.search(_content(folder / page_path(INDEX)) or b"")
    try:
        return parse_envelope(found[1].decode("ascii")) if found else None
    except (EnvelopeError, UnicodeDecodeError):
        return None


def _strays_in_assets(folder: Path, shown: str, shell: Shell) -> Iterator[Problem]:
    for path in (*_files(folder), *_folders(folder)):
        if f"assets/{path}" not in shell.front_page:
            yield _stray(f"{shown}/{path}")


@dataclass(slots=True)
class _Contents:
    """What a portal's folder turned out to hold."""

    envelopes: dict[str, Envelope] = field(default_factory=dict)
    pages: set[str] = field(default_factory=set)
    files: list[str] = field(default_factory=list)


def _portal_problems(
    folder: Path, shown: str, shell: Shell, expected: Expected
) -> Iterator[Problem]:
    yield from _missing(folder, shown, shell.assets)
    paths = _files(folder)
    for empty in sorted(_folders(folder) - {parent for path in paths for parent in _parents(path)}):
        yield _stray(f"{shown}/{empty}/")
    found = _Contents()
    for path in paths:
        if path not in shell.assets:
            yield from _take_in(found, folder, path, shown, shell)
    for name in expected.pages:
        if name not in found.pages:
            yield _broken(f"{shown}/{page_path(name)}", "this page is missing")
    if not expected.has_more:
        more = sorted(page_path(name) for name in found.pages - {*expected.pages})
        yield from (_stray(f"{shown}/{path}") for path in (*more, *found.files))
    yield from _different(shown, found.envelopes.values())
    if expected.readers is not None:
        yield from _wrong_readers(shown, found.envelopes.values(), expected.readers)
    if expected.key:
        yield from _unopened(folder, shown, found, expected.key)


def _take_in(
    found: _Contents, folder: Path, path: str, shown: str, shell: Shell
) -> Iterator[Problem]:
    """Note what a file is, if it is a page or a locked file."""
    name = _page_name(path)
    try:
        if name is not None:
            found.pages.add(name)
            found.envelopes[name] = _envelope(folder / path, name, shell)
        elif is_file_address(path):
            found.files.append(path)
            _check_file(folder / path)
        else:
            yield _stray(f"{shown}/{path}")
    except EnvelopeError as error:
        yield _broken(f"{shown}/{path}", str(error))


def _different(shown: str, envelopes: Iterable[Envelope]) -> Iterator[Problem]:
    """Pages that do not belong together."""
    if len({envelope.portal for envelope in envelopes}) > 1:
        yield _broken(shown, "its pages belong to different portals")
    elif len({(envelope.wrapped, envelope.locks) for envelope in envelopes}) > 1:
        yield _broken(shown, "its pages have different keys, or different locks")


def _wrong_readers(
    shown: str, envelopes: Iterable[Envelope], readers: frozenset[str]
) -> Iterator[Problem]:
    """A portal that somebody can open who has no access any more, or that somebody cannot."""
    openers = [frozenset(envelope.readers) for envelope in envelopes]
    if not all(each <= readers for each in openers):
        message = "somebody can open this portal whose access was taken away"
        yield _broken(shown, message, "build again, or take this copy offline")
    elif not all(readers <= each for each in openers):
        yield _broken(shown, "somebody who has access cannot open this portal yet")


def _unopened(folder: Path, shown: str, found: _Contents, key: PortalKey) -> Iterator[Problem]:
    """Pages and files that the key at hand does not open, or that no page refers to."""
    own = {name: one for name, one in found.envelopes.items() if one.wrapped == key.wrapped}
    pages, broken = opened_pages(own, key)
    for name, message in broken.items():
        yield _broken(f"{shown}/{page_path(name)}", message)
    if len(pages) < len(found.pages):
        return  # a build from elsewhere, or what is broken: its files cannot be told
    for path, message in unopened_files(folder, pages.values(), found.files, key):
        yield _broken(f"{shown}/{path}", message)


def _check_file(file: Path) -> None:
    """Check the shape of a locked file. Raises EnvelopeError."""
    if file.is_symlink() or not file.is_file():
        raise EnvelopeError("this is no regular file")
    with file.open("rb") as content:
        check_file_shape(content.read(_START_BYTES), file.stat().st_size)


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
    if {lock_header(lock)["kid"] for lock in envelope.locks} != set(envelope.readers):
        raise EnvelopeError("its locks and its key are for different people")
    ciphertext = decode(envelope.page.split(".")[_CIPHERTEXT])
    if not is_padded(len(ciphertext)):
        raise EnvelopeError("the page is not padded: its length tells too much")
    if is_clear(ciphertext):
        raise EnvelopeError("the page is not encrypted")
    return envelope


def _missing(folder: Path, shown: str, known: dict[str, bytes]) -> Iterator[Problem]:
    """Known files that are absent or altered."""
    for path, content in known.items():
        if _content(folder / path) != content:
            yield _broken(f"{shown}/{path}", "this file is missing or altered")


def _content(file: Path) -> bytes | None:
    """The bytes of a regular file; None for a link, a pipe, or what cannot be read."""
    try:
        return file.read_bytes() if stat.S_ISREG(file.lstat().st_mode) else None
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


def nobodys(path: str) -> Problem:
    """A portal that no client's folder stands behind, as far as the content tells."""
    message = "nothing in content/ says who may open this portal"
    hint = f"build everything again, or remove {path}"
    return Problem("unknown-portal", message, Place(Source(path)), hint)


def _broken(path: str, message: str, hint: str = "build again") -> Problem:
    return Problem("broken-output", message, Place(Source(path)), hint)
