"""What the parts of the lock share: joserfc's registry, HKDF, and the two ways to fail."""

from collections.abc import Sequence
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from portalgen.canonical import EnvelopeError
from portalgen.envelope_shape import MAX_PEOPLE, Jwk, check_public_key


class WrongPassphraseError(EnvelopeError):
    """The lock may be whole, but this passphrase, or this link, does not open it."""


class DamagedError(EnvelopeError):
    """The shape is right, but something was altered, or belongs to another key or place."""


class _Registry(jwe.JWERegistry):
    """joserfc without its own header rules and limits.

    They refuse 600,000 iterations and private header names; `envelope_shape` is stricter.
    """

    max_recipients = MAX_PEOPLE

    def check_header(self, header: dict[str, Any], check_more: bool = False) -> None:
        pass


registry = _Registry(algorithms=("PBES2-HS512+A256KW", "A256KW", "ECDH-ES+A256KW", "A256GCM"))


def encrypt_to(
    readers: Sequence[tuple[str, Jwk]], header: dict[str, Any], plaintext: bytes
) -> dict[str, Any]:
    """Encrypt to each reader, given as (kid, public read key): a general JSON JWE.

    Raises EnvelopeError for a wrong key, or without readers.
    """
    if not readers:
        raise EnvelopeError("a portal needs a reader")
    made = jwe.GeneralJSONEncryption(header, plaintext)
    for kid, public in readers:
        recipient = ECKey.import_key(check_public_key(dict(public)))
        made.add_recipient({"alg": "ECDH-ES+A256KW", "kid": kid}, recipient)
    return dict(jwe.encrypt_json(made, None, registry=registry))


def decrypt_as(kid: str, read: Jwk, encrypted: dict[str, Any], what: str) -> bytes:
    """Decrypt a general JSON JWE of the right shape as the reader `kid`.

    Raises EnvelopeError (not encrypted to this person) or DamagedError.
    """
    mine = [reader for reader in encrypted["recipients"] if reader["header"]["kid"] == kid]
    if not mine:
        raise EnvelopeError(f"the {what} is not encrypted to this person")
    own: Any = {**encrypted, "recipients": mine[:1]}
    try:
        opened = jwe.decrypt_json(own, ECKey.import_key(dict(read)), registry=registry)
    except (JoseError, ValueError) as error:
        raise DamagedError(f"the {what} was altered") from error
    return opened.plaintext or b""


def derive(key: bytes, info: str, size: int) -> bytes:
    """HKDF-SHA-256 (RFC 5869) without a salt: `size` bytes for one purpose of a portal key."""
    return HKDF(SHA256(), size, salt=None, info=info.encode()).derive(key)
