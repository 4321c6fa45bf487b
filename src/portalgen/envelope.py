"""The lock: people's keys, the portal key, and pages, as docs/lock-format.md describes them.

This is the only home of joserfc and cryptography. joserfc does the key management (PBES2 and
ECDH-ES). Pages are encrypted here directly, because joserfc neither bounds what a page inflates
to as needed nor refuses bytes after the end of the DEFLATE stream.
"""

import secrets
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap
from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OctKey

from portalgen.envelope_shape import (
    KEY_SET,
    LOCK_HEADER,
    MAX_PEOPLE,
    PAGE_HEADER,
    PORTAL_KEY,
    PRIVATE_KEY,
    PUBLIC_KEY,
    VERSION,
    WRAP_HEADER,
    EnvelopeError,
    Jwk,
    check,
    check_public_key,
    check_wrap,
    decode,
    dump_json,
    encode,
    load_json,
    lock_header,
    page_header,
    parse_envelope,
)
from portalgen.passphrase import fold

ITERATIONS = 600_000
"""PBKDF2 rounds of a new lock: about half a second here, a second on a slow telephone."""

MAX_PAGE_BYTES = 32 * 1024 * 1024
"""What a page may inflate to."""

_IV_BYTES, _TAG_BYTES = 12, 16


class WrongPassphraseError(EnvelopeError):
    """The lock may be whole, but this passphrase does not open it."""


class DamagedError(EnvelopeError):
    """The shape is right, but something was altered, or belongs to another key or place."""


@dataclass(frozen=True, slots=True)
class PrivateKeys:
    """A person's unlocked keys, as private JWKs."""

    kid: str
    read: Jwk
    sign: Jwk


@dataclass(frozen=True, slots=True)
class PersonKeys:
    """What `access.yaml` keeps of a person: two public JWKs, and the private ones locked."""

    kid: str
    read: Jwk
    sign: Jwk
    locked: str


class _Registry(jwe.JWERegistry):
    """joserfc without its own header rules and limits.

    They refuse 600,000 iterations and private header names; `envelope_shape` is stricter.
    """

    max_recipients = MAX_PEOPLE

    def check_header(self, header: dict[str, Any], check_more: bool = False) -> None:
        pass


_registry = _Registry(algorithms=("PBES2-HS512+A256KW", "ECDH-ES+A256KW", "A256GCM"))


def new_portal_id() -> str:
    """Return 8 random bytes in base64url."""
    return secrets.token_urlsafe(8)


def new_kid() -> str:
    """Return 8 random bytes in base64url."""
    return secrets.token_urlsafe(8)


def new_salt() -> str:
    """Return 16 random bytes in base64url, for one list of people."""
    return secrets.token_urlsafe(16)


def new_portal_key() -> bytes:
    """Return 32 random bytes."""
    return secrets.token_bytes(32)


# People


def make_person(passphrase: str, salt: str) -> PersonKeys:
    """Make two key pairs and lock their private halves; takes about half a second.

    Raises EnvelopeError when folding leaves nothing of the passphrase. Whether it is a good one
    is for `passphrase.weakness` to say.
    """
    private = PrivateKeys(new_kid(), _new_private_key(), _new_private_key())
    locked = lock_keys(private, passphrase, salt)
    return PersonKeys(private.kid, public_half(private.read), public_half(private.sign), locked)


def lock_keys(private: PrivateKeys, passphrase: str, salt: str) -> str:
    """Return the lock (compact JWE) of a person's keys; also for a new passphrase, same keys."""
    header = {
        "alg": "PBES2-HS512+A256KW",
        "enc": "A256GCM",
        "p2s": salt,
        "p2c": ITERATIONS,
        "cty": "jwk-set+json",
        "kid": private.kid,
    }
    check(header, LOCK_HEADER, "lock header")
    keys = dump_json({"keys": [dict(private.read), dict(private.sign)]})
    return jwe.encrypt_compact(header, keys, _password(passphrase), registry=_registry)


