"""What a client's folder said at a commit: read from git into memory, nothing is checked out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from portalgen import git
from portalgen.digest.refusal import DigestError
from portalgen.model.folder import COLLECTIONS, CONTENT, Folder
from portalgen.model.portal import Portal
from portalgen.parse import parse_client
from portalgen.problem import Source
from portalgen.read import LARGEST_TEXT

_ENTRY = re.compile(
    rb"100(?:644|755) blob (?P<id>[0-9a-f]+) +(?P<size>\d+)\t(?P<path>.+)", re.DOTALL
)
"""A regular file in the long listing of a tree; links and submodules are none."""
_BLOB = re.compile(rb"(?P<id>[0-9a-f]+) blob (?P<size>\d+)\n")


@dataclass(frozen=True, slots=True)
class Before:
    """A client's folder at a commit.

    Attributes:
        day: of the commit.
        portal: what could be read of it; None when the client was not there yet.
    """

    day: date
    portal: Portal | None


def portal_at(root: Path, client: str, commit: str) -> Before:
    """What a client's folder said at a commit, by any name that git has for one.

    Raises:
        DigestError: there is no such commit, or git cannot be asked.
    """
    if not git.is_installed():
        raise DigestError("git is not installed: give --since a day, such as 2026-11-16")
    found = git.ask(root, "rev-parse", "--verify", "--end-of-options", f"{commit}^{{commit}}")
    if found is None or found.code:
        raise DigestError(f'"{commit}" is neither a day, as 2026-11-16, nor a commit of git here')
    told = _told(root, "log", "-1", "--format=%cs", found.text, "--")
    day = date.fromisoformat(told.decode().strip())
    texts = dict(_texts(root, found.text, client))
    if not texts:
        return Before(day, None)
    folder = Folder(f"{CONTENT}/{client}", texts, {}, frozenset(), frozenset())
    portal, _ = parse_client(folder)
    return Before(day, portal)


def _texts(root: Path, commit: str, client: str) -> Iterator[tuple[str, Source]]:
    """The texts of the folder that may hold entries, by their path in it."""
    start = f"{CONTENT}/{client}/"
    listed = _told(root, "ls-tree", "-r", "-z", "--long", commit, "--", start)
    ids: dict[str, bytes] = {}
    for line in listed.split(b"\0"):
        entry = _ENTRY.fullmatch(line)
        path = entry["path"].decode("utf-8", "replace").removeprefix(start) if entry else ""
        if entry and _may_be_content(path) and int(entry["size"]) <= LARGEST_TEXT:
            ids[path] = entry["id"]
    blobs = _blobs(root, ids)
    for path, name in ids.items():
        text = blobs[name].decode("utf-8-sig", "replace")
        yield path, Source(f"{start}{path}", text.replace("\r\n", "\n").replace("\r", "\n"))


def _may_be_content(path: str) -> bool:
    folder, _, name = path.rpartition("/")
    is_there = not folder or folder in COLLECTIONS
    return is_there and name.endswith((".md", ".yaml")) and not name.startswith((".", "_", "~"))


def _blobs(root: Path, ids: Mapping[str, bytes]) -> dict[bytes, bytes]:
    """What the files hold, by their names in git: as committed, through no filter."""
    given = b"".join(name + b"\n" for name in ids.values())
    told = _told(root, "cat-file", "--batch", given=given)
    blobs = {}
    position = 0
    while head := _BLOB.match(told, position):
        end = head.end() + int(head["size"])
        blobs[head["id"]] = told[head.end() : end]
        position = end + 1
    if set(blobs) != set(ids.values()):
        raise DigestError("git does not have all of that commit: fetch it, or give --since a day")
    return blobs


def _told(root: Path, *words: str, given: bytes = b"") -> bytes:
    answer = git.ask(root, *words, given=given)
    if answer is None or answer.code:
        raise DigestError("git could not be asked about that commit: give --since a day")
    return answer.out
