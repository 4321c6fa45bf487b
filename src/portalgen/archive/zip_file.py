"""One zip, written whole or not at all, with the same bytes for the same content.

Its names are in UTF-8, its times are those of one day, and nothing in it tells the machine.
"""

import os
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from portalgen.write import Content

SUMS = "SHA256SUMS"
"""The list of all checksums, as `sha256sum -c` reads it."""

_TEXTS = (
    ".css",
    ".csv",
    ".html",
    ".ics",
    ".js",
    ".json",
    ".md",
    ".svg",
    ".txt",
    ".xml",
    SUMS.lower(),
)
"""Ends of what becomes smaller; pictures, films and documents are pressed already."""
_UNIX = 3
"""The system that a zip was made on (APPNOTE.TXT 4.4.2.2): the one whose modes are written."""
_MODE = 0o644
_BIG = 2**30
"""Bytes from which a size takes 64 bits, with room for what compression may add."""
_YEARS = (1980, 2107)
"""What a date in a zip can say (APPNOTE.TXT 4.4.6)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the archive.

    Attributes:
        path: from the archive's folder.
        content: as it is, or in pieces while it is written.
        size: in bytes.
    """

    path: str
    content: Content
    size: int


def entry(path: str, content: bytes) -> Entry:
    """A file whose content is there."""
    return Entry(path, content, len(content))


def write_zip(
    target: Path, folder: str, entries: Iterable[Entry], day: date, *, private: bool
) -> None:
    """Write entries into a zip, in their order and under one folder, then the list of checksums.

    Args:
        target: the file; what is there is removed, and no link is followed.
        day: the time of every entry.
        private: whether nobody else on this machine may read it.

    Raises:
        EnvelopeError: a content is not what it was when its digest was taken.
        OSError
    """
    sums: list[str] = []
    target.unlink(missing_ok=True)
    with open(target, "xb", opener=_for_me_alone if private else None) as stream:
        with zipfile.ZipFile(stream, "w", allowZip64=True) as archive:
            for one in entries:
                digest = _add(archive, _info(f"{folder}/{one.path}", one.size, day), one.content)
                sums.append(f"{digest}  {one.path}\n")
            listed = "".join(sums).encode()
            _add(archive, _info(f"{folder}/{SUMS}", len(listed), day), listed)
        stream.flush()
        os.fsync(stream.fileno())


def _for_me_alone(path: str, flags: int) -> int:
    return os.open(path, flags, mode=0o600)


def _info(name: str, size: int, day: date) -> zipfile.ZipInfo:
    year = min(max(day.year, _YEARS[0]), _YEARS[1])
    info = zipfile.ZipInfo(name, (year, day.month, day.day, 12, 0, 0))
    info.compress_type = (
        zipfile.ZIP_DEFLATED if name.lower().endswith(_TEXTS) else zipfile.ZIP_STORED
    )
    info.create_system = _UNIX
    info.external_attr = (0o100000 | _MODE) << 16
    info.file_size = size
    return info


def _add(archive: zipfile.ZipFile, info: zipfile.ZipInfo, content: Content) -> str:
    """Write one entry; returns its SHA-256."""
    digest = sha256()
    with archive.open(info, "w", force_zip64=info.file_size > _BIG) as stream:
        for piece in (content,) if isinstance(content, bytes) else content:
            stream.write(piece)
            digest.update(piece)
    return digest.hexdigest()
