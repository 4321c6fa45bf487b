"""The exact shape of what is published, checked without any key (docs/lock-format.md).

A header that allows only known names and values, canonical base64url and canonical JSON leave no
room for clear text. Both the readers in `envelope` and the check of a finished output rest on it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from portalgen.canonical import EnvelopeError, decode, dump_json, load_json

VERSION = 1
MIN_ITERATIONS = 600_000
MAX_ITERATIONS = 10_000_000
MAX_PEOPLE = 1000
MAX_SEAL_NAME = 64
SEAL_BLOCK_BYTES = 64
"""The ciphertext of a seal is a multiple of this, so that it does not tell a code's length."""

Jwk = Mapping[str, str]
Shape = Mapping[str, Callable[[Any], bool]]


@dataclass(frozen=True, slots=True)
class Envelope:
    """A locked page of the right shape; nothing in it was decrypted.

    Attributes:
        portal: the portal id that both the key wrap and the page name.
        page_id: which page of the portal it is.
        locks: compact JWEs, the portal's own people first.
        readers: the `kid` of each person the portal key is wrapped for.
        wrapped: the key wrap, as JSON text.
        page: the page, a compact JWE.
    """

    portal: str
    page_id: str
    locks: tuple[str, ...]
    readers: tuple[str, ...]
    wrapped: str
    page: str


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal of the right shape; nothing in it was decrypted.

    Attributes:
        readers: the `kid` of each person it is sealed for.
        encrypted: the JWE itself.
    """

    portal: str
    name: str
    readers: tuple[str, ...]
    encrypted: dict[str, Any]


def check(value: Any, shape: Shape, what: str) -> dict[str, Any]:
    """Return `value` when it is an object with exactly the members of `shape`, each as it must be.

    Raises EnvelopeError, which names `what` and the member.
    """
    if not isinstance(value, dict) or set(value) != set(shape):
        raise EnvelopeError(f"the {what} must have exactly: {', '.join(shape)}")
    for name, is_right in shape.items():
        if not is_right(value[name]):
            raise EnvelopeError(f"the {what} has a wrong “{name}”")
    return value


def is_page_id(text: str) -> bool:
    """Whether a page may have this id; all but `index` are also forbidden as a portal's path."""
    return _page_id.fullmatch(text) is not None


def is_seal_name(text: str) -> bool:
    """Whether a seal may have this name."""
    return len(text) <= MAX_SEAL_NAME and _seal_name.fullmatch(text) is not None


def parse_envelope(text: str) -> Envelope:
    """Check a whole data block. Raises EnvelopeError; decrypts nothing."""
    data = check(load_json(text), _ENVELOPE, "envelope")
    for locked in data["locks"]:
        lock_header(locked)
    wrap = check_wrap(data["key"])
    portal, page = load_json(decode(wrap["protected"]))["portal"], page_header(data["page"])
    if portal != page["portal"]:
        raise EnvelopeError("the key and the page belong to different portals")
    readers = tuple(recipient["header"]["kid"] for recipient in wrap["recipients"])
    locks = tuple(data["locks"])
    return Envelope(portal, page["page"], locks, readers, dump_json(wrap), data["page"])


def lock_header(locked: str) -> Mapping[str, Any]:
    """Return the protected header of a lock whose whole shape is right, else EnvelopeError."""
    header, key, ciphertext = _compact_parts(locked)
    if (len(key), len(ciphertext)) != (_WRAPPED_KEY_BYTES, _KEY_SET_BYTES):
        raise EnvelopeError("the lock has a wrong length")
    is_link = isinstance(header, dict) and header.get("alg") == "A256KW"
    return check(header, LINK_HEADER if is_link else LOCK_HEADER, "lock header")


def page_header(locked: str) -> Mapping[str, Any]:
    """Return the protected header of a page whose whole shape is right, else EnvelopeError."""
    header, key, ciphertext = _compact_parts(locked)
    if key or not ciphertext:
        raise EnvelopeError("the page has a key of its own, or no content")
    return check(header, PAGE_HEADER, "page header")


def check_wrap(value: Any) -> dict[str, Any]:
    """Return a key wrap (general JSON JWE) whose whole shape is right, else raise EnvelopeError."""
    wrap = check(value, _WRAP, "key wrap")
    check(load_json(decode(wrap["protected"])), WRAP_HEADER, "key wrap header")
    _check_recipients(wrap["recipients"])
    return wrap


def parse_seal(text: str) -> Seal:
    """Check a whole seal. Raises EnvelopeError; decrypts nothing."""
    seal = check(load_json(text), _SEAL, "seal")
    header = check(load_json(decode(seal["protected"])), SEAL_HEADER, "seal header")
    _check_recipients(seal["recipients"])
    length = len(decode(seal["ciphertext"]))
    if not length or length % SEAL_BLOCK_BYTES:
        raise EnvelopeError("the seal has a wrong length")
    readers = tuple(recipient["header"]["kid"] for recipient in seal["recipients"])
    return Seal(header["portal"], header["seal"], readers, seal)


def _check_recipients(recipients: list[Any]) -> None:
    for recipient in recipients:
        check(recipient, _RECIPIENT, "recipient")
        check(recipient["header"], RECIPIENT_HEADER, "recipient header")
        check_public_key(recipient["header"]["epk"], "ephemeral key")


