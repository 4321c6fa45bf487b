"""People's keys, and the locks around them: docs/lock-format.md, section 2."""

import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap
from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OctKey

from portalgen.canonical import EnvelopeError, decode, dump_json, encode, load_json
from portalgen.envelope.jose import DamagedError, WrongPassphraseError, registry
from portalgen.envelope_shape import (
    KEY_SET,
    LINK_HEADER,
    LOCK_HEADER,
    PRIVATE_KEY,
    PUBLIC_KEY,
    Jwk,
    check,
    lock_header,
)
from portalgen.passphrase import fold

ITERATIONS = 600_000
"""PBKDF2 rounds of a new lock: about half a second here, a second on a slow telephone."""

_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class PrivateKeys:
    """A person's unlocked keys, as private JWKs."""

    kid: str
    read: Jwk = field(repr=False)
    sign: Jwk = field(repr=False)


@dataclass(frozen=True, slots=True)
class PersonKeys:
    """What `access.yaml` keeps of a person: two public JWKs, and the private ones locked."""

    kid: str
    read: Jwk
    sign: Jwk
    locked: str


def new_kid() -> str:
    """Return 8 random bytes in base64url."""
    return secrets.token_urlsafe(8)


def new_salt() -> str:
    """Return 16 random bytes in base64url, for one list of people."""
    return secrets.token_urlsafe(16)


def new_secret() -> str:
    """Return the secret of a link: 32 random bytes in base64url."""
    return secrets.token_urlsafe(_SECRET_BYTES)


def make_person(passphrase: str, salt: str) -> PersonKeys:
    """Make two key pairs and lock their private halves; takes about half a second.

    Raises EnvelopeError when folding leaves nothing of the passphrase. Whether it is a good one
    is for `passphrase.weakness` to say.
    """
    private = _new_private_keys()
    return _public(private, lock_keys(private, passphrase, salt))


def make_link(secret: str) -> PersonKeys:
    """Make the keys of an access link, locked under its secret (see `new_secret`)."""
    private = _new_private_keys()
    header = {
        "alg": "A256KW",
        "enc": "A256GCM",
        "cty": "jwk-set+json",
        "kid": private.kid,
    }
    check(header, LINK_HEADER, "link header")
    return _public(private, _lock(header, private, _link_key(secret)))


def lock_keys(private: PrivateKeys, passphrase: str, salt: str) -> str:
    """Return the lock (compact JWE) of a person's keys."""
    header = {
        "alg": "PBES2-HS512+A256KW",
        "enc": "A256GCM",
        "p2s": salt,
        "p2c": ITERATIONS,
        "cty": "jwk-set+json",
        "kid": private.kid,
    }
    check(header, LOCK_HEADER, "lock header")
    return _lock(header, private, _password(passphrase))


def open_person(locked: str, passphrase: str) -> PrivateKeys:
    """Open a lock. Raises EnvelopeError (shape), WrongPassphraseError or DamagedError."""
    return _open(locked, _password(passphrase), LOCK_HEADER)


def open_link(locked: str, secret: str) -> PrivateKeys:
    """Open the lock of a link. Raises EnvelopeError, WrongPassphraseError or DamagedError."""
    return _open(locked, _link_key(secret), LINK_HEADER)


def public_half(key: Jwk) -> Jwk:
    """Return the public members of a P-256 JWK, and no other."""
    return {name: key[name] for name in PUBLIC_KEY}


def _new_private_keys() -> PrivateKeys:
    return PrivateKeys(new_kid(), _new_private_key(), _new_private_key())


def _new_private_key() -> Jwk:
    made = ECKey.generate_key("P-256", private=True).as_dict(private=True)
    return {name: str(made[name]) for name in PRIVATE_KEY}


def _public(private: PrivateKeys, locked: str) -> PersonKeys:
    return PersonKeys(private.kid, public_half(private.read), public_half(private.sign), locked)


def _lock(header: dict[str, Any], private: PrivateKeys, key: OctKey) -> str:
    keys = dump_json({"keys": [dict(private.read), dict(private.sign)]})
    return jwe.encrypt_compact(header, keys, key, registry=registry)


def _open(locked: str, key: OctKey, shape: Any) -> PrivateKeys:
    header = check(lock_header(locked), shape, "lock header")
    try:
        opened = jwe.decrypt_compact(locked, key, registry=registry)
    except JoseError as error:
        if isinstance(error.__cause__, InvalidUnwrap):
            raise WrongPassphraseError("this does not open the lock") from error
        raise DamagedError("the lock was altered") from error
    keys = check(load_json(opened.plaintext or b""), KEY_SET, "key set")["keys"]
    read, sign = (check(each, PRIVATE_KEY, "private key") for each in keys)
    return PrivateKeys(header["kid"], read, sign)


def _password(passphrase: str) -> OctKey:
    folded = fold(passphrase)
    if not folded:
        raise EnvelopeError("the passphrase has no letter and no digit")
    return OctKey.import_key(folded)


def _link_key(secret: str) -> OctKey:
    if len(decode(secret)) != _SECRET_BYTES:
        raise EnvelopeError("the secret of a link has another length")
    return OctKey.import_key({"kty": "oct", "k": encode(decode(secret))})
