"""Pages: compressed, padded, encrypted under the portal key: docs/lock-format.md, section 4."""

import hmac
import zlib
from collections.abc import Sequence

import deflate
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from portalgen.canonical import EnvelopeError, decode, dump_json, encode, load_json
from portalgen.envelope.jose import DamagedError, derive
from portalgen.envelope_shape import PAGE_HEADER, VERSION, check, page_header, parse_envelope
from portalgen.padding import padded_length

MAX_PAGE_BYTES = 32 * 1024 * 1024
"""What a page may inflate to."""

_LEVEL = 9
"""Of libdeflate: 2 to 3 % smaller than zlib at its best, in half the time."""
_IV_BYTES, _TAG_BYTES = 12, 16
_STORED_HEADER_BYTES = 5
_STORED_BYTES = 0xFFFF
"""What one stored block may hold (RFC 1951 section 3.2.4)."""


def lock_page(html: bytes, key: bytes, portal: str, page: str) -> str:
    """Compress, pad and encrypt a document (UTF-8) under the portal key; returns a compact JWE.

    The same arguments give the same bytes, so that a page that did not change needs no new upload.
    """
    if len(html) > MAX_PAGE_BYTES:
        raise EnvelopeError(f"the page {page} has {len(html)} bytes; {MAX_PAGE_BYTES} is the most")
    header = {"alg": "dir", "enc": "A256GCM", "zip": "DEF", "portal": portal, "page": page}
    protected = encode(dump_json(check(header, PAGE_HEADER, "page header")).encode())
    deflated = _deflate(html)
    iv = _synthetic_iv(key, protected, deflated)
    sealed = AESGCM(key).encrypt(iv, deflated, protected.encode())
    ciphertext, tag = sealed[:-_TAG_BYTES], sealed[-_TAG_BYTES:]
    return ".".join((protected, "", encode(iv), encode(ciphertext), encode(tag)))


def open_page(locked: str, key: bytes, portal: str, page: str) -> bytes:
    """Decrypt and inflate a page that must belong to this portal and have this id.

    The document is returned without its padding.
    Raises EnvelopeError (shape) or DamagedError.
    """
    header = page_header(locked)
    if (header["portal"], header["page"]) != (portal, page):
        raise DamagedError(f"this is the page {header['page']} of the portal {header['portal']}")
    protected, _, iv, ciphertext, tag = locked.split(".")
    sealed = decode(ciphertext) + decode(tag)
    try:
        deflated = AESGCM(key).decrypt(decode(iv), sealed, protected.encode())
    except InvalidTag as error:
        raise DamagedError("the page was altered, or locked with another key") from error
    html = _inflate(deflated)
    try:
        html.decode()
    except UnicodeDecodeError as error:
        raise DamagedError("the page is not UTF-8") from error
    return html.strip(b"\n")


def envelope_json(locks: Sequence[str], wrapped: str, page: str) -> str:
    """Return the text of a page's data block; the portal's own people come first in `locks`.

    Raises EnvelopeError when the parts do not fit together.
    """
    wrap = load_json(wrapped)
    text = dump_json({"v": VERSION, "locks": list(locks), "key": wrap, "page": page})
    parse_envelope(text)
    return text


def _synthetic_iv(key: bytes, protected: str, deflated: bytes) -> bytes:
    """An IV that is as good as random, and the same for the same page."""
    text = protected.encode() + b"." + deflated
    return hmac.digest(derive(key, "portalgen iv", 32), text, "sha256")[:_IV_BYTES]


def _deflate(html: bytes) -> bytes:
    """Raw DEFLATE of a padded length: the stream begins with stored blocks of line feeds."""
    deflated = deflate.deflate_compress(html, _LEVEL)
    blocks = b""
    length = _STORED_HEADER_BYTES + len(deflated)
    while (missing := padded_length(length) - length) > _STORED_BYTES:
        blocks += _stored(_STORED_BYTES)
        length = len(blocks) + _STORED_HEADER_BYTES + len(deflated)
    return blocks + _stored(missing) + deflated


def _stored(size: int) -> bytes:
    """A stored block of line feeds, which is a whole number of bytes and not the last block."""
    length = size.to_bytes(2, "little")
    complement = (size ^ _STORED_BYTES).to_bytes(2, "little")
    return b"\0" + length + complement + b"\n" * size


def _inflate(deflated: bytes) -> bytes:
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        html = stream.decompress(deflated, MAX_PAGE_BYTES + 1)
    except zlib.error as error:
        raise DamagedError("the page does not inflate") from error
    if len(html) > MAX_PAGE_BYTES:
        raise DamagedError(f"the page inflates to more than {MAX_PAGE_BYTES} bytes")
    if not stream.eof or stream.unused_data:
        raise DamagedError("the page stops early, or has bytes after its end")
    return html
