"""The portal key, and its wrap for everybody who may open the portal: section 4."""

import secrets
from collections.abc import Sequence

from portalgen.envelope.jose import decrypt_as, encrypt_to
from portalgen.envelope.people import PrivateKeys
from portalgen.envelope_shape import (
    PORTAL_KEY,
    WRAP_HEADER,
    Jwk,
    check,
    check_wrap,
    decode,
    dump_json,
    encode,
    load_json,
)


def new_portal_id() -> str:
    """Return 8 random bytes in base64url."""
    return secrets.token_urlsafe(8)


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
