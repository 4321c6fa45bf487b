"""The stage that locks: from pages in clear to the files of a portal that anyone may see.

A page is locked here and now. A file is locked while it is written: this stage gives the recipe.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from portalgen import envelope
from portalgen.envelope import ChangedError, FileKeys
from portalgen.inside import open_inside
from portalgen.keyring import PortalKey, Reader, portal_key
from portalgen.model.access import Person
from portalgen.model.file import File
from portalgen.model.page import Page, page_path, references_in
from portalgen.shell import Shell

_CHUNK = 64 * 1024
"""Bytes read at once: about a record, so that little is copied."""


@dataclass(frozen=True, slots=True)
class Ring:
    """The people of a portal, by their locks, and its key."""

    locks: tuple[str, ...]
    key: PortalKey


@dataclass(frozen=True, slots=True)
class LockedFile:
    """How to make a locked file: iterating over it reads the content and yields ciphertext.

    The content lies in a file of the client's folder, or was made, and is here.

    Raises, while it is read:
        ChangedError: the content is not what it was when the pages were made.
    """

    source: Path | bytes
    folder: Path
    size: int
    digest: str
    keys: FileKeys = field(repr=False)

    def __iter__(self) -> Iterator[bytes]:
        try:
            with self._open() as content:
                chunks = iter(partial(content.read, _CHUNK), b"")
                yield from envelope.encrypt_file(chunks, self.size, self.digest, self.keys)
        except OSError as error:
            raise ChangedError(f"the file cannot be read any more: {error.strerror}") from error

    def _open(self) -> AbstractContextManager[BinaryIO]:
        if isinstance(self.source, bytes):
            return BytesIO(self.source)
        return open_inside(self.source, self.folder)


def readers_of(people: Iterable[Person]) -> tuple[Reader, ...]:
    """To whom a portal key is wrapped."""
    return tuple((person.kid, person.read.jwk) for person in people)


def make_ring(root: Path, identity: str, people: Sequence[Person]) -> Ring:
    """The people of a portal, and its key for them, kept in the workspace at `root`.

    Raises EnvelopeError without people, and KeepError when the key cannot be kept.
    """
    key = portal_key(root, identity, readers_of(people))
    return Ring(tuple(person.locked for person in people), key)


def lock_pages(pages: Sequence[Page], ring: Ring, shell: Shell) -> Mapping[str, bytes]:
    """Every page of a portal and what it loads, by path from the portal's folder."""
    files = dict(shell.assets)
    for page in pages:
        html, key = page.html.encode(), ring.key
        locked = envelope.lock_page(html, key.key, key.portal, page.name)
        data = envelope.envelope_json(ring.locks, key.wrapped, locked)
        files[page_path(page.name)] = shell.lock_page(page.name, data)
    return files


def lock_files(
    folder: Path,
    files: Iterable[File],
    pages: Iterable[Page],
    key: PortalKey,
    made: Mapping[str, bytes],
) -> Mapping[str, LockedFile]:
    """The recipes of the files that pages refer to, by path from the portal's folder.

    Args:
        folder: the client's, which the files lie in.
        files: as they were read, with their digests.
        made: by path, the content of those that were made, and lie in no folder.
    """
    wanted = {reference.path for page in pages for reference in references_in(page.html)}
    recipes: dict[str, LockedFile] = {}
    for file in files:
        if file.known_as not in wanted:
            continue
        keys = envelope.file_keys(key.key, key.portal, file.known_as, file.digest)
        source = made.get(file.path, folder / file.path)
        recipe = LockedFile(source, folder, file.size, file.digest, keys)
        recipes[envelope.file_address(keys)] = recipe
    return recipes
