"""Reads a finished archive again, before anybody gets it: docs/lock-format.md, "An archive".

The parts of its files are joined in a temporary folder, and what comes out has to be a portal that
`verify` has nothing against. Only ciphertext ever lies there.
"""

import shutil
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile

from portalgen.archive.parts import is_part, read_part
from portalgen.archive.zip_file import SUMS
from portalgen.canonical import EnvelopeError
from portalgen.problem import Place, Problem, Source
from portalgen.shell import Shell
from portalgen.verify import Expected, verify_portal

_CHUNK = 1024 * 1024


def check_sums(target: Path, folder: str) -> Iterator[Problem]:
    """What in an archive is not what its list of checksums says, or is not in that list."""
    try:
        with ZipFile(target) as archive:
            names = [info.filename for info in archive.infolist()]
            listed = dict(_listed(archive.read(f"{folder}/{SUMS}").decode(), folder))
            known = {*listed, f"{folder}/{SUMS}"}
            if len(names) != len(known) or set(names) != known:
                yield _broken(f"{folder}/{SUMS}", "this list is not that of the archive's files")
            for name in (name for name in names if name in listed):
                if _digest(archive, name) != listed[name]:
                    yield _broken(name, "this file is not what its checksum says")
    except (BadZipFile, KeyError, ValueError) as error:
        yield _broken(target.name, f"the archive cannot be read again: {error}")


def check_locked(
    target: Path, folder: str, shell: Shell, expected: Expected, known: Mapping[str, bytes]
) -> Iterator[Problem]:
    """Everything in a locked archive that is not part of the portal, but for its checksums.

    Args:
        known: what else may be in it, by path.
    """
    with TemporaryDirectory(prefix=".fresh-", dir=target.parent) as made:
        portal = Path(made) / folder
        portal.mkdir()
        missing: dict[str, int] = {}
        try:
            with ZipFile(target) as archive:
                for info in archive.infolist():
                    path = info.filename.removeprefix(f"{folder}/")
                    if path == SUMS:
                        continue
                    if path not in known:
                        _unpack(archive, info.filename, portal / path, path, missing)
                    elif archive.read(info) != known[path]:
                        yield _broken(info.filename, "this file is altered")
            if any(missing.values()):
                raise EnvelopeError("a part of a file is missing")
        except EnvelopeError as error:
            yield _broken(target.name, str(error))
            return
        yield from verify_portal(portal, target.name, shell, expected)


def _unpack(archive: ZipFile, name: str, place: Path, path: str, missing: dict[str, int]) -> None:
    """Put a file of the portal in its place; a part is added to those before it.

    Args:
        missing: how many parts of each file are still to come.
    """
    if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
        raise EnvelopeError(f"{path} leads out of the archive")
    place.parent.mkdir(parents=True, exist_ok=True)
    if is_part(path):
        part = read_part(path, archive.read(name))
        if missing.setdefault(part.address, part.count) != part.count - part.number:
            raise EnvelopeError("the parts of a file are not in their order")
        missing[part.address] -= 1
        with place.with_name(PurePosixPath(part.address).name).open("ab") as stream:
            stream.write(part.content)
        return
    with archive.open(name) as source, place.open("xb") as stream:
        shutil.copyfileobj(source, stream, _CHUNK)


def _listed(text: str, folder: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        digest, _, path = line.partition("  ")
        yield f"{folder}/{path}", digest


def _digest(archive: ZipFile, name: str) -> str:
    digest = sha256()
    with archive.open(name) as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _broken(path: str, message: str) -> Problem:
    return Problem("broken-output", message, Place(Source(path)), "make the archive again")
