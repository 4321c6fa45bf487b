"""Portal keys, kept between builds in `.portalgen/`, so that what did not change keeps its bytes.

Only this machine has the folder. Losing it costs nothing but time: the next build makes new keys,
encrypts everything anew, and the same passphrases open it.
"""

import json
import os
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from portalgen import envelope
from portalgen.canonical import EnvelopeError, decode, encode, load_json
from portalgen.envelope_shape import Jwk, check_wrap
from portalgen.problem import Place, Problem, Source

CACHE = ".portalgen"

_KEYS = "keys"
_KEY_BYTES = 32

Reader = tuple[str, Jwk]
"""Somebody to wrap a key for: their kid, and their public read key."""


@dataclass(frozen=True, slots=True)
class PortalKey:
    """The key of a portal, and its wrap for everybody who may open it.

    Attributes:
        portal: the portal's id.
        key: 32 bytes.
        wrapped: the key wrap, as JSON text.
    """

    portal: str
    key: bytes = field(repr=False)
    wrapped: str = field(repr=False)


class KeepError(Exception):
    """A key cannot be kept; `problem` says why."""

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        message = f"{CACHE} cannot be written: {error.strerror}"
        place = Place(Source(f"{CACHE}/"))
        self.problem = Problem("cannot-keep-key", message, place, "make the workspace writable")


@dataclass(frozen=True, slots=True)
class _Kept:
    """A portal key as it was kept, and whom it was wrapped for."""

    made: PortalKey
    readers: tuple[Reader, ...]


def portal_key(root: Path, portal: str, readers: Sequence[Reader]) -> PortalKey:
    """The key of a portal for these readers.

    The one kept from an earlier build while the readers are the same; else a new one, which is
    kept. So a key is only ever wrapped for one set of people, and not even a cache of before a
    grant, restored after the person was revoked, brings back a key that they know.

    Raises EnvelopeError without readers, or for a key that is none; KeepError.
    """
    kept = _load(root, portal)
    if kept and kept.readers == tuple(readers):
        return kept.made
    key = envelope.new_portal_key()
    made = PortalKey(portal, key, envelope.wrap_portal_key(key, portal, readers))
    try:
        _keep(root, _Kept(made, tuple(readers)))
    except OSError as error:
        raise KeepError(error) from error
    return made


def kept_key(root: Path, portal: str) -> PortalKey | None:
    """The key that the last build locked a portal with; None when it was not here."""
    kept = _load(root, portal)
    return kept.made if kept else None


def prune(root: Path, portals: Container[str]) -> None:
    """Remove the keys of all portals but those, given by their ids."""
    for file in (root / CACHE / _KEYS).glob("*.json"):
        if file.stem not in portals:
            file.unlink(missing_ok=True)


def _file(root: Path, portal: str) -> Path:
    return root / CACHE / _KEYS / f"{portal}.json"


def _load(root: Path, portal: str) -> _Kept | None:
    """What was kept; None when there is nothing, or nothing that can be used."""
    try:
        data = json.loads(_file(root, portal).read_text("utf-8"))
        readers = tuple((kid, dict(jwk)) for kid, jwk in data["readers"])
        made = PortalKey(portal, decode(data["key"]), data["wrapped"])
        wrap = check_wrap(load_json(made.wrapped))
        header = load_json(decode(wrap["protected"]))
        wrapped_for = [recipient["header"]["kid"] for recipient in wrap["recipients"]]
    except (OSError, EnvelopeError, ValueError, KeyError, TypeError, AttributeError):
        return None
    is_whole = len(made.key) == _KEY_BYTES and header["portal"] == portal
    return _Kept(made, readers) if is_whole and wrapped_for == [kid for kid, _ in readers] else None


def _keep(root: Path, kept: _Kept) -> None:
    """Write a key down for this user alone, in one step."""
    made = kept.made
    data = {"readers": kept.readers, "key": encode(made.key), "wrapped": made.wrapped}
    target = _file(root, made.portal)
    make_private(target.parent)
    fresh = target.with_suffix(f".{os.getpid()}")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(data, file)
    fresh.replace(target)


def make_private(folder: Path) -> None:
    """Make a folder of the cache, for this user alone, and keep git away from it."""
    cache = folder.parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for each in (cache, folder):
        each.chmod(0o700)
    ignore = cache / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", "utf-8")
