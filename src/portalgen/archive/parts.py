"""Ciphertext as scripts, which a page from the disk may load: docs/lock-format.md, "An archive"."""

import re
from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from portalgen.canonical import EnvelopeError

PART_BYTES = 4 * 1024 * 1024
"""Of ciphertext in each part: a browser holds one at a time."""

_ADDRESS = re.compile(r"(files/[0-9a-f]{32})\.bin")
_NAME = re.compile(r"(files/([0-9a-f]{32}))\.(0|[1-9]\d*)\.js")
_PART = re.compile(
    rb'portalgenPart\("([0-9a-f]{32})",(0|[1-9]\d*),([1-9]\d*),"([A-Za-z0-9+/]*={0,2})"\);\n'
)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a locked file.

    Attributes:
        address: of the file, from the portal's folder.
        number: which piece this is, from 0.
        count: how many there are.
    """

    address: str
    number: int
    count: int
    content: bytes = field(repr=False)


def count_of(size: int) -> int:
    """How many parts a file of that many bytes of ciphertext has."""
    return max(1, -(-size // PART_BYTES))


def parts_of(address: str, content: Iterable[bytes], size: int) -> Iterator[tuple[str, bytes]]:
    """The path and the text of each part of a locked file.

    Args:
        address: of the file, from the portal's folder.
        content: its ciphertext, in pieces of any size.
        size: of all of it, in bytes.
    """
    found = _ADDRESS.fullmatch(address)
    assert found  # noqa: S101 - it is the address of a locked file
    stem, name, count = found[1], found[1].removeprefix("files/"), count_of(size)
    for number, piece in enumerate(_pieces(content)):
        text = f'portalgenPart("{name}",{number},{count},"{b64encode(piece).decode()}");\n'
        yield f"{stem}.{number}.js", text.encode()


def is_part(path: str) -> bool:
    """Whether a part may live at a path of the portal's folder."""
    return _NAME.fullmatch(path) is not None


def read_part(path: str, text: bytes) -> Part:
    """Read the script of a part.

    Raises:
        EnvelopeError: it is not exactly a part.
    """
    place, part = _NAME.fullmatch(path), _PART.fullmatch(text)
    if not place or not part or (place[2], place[3]) != (part[1].decode(), part[2].decode()):
        raise EnvelopeError("this is no part of a file that portalgen locked")
    try:
        content = b64decode(part[4], validate=True)
    except Error as error:
        raise EnvelopeError("this part of a file is not base64") from error
    if b64encode(content) != part[4]:
        raise EnvelopeError("this part of a file could be written otherwise")
    return Part(f"{place[1]}.bin", int(place[3]), int(part[3]), content)


def _pieces(content: Iterable[bytes]) -> Iterator[bytes]:
    waiting = bytearray()
    for chunk in content:
        waiting += chunk
        while len(waiting) > PART_BYTES:
            yield bytes(waiting[:PART_BYTES])
            del waiting[:PART_BYTES]
    yield bytes(waiting)
