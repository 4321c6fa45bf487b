"""Files: `aes128gcm` (RFC 8188) under a key of their own, as a stream: docs/lock-format.md, 6.

Memory is flat: one record is held at a time, whatever the file's size.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from portalgen.canonical import EnvelopeError
from portalgen.envelope.jose import DamagedError, derive
from portalgen.padding import is_padded, padded_length

_RECORD_BYTES = 65536
_TAG_BYTES = 16
_CONTENT_BYTES = _RECORD_BYTES - _TAG_BYTES - 1
"""Content of a record: less its tag and the delimiter."""
_HEADER_BYTES = 16 + 4 + 1
_SALT_BYTES, _NAME_BYTES, _KEY_BYTES = 16, 16, 16
_MORE, _LAST = b"\x01", b"\x02"
_ADDRESS = re.compile(r"files/[0-9a-f]{32}\.bin")


class ChangedError(EnvelopeError):
    """A file is not what it was when its digest was taken."""


@dataclass(frozen=True, slots=True)
class FileKeys:
    """What is derived for one file: the keying material and salt of RFC 8188, and its name."""

    material: bytes = field(repr=False)
    salt: bytes
    name: str


def file_keys(key: bytes, portal: str, path: str, digest: str) -> FileKeys:
    """Derive what a file is locked with.

    Args:
        key: the portal key.
        path: from the client's folder, with slashes, in Unicode NFC.
        digest: SHA-256 of the content, in lower-case hexadecimal.
    """
    info = "\0".join(("portalgen file", portal, path, digest))
    made = derive(key, info, _KEY_BYTES + _SALT_BYTES + _NAME_BYTES)
    name = made[_KEY_BYTES + _SALT_BYTES :].hex()
    return FileKeys(made[:_KEY_BYTES], made[_KEY_BYTES:][:_SALT_BYTES], name)


def file_address(keys: FileKeys) -> str:
    """Where a file lives, from the portal's folder."""
    return f"files/{keys.name}.bin"


def is_file_address(path: str) -> bool:
    """Whether a file of that shape may live at a path of the portal's folder."""
    return _ADDRESS.fullmatch(path) is not None


def encrypted_size(size: int) -> int:
    """How many bytes the ciphertext has of a content of that many bytes."""
    return _HEADER_BYTES + padded_length(size) + (1 + _TAG_BYTES) * _count(size)


def encrypt_file(
    chunks: Iterable[bytes], size: int, digest: str, keys: FileKeys
) -> Iterator[bytes]:
    """Encrypt a content as a stream.

    Args:
        chunks: the content, in pieces of any size.
        size, digest: what the content was found to be; in bytes, and SHA-256 in hexadecimal.

    Raises:
        ChangedError: the content has another size or digest by now; what came out is worthless.
    """
    check, length = sha256(), 0
    records = _Records(keys)
    yield _header(keys)
    for piece in _pieces(chunks, size):
        check.update(piece)
        length += len(piece)
        yield records.encrypt(piece, _covered(records.number, size), _is_last(records.number, size))
    if (length, check.hexdigest()) != (size, digest):
        raise ChangedError("the file was changed while it was read")


def decrypt_file(encrypted: Iterable[bytes], size: int, keys: FileKeys) -> Iterator[bytes]:
    """Decrypt a file as a stream; nothing is held back, so use it only when it ends well.

    Raises EnvelopeError (shape) or DamagedError.
    """
    stream = _Bytes(encrypted)
    if stream.take(_HEADER_BYTES) != _header(keys):
        raise DamagedError("the file has another header")
    records = _Records(keys)
    for number in range(_count(size)):
        covered = _covered(number, size)
        record = stream.take(covered + 1 + _TAG_BYTES)
        content = min(_CONTENT_BYTES, max(0, size - number * _CONTENT_BYTES))
        yield records.decrypt(record, content, covered, _is_last(number, size))
    if stream.take(1):
        raise DamagedError("the file has bytes after its end")


def check_file_shape(start: bytes, length: int) -> None:
    """Check what can be seen of a file without a key. Raises EnvelopeError.

    Args:
        start: the first bytes of the file, at least a header's.
        length: of the whole file, in bytes.
    """
    if start[16:_HEADER_BYTES] != _RECORD_BYTES.to_bytes(4, "big") + b"\0":
        raise EnvelopeError("this is no file that portalgen locked")
    records = max(1, -(-(length - _HEADER_BYTES) // _RECORD_BYTES))
    padded = length - _HEADER_BYTES - records * (_TAG_BYTES + 1)
    if padded < 0 or not is_padded(padded) or max(1, -(-padded // _CONTENT_BYTES)) != records:
        raise EnvelopeError("the file has a length that padding never gives")


class _Records:
    """The records of one file in their order: each has the IV of its number."""

    def __init__(self, keys: FileKeys) -> None:
        self.number = 0
        self._cipher = AESGCM(_expand(keys, b"Content-Encoding: aes128gcm\0", 16))
        self._nonce = int.from_bytes(_expand(keys, b"Content-Encoding: nonce\0", 12), "big")

    def encrypt(self, content: bytes, covered: int, is_last: bool) -> bytes:
        padding = b"\0" * (covered - len(content))
        record = content + (_LAST if is_last else _MORE) + padding
        return self._cipher.encrypt(self._next_iv(), record, None)

    def decrypt(self, record: bytes, content: int, covered: int, is_last: bool) -> bytes:
        try:
            opened = self._cipher.decrypt(self._next_iv(), record, None)
        except InvalidTag as error:
            raise DamagedError("the file was altered, cut, or is another one") from error
        if opened[content:] != (_LAST if is_last else _MORE) + b"\0" * (covered - content):
            raise DamagedError("the file has another padding")
        return opened[:content]

    def _next_iv(self) -> bytes:
        iv = self._nonce ^ self.number  # RFC 8188 section 2.3
        self.number += 1
        return iv.to_bytes(12, "big")


class _Bytes:
    """Takes pieces of a wanted size out of pieces of any size."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._left = b""

    def take(self, size: int) -> bytes:
        """The next `size` bytes; fewer at the end."""
        parts, missing = [self._left], size - len(self._left)
        while missing > 0 and (chunk := next(self._chunks, b"")):
            parts.append(chunk)
            missing -= len(chunk)
        whole = b"".join(parts)
        self._left = whole[size:]
        return whole[:size]


def _pieces(chunks: Iterable[bytes], size: int) -> Iterator[bytes]:
    """The content of each record, the empty ones of the padding too; then what is too much."""
    stream = _Bytes(chunks)
    for _ in range(_count(size)):
        yield stream.take(_CONTENT_BYTES)
    if stream.take(1):
        raise ChangedError("the file grew while it was read")


def _count(size: int) -> int:
    return max(1, -(-padded_length(size) // _CONTENT_BYTES))


def _covered(number: int, size: int) -> int:
    """How many bytes of the padded content a record covers."""
    return min(_CONTENT_BYTES, padded_length(size) - number * _CONTENT_BYTES)


def _is_last(number: int, size: int) -> bool:
    return number == _count(size) - 1


def _header(keys: FileKeys) -> bytes:
    """Salt, record size, and no key id (RFC 8188 section 2.1)."""
    return keys.salt + _RECORD_BYTES.to_bytes(4, "big") + b"\0"


def _expand(keys: FileKeys, info: bytes, size: int) -> bytes:
    """RFC 8188 sections 2.2 and 2.3."""
    return HKDF(SHA256(), size, salt=keys.salt, info=info).derive(keys.material)