def open_person(locked: str, passphrase: str) -> PrivateKeys:
    """Open a lock. Raises EnvelopeError (shape), WrongPassphraseError or DamagedError."""
    header = lock_header(locked)
    try:
        opened = jwe.decrypt_compact(locked, _password(passphrase), registry=_registry)
    except JoseError as error:
        if isinstance(error.__cause__, InvalidUnwrap):
            raise WrongPassphraseError("this passphrase does not open the lock") from error
        raise DamagedError("the lock was altered") from error
    keys = check(load_json(opened.plaintext or b""), KEY_SET, "key set")["keys"]
    read, sign = (check(key, PRIVATE_KEY, "private key") for key in keys)
    return PrivateKeys(header["kid"], read, sign)


def public_half(key: Jwk) -> Jwk:
    """Return the public members of a P-256 JWK, and no other."""
    return {name: key[name] for name in PUBLIC_KEY}


def _new_private_key() -> Jwk:
    made = ECKey.generate_key("P-256", private=True).as_dict(private=True)
    return {name: str(made[name]) for name in PRIVATE_KEY}


def _password(passphrase: str) -> OctKey:
    folded = fold(passphrase)
    if not folded:
        raise EnvelopeError("the passphrase has no letter and no digit")
    return OctKey.import_key(folded)


# The portal key


def wrap_portal_key(key: bytes, portal: str, readers: Sequence[tuple[str, Jwk]]) -> str:
    """Encrypt the portal key to each reader, given as (kid, public read key); returns JSON text.

    Raises EnvelopeError for a wrong id or key, or without readers.
    """
    header = {"enc": "A256GCM", "cty": "jwk+json", "portal": portal}
    oct_key = check({"kty": "oct", "k": encode(key)}, PORTAL_KEY, "portal key")
    wrap = jwe.GeneralJSONEncryption(
        check(header, WRAP_HEADER, "key wrap header"), dump_json(oct_key).encode()
    )
    for kid, public in readers:
        recipient = ECKey.import_key(check_public_key(dict(public)))
        wrap.add_recipient({"alg": "ECDH-ES+A256KW", "kid": kid}, recipient)
    if not readers:
        raise EnvelopeError("a portal needs a reader")
    return dump_json(check_wrap(jwe.encrypt_json(wrap, None, registry=_registry)))


def unwrap_portal_key(wrapped: str, private: PrivateKeys) -> bytes:
    """Return the portal key.

    Raises EnvelopeError (shape, or not wrapped for this person) or DamagedError.
    """
    wrap = check_wrap(load_json(wrapped))
    mine = [reader for reader in wrap["recipients"] if reader["header"]["kid"] == private.kid]
    if not mine:
        raise EnvelopeError("the portal key is not wrapped for this person")
    own: Any = {**wrap, "recipients": mine[:1]}
    try:
        opened = jwe.decrypt_json(own, ECKey.import_key(dict(private.read)), registry=_registry)
    except (JoseError, ValueError) as error:
        raise DamagedError("the key wrap was altered") from error
    return decode(check(load_json(opened.plaintext or b""), PORTAL_KEY, "portal key")["k"])


# Pages


def lock_page(html: bytes, key: bytes, portal: str, page: str) -> str:
    """Compress and encrypt a document (UTF-8) under the portal key; returns a compact JWE."""
    if len(html) > MAX_PAGE_BYTES:
        raise EnvelopeError(f"the page {page} has {len(html)} bytes; {MAX_PAGE_BYTES} is the most")
    header = {"alg": "dir", "enc": "A256GCM", "zip": "DEF", "portal": portal, "page": page}
    protected = encode(dump_json(check(header, PAGE_HEADER, "page header")).encode())
    iv = secrets.token_bytes(_IV_BYTES)
    deflated = zlib.compress(html, level=6, wbits=-zlib.MAX_WBITS)
    sealed = AESGCM(key).encrypt(iv, deflated, protected.encode())
    ciphertext, tag = sealed[:-_TAG_BYTES], sealed[-_TAG_BYTES:]
    return ".".join((protected, "", encode(iv), encode(ciphertext), encode(tag)))


def open_page(locked: str, key: bytes, portal: str, page: str) -> bytes:
    """Decrypt and inflate a page that must belong to this portal and have this id.

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
    return html


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


def envelope_json(locks: Sequence[str], wrapped: str, page: str) -> str:
    """Return the text of a page's data block; the portal's own people come first in `locks`.

    Raises EnvelopeError when the parts do not fit together.
    """
    wrap = load_json(wrapped)
    text = dump_json({"v": VERSION, "locks": list(locks), "key": wrap, "page": page})
    parse_envelope(text)
    return text
