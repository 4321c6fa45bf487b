"""Finished Factur-X files, kept between builds in `.portalgen/`: drawing one takes a second.

Losing them costs nothing but that time. Each invoice has one place, so that they do not pile up.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path

from portalgen.facturx import Sheet
from portalgen.keyring import CACHE, make_private

_FOLDER = "facturx"
_MAKERS = ("pdf.py", "xmp.py", "weasyprint.css")
"""What decides how a sheet is drawn, beside the sheet itself and WeasyPrint."""


class Keeper:
    """The place of one invoice's file.

    Args:
        root: the workspace.
        name: what tells the invoice from all others.
    """

    def __init__(self, root: Path, name: str, sheet: Sheet) -> None:
        self._file = root / CACHE / _FOLDER / f"{sha256(name.encode()).hexdigest()[:32]}.bin"
        self._digest = _digest(sheet)

    def get(self) -> bytes | None:
        """The file as it was made from the very same sheet; None when there is none, or damage."""
        try:
            kept = self._file.read_bytes()
        except OSError:
            return None
        length = len(self._digest)
        content = kept[2 * length :]
        whole = kept[length : 2 * length] == sha256(content).digest()
        return content if whole and kept[:length] == self._digest else None

    def put(self, content: bytes) -> None:
        """Keep a file; where that cannot be, the next build makes it anew."""
        fresh = self._file.with_suffix(f".{os.getpid()}")
        with suppress(OSError):
            make_private(self._file.parent)
            fresh.touch(0o600)
            fresh.write_bytes(self._digest + sha256(content).digest() + content)
            fresh.replace(self._file)


def _digest(sheet: Sheet) -> bytes:
    digest = sha256()
    for part in _parts(sheet):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()


def _parts(sheet: Sheet) -> Iterator[bytes]:
    yield sheet.html.encode()
    yield sheet.xml
    for name in sorted(sheet.assets):
        yield name.encode()
        yield sheet.assets[name]
    for said in (sheet.title, sheet.author, sheet.issued.isoformat(), sheet.language):
        yield said.encode()
    for name in _MAKERS:
        yield (files("portalgen.facturx") / name).read_bytes()
    with suppress(PackageNotFoundError):
        yield version("weasyprint").encode()