def check_public_key(value: Any, what: str = "public key") -> dict[str, Any]:
    """Return a P-256 public key (JWK) that is a point on the curve, else raise EnvelopeError."""
    key = check(value, PUBLIC_KEY, what)
    x, y = (int.from_bytes(decode(key[name])) for name in ("x", "y"))
    if max(x, y) >= _P or (y * y - (x * x * x - 3 * x + _B)) % _P:
        raise EnvelopeError(f"the {what} is no point of the curve")
    return key


def _compact_parts(locked: str) -> tuple[Any, bytes, bytes]:
    """Return (header, encrypted key, ciphertext) of a compact JWE with a GCM iv and tag."""
    parts = locked.split(".")
    if len(parts) != _COMPACT_PARTS:
        raise EnvelopeError(f"a compact JWE has {_COMPACT_PARTS} parts")
    header, key, iv, ciphertext, tag = map(decode, parts)
    if (len(iv), len(tag)) != (_IV_BYTES, _TAG_BYTES):
        raise EnvelopeError("the iv or the tag has a wrong length")
    return load_json(header), key, ciphertext


# Checks of single values


def _is(wanted: object) -> Callable[[Any], bool]:
    return lambda value: type(value) is type(wanted) and value == wanted


def _is_base64url(size: int) -> Callable[[Any], bool]:
    def is_right(value: Any) -> bool:
        try:
            return isinstance(value, str) and len(decode(value)) == size
        except EnvelopeError:
            return False

    return is_right


def _is_list(least: int, most: int, kind: type) -> Callable[[Any], bool]:
    def is_right(value: Any) -> bool:
        if not isinstance(value, list) or not least <= len(value) <= most:
            return False
        return all(isinstance(item, kind) for item in value)

    return is_right


def _is_iterations(value: Any) -> bool:
    return type(value) is int and MIN_ITERATIONS <= value <= MAX_ITERATIONS


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


_page_id = re.compile(
    r"index|plan|spec|agreement|deliverables|corrections|journal|glossary"
    r"|invoice-[0-9a-f]{10}"
)
_seal_name = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_IV_BYTES, _TAG_BYTES, _COORDINATE_BYTES = 12, 16, 32
_COMPACT_PARTS = 5
_P = 2**256 - 2**224 + 2**192 + 2**96 - 1
_B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
# P-256: y² = x³ − 3x + _B modulo _P (SP 800-186, section 3.2.1.3)
_WRAPPED_KEY_BYTES = 40  # RFC 3394 adds 8 bytes to the 32 of the content key
_is_id, _is_salt = _is_base64url(8), _is_base64url(16)
_is_coordinate = _is_base64url(_COORDINATE_BYTES)

# The shapes, table by table as in docs/lock-format.md

PUBLIC_KEY: Shape = {
    "kty": _is("EC"),
    "crv": _is("P-256"),
    "x": _is_coordinate,
    "y": _is_coordinate,
}
PRIVATE_KEY: Shape = {**PUBLIC_KEY, "d": _is_coordinate}
KEY_SET: Shape = {"keys": _is_list(2, 2, dict)}
PORTAL_KEY: Shape = {"kty": _is("oct"), "k": _is_base64url(32)}
LOCK_HEADER: Shape = {
    "alg": _is("PBES2-HS512+A256KW"),
    "enc": _is("A256GCM"),
    "p2s": _is_salt,
    "p2c": _is_iterations,
    "cty": _is("jwk-set+json"),
    "kid": _is_id,
}
LINK_HEADER: Shape = {
    "alg": _is("A256KW"),
    "enc": _is("A256GCM"),
    "cty": _is("jwk-set+json"),
    "kid": _is_id,
}
WRAP_HEADER: Shape = {"enc": _is("A256GCM"), "cty": _is("jwk+json"), "portal": _is_id}
RECIPIENT_HEADER: Shape = {
    "alg": _is("ECDH-ES+A256KW"),
    "kid": _is_id,
    "epk": lambda value: isinstance(value, dict),
}
PAGE_HEADER: Shape = {
    "alg": _is("dir"),
    "enc": _is("A256GCM"),
    "zip": _is("DEF"),
    "portal": _is_id,
    "page": lambda value: isinstance(value, str) and is_page_id(value),
}
SEAL_HEADER: Shape = {
    "enc": _is("A256GCM"),
    "cty": _is("text/plain"),
    "portal": _is_id,
    "seal": lambda value: isinstance(value, str) and is_seal_name(value),
}
_WRAP: Shape = {
    "protected": _is_text,
    "recipients": _is_list(1, MAX_PEOPLE, dict),
    "iv": _is_base64url(_IV_BYTES),
    "ciphertext": _is_base64url(len(dump_json({"kty": "oct", "k": "k" * 43}))),
    "tag": _is_base64url(_TAG_BYTES),
}
_SEAL: Shape = {**_WRAP, "ciphertext": _is_text}
_RECIPIENT: Shape = {
    "header": lambda value: isinstance(value, dict),
    "encrypted_key": _is_base64url(_WRAPPED_KEY_BYTES),
}
_ENVELOPE: Shape = {
    "v": _is(VERSION),
    "locks": _is_list(1, MAX_PEOPLE, str),
    "key": lambda value: isinstance(value, dict),
    "page": _is_text,
}
_EMPTY_KEY = {"kty": "EC", "crv": "P-256", "x": "x" * 43, "y": "y" * 43, "d": "d" * 43}
_KEY_SET_BYTES = len(dump_json({"keys": [_EMPTY_KEY, _EMPTY_KEY]}))
