"""The portal key, and its wrap for everybody who may open the portal: section 4."""

import secrets
from collections.abc import Sequence
from hashlib import sha256

from portalgen.canonical import decode, dump_json, encode, load_json
from portalgen.envelope.jose import decrypt_as, encrypt_to
from portalgen.envelope.people import PrivateKeys
from portalgen.envelope_shape import PORTAL_KEY, WRAP_HEADER, Jwk, check, check_wrap


def new_portal_id() -> str:
    """Return 8 random bytes in base64url."""
    return secrets.token_urlsafe(8)


def dashboard_id(salt: str) -> str:
    """The portal id of the studio's dashboard, from the salt of the studio's people.

    The first 8 bytes of a SHA-256, in base64url: docs/lock-format.md, section 1.
    """
    return _derived_id(f"portalgen dashboard\0{salt}")


def path_id(salt: str, path: str) -> str:
    """The portal id of a client nobody of whom has access yet: only the studio's people have.

    Made like that of the dashboard, so that it is the same in each build. The path is public; the
    folder's name may not be, and could be guessed from what is made of it.
    """
    return _derived_id(f"portalgen portal\0{salt}\0{path}")


def _derived_id(text: str) -> str:
    return encode(sha256(text.encode()).digest()[:8])


def new_portal_key() -> bytes:
    """Return 32 random bytes."""
    return secrets.token_bytes(32)


def wrap_portal_key(key: bytes, portal: str, readers: Sequence[tuple[str, Jwk]]) -> str:
    """Encrypt the portal key to each reader, given as (kid, public read key); returns JSON text.

    Raises EnvelopeError for a wrong id or key, or without readers.
    """
    header = {"enc": "A256GCM", "cty": "jwk+json", "portal": portal}
    check(header, WRAP_HEADER, "key wrap header")
    oct_key = check({"kty": "oct", "k": encode(key)}, PORTAL_KEY, "portal key")
    return dump_json(check_wrap(encrypt_to(readers, header, dump_json(oct_key).encode())))


def unwrap_portal_key(wrapped: str, private: PrivateKeys) -> bytes:
    """Return the portal key.

    Raises EnvelopeError (shape, or not wrapped for this person) or DamagedError.
    """
    wrap = check_wrap(load_json(wrapped))
    opened = decrypt_as(private.kid, private.read, wrap, "key wrap")
    return decode(check(load_json(opened), PORTAL_KEY, "portal key")["k"])
