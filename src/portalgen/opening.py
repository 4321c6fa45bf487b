"""Opens what a build locked, with the key it used: the proof that it is ciphertext, and whole."""

import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from hashlib import sha256
from pathlib import Path

from portalgen.canonical import EnvelopeError
from portalgen.envelope import (
    MAX_PAGE_BYTES,
    FileKeys,
    decrypt_file,
    file_address,
    file_keys,
    open_page,
)
from portalgen.envelope_shape import Envelope
from portalgen.keyring import PortalKey
from portalgen.model.page import FileReference, references_in

_CHUNK = 64 * 1024


def opened_pages(
    envelopes: Mapping[str, Envelope], key: PortalKey
) -> tuple[dict[str, str], dict[str, str]]:
    """The documents of pages by name; and, by name, what is wrong with those that do not open."""
    pages: dict[str, str] = {}
    broken: dict[str, str] = {}
    for name, envelope in envelopes.items():
        try:
            pages[name] = open_page(envelope.page, key.key, key.portal, name).decode()
        except EnvelopeError as error:
            broken[name] = str(error)
    return pages, broken


def is_clear(page: bytes) -> bool:
    """Whether the ciphertext of a page is what should have been encrypted: whole raw DEFLATE.

    Ciphertext as good as never inflates to its end, or this far.
    """
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        html = stream.decompress(page, MAX_PAGE_BYTES + 1)
    except zlib.error:
        return False
    return len(html) > MAX_PAGE_BYTES or (stream.eof and not stream.unused_data)


def unopened_files(
    folder: Path, pages: Iterable[str], locked: Iterable[str], key: PortalKey
) -> Iterator[tuple[str, str]]:
    """Paths of files that are missing, altered, or that no page refers to; and what is wrong.

    Args:
        folder: the portal's.
        locked: paths of the locked files that are there.
    """
    wanted: dict[str, tuple[FileReference, FileKeys]] = {}
    for reference in frozenset().union(*map(references_in, pages)):
        keys = file_keys(key.key, key.portal, reference.path, reference.digest)
        wanted[file_address(keys)] = reference, keys
    for path in sorted(set(locked) | wanted.keys()):
        known = wanted.get(path)
        flaw = _flaw(folder / path, *known) if known else "no page refers to this file"
        if flaw:
            yield path, flaw


def _flaw(file: Path, reference: FileReference, keys: FileKeys) -> str | None:
    digest = sha256()
    if file.is_symlink() or not file.is_file():
        return "this file is missing"
    try:
        with file.open("rb") as content:
            chunks = iter(partial(content.read, _CHUNK), b"")
            for piece in decrypt_file(chunks, reference.size, keys):
                digest.update(piece)
    except EnvelopeError as error:
        return str(error)
    except OSError:
        return "this file is missing"
    return None if digest.hexdigest() == reference.digest else "this file holds something else"
