"""The access file of the fixtures for other clients: own ids, the same names and passphrases."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import cache
from hashlib import pbkdf2_hmac, sha256
from json import dumps, loads
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap

from portalgen.passphrase import fold

FIXTURES = Path(__file__).parent / "fixtures"

CLIENT_PASSPHRASE = "Chaton élégant   rivière Façade melon girafe"

PORTAL = b"TSMxaKVQADQ"
_KID = b"AoII2_cSBDY"


def access_of_another(folder: str, access: bytes) -> bytes:
    """An access file for another client: its portal has an id of its own, and so has Claire."""
    kid = _id(f"{folder} claire")
    access = access.replace(PORTAL, _id(folder))
    if _KID not in access or _lock() not in access:
        return access
    return access.replace(_KID, kid).replace(_lock(), _lock_of(kid.decode()))


def _id(text: str) -> bytes:
    return urlsafe_b64encode(sha256(text.encode()).digest()[:8]).rstrip(b"=")


@cache
def _lock() -> bytes:
    lines = (FIXTURES / "client-access.yaml").read_bytes().splitlines()
    return lines[-1].strip().removeprefix(b"locked: ")


@cache
def _lock_of(kid: str) -> bytes:
    """Claire's lock under another key id: its header is part of what is authenticated."""
    head, wrapped, iv, ciphertext, tag = _lock().split(b".")
    header = {**loads(_decoded(head)), "kid": kid}
    other = _encoded(dumps(header, separators=(",", ":")).encode())
    key = AESGCM(_content_key(wrapped, head))
    keys = key.decrypt(_decoded(iv), _decoded(ciphertext) + _decoded(tag), head)
    locked = key.encrypt(_decoded(iv), keys, other)
    return b".".join((other, wrapped, iv, _encoded(locked[:-16]), _encoded(locked[-16:])))


@cache
def _content_key(wrapped: bytes, head: bytes) -> bytes:
    """The key inside the lock (RFC 7518, section 4.8): the half second is spent once."""
    header = loads(_decoded(head))
    salt = f"{header['alg']}\0".encode() + _decoded(header["p2s"].encode())
    key = pbkdf2_hmac("sha512", fold(CLIENT_PASSPHRASE).encode(), salt, header["p2c"], 32)
    return aes_key_unwrap(key, _decoded(wrapped))


def _decoded(text: bytes) -> bytes:
    return urlsafe_b64decode(text + b"=" * (-len(text) % 4))


def _encoded(data: bytes) -> bytes:
    return urlsafe_b64encode(data).rstrip(b"=")
