"""Seals: an independent reader and writer, and what neither a reader nor a writer may accept."""

import json
from typing import Any

import pytest
from jwcrypto import jwe, jwk

from portalgen.canonical import EnvelopeError, decode, dump_json, encode
from portalgen.envelope import (
    MAX_SEALED_BYTES,
    DamagedError,
    PrivateKeys,
    new_kid,
    new_portal_id,
    open_seal,
    public_half,
    seal_text,
)
from portalgen.envelope_shape import parse_seal

PORTAL = "TSMxaKVQADQ"
CODES = {
    "one letter": "a",
    "a password": "correct horse ÷ battery 'staple\" <&>",
    "lines": "user: anna\nkey: 12 34\n",
    "63 bytes": "a" * 63,
    "64 bytes": "b" * 64,
    "the longest": "é" * (MAX_SEALED_BYTES // 2),
    "like its padding": "a\x80\0\0",
}


def reader() -> tuple[jwk.JWK, PrivateKeys]:
    """Somebody's read key, for jwcrypto and for us; nobody signs here."""
    key = jwk.JWK.generate(kty="EC", crv="P-256")
    private: dict[str, Any] = key.export(as_dict=True)
    members = {name: str(private[name]) for name in ("kty", "crv", "x", "y", "d")}
    return key, PrivateKeys(new_kid(), members, members)


def public(keys: PrivateKeys) -> tuple[str, Any]:
    return keys.kid, public_half(keys.read)


def padded(text: str) -> bytes:
    """ISO/IEC 7816-4, written once more."""
    data = text.encode() + b"\x80"
    return data + bytes(-len(data) % 64)


@pytest.mark.parametrize("code", CODES.values(), ids=CODES)
def test_jwcrypto_opens_what_we_seal(code: str) -> None:
    readers = [reader() for _ in range(3)]
    sealed = seal_text(code, PORTAL, "hosting", [public(own) for _, own in readers])
    for key, own in readers:
        token = jwe.JWE(algs=["ECDH-ES+A256KW", "A256GCM"])
        token.deserialize(sealed, key)
        assert token.payload == padded(code)
        assert open_seal(sealed, own, PORTAL) == code


@pytest.mark.parametrize("code", CODES.values(), ids=CODES)
def test_we_open_what_jwcrypto_seals(code: str) -> None:
    readers = [reader() for _ in range(2)]
    header = {"enc": "A256GCM", "cty": "text/plain", "portal": PORTAL, "seal": "hosting"}
    token = jwe.JWE(padded(code), dump_json(header), algs=["ECDH-ES+A256KW", "A256GCM"])
    for key, own in readers:
        token.add_recipient(key, dump_json({"alg": "ECDH-ES+A256KW", "kid": own.kid}))
    sealed = token.serialize()
    for _, own in readers:
        assert open_seal(sealed, own, PORTAL) == code


def test_a_seal_tells_neither_the_length_of_a_code_nor_that_it_is_the_same() -> None:
    _, own = reader()
    seals = [seal_text(code, PORTAL, "x", [public(own)]) for code in ("a", "a", "b" * 63)]
    assert len({len(sealed) for sealed in seals}) == 1
    assert len(set(seals)) == 3


def test_a_seal_opens_for_its_people_in_its_portal_only() -> None:
    (_, one), (_, other) = reader(), reader()
    sealed = seal_text("code", PORTAL, "hosting", [public(one)])
    with pytest.raises(EnvelopeError, match="not encrypted to this person"):
        open_seal(sealed, other, PORTAL)
    with pytest.raises(DamagedError, match="another portal"):
        open_seal(sealed, one, new_portal_id())
    with pytest.raises(DamagedError, match="was altered"):
        open_seal(sealed, PrivateKeys(one.kid, other.read, other.sign), PORTAL)


@pytest.mark.parametrize("member", ["iv", "ciphertext", "tag", "protected"])
def test_an_altered_seal_does_not_open(member: str) -> None:
    _, own = reader()
    sealed = json.loads(seal_text("code", PORTAL, "hosting", [public(own)]))
    if member == "protected":
        sealed[member] = encode(decode(sealed[member]).replace(b"hosting", b"hostinh"))
    else:
        data = decode(sealed[member])
        sealed[member] = encode(bytes([data[0] ^ 1]) + data[1:])
    with pytest.raises(DamagedError):
        open_seal(dump_json(sealed), own, PORTAL)


@pytest.mark.parametrize("content", [b"", bytes(64), b"\x80" * 63, b"code" + bytes(60)])
def test_another_padding_is_refused(content: bytes) -> None:
    """Whoever knows the public keys can write a seal, so that its content proves nothing."""
    key, own = reader()
    second, other = reader()
    header = {"enc": "A256GCM", "cty": "text/plain", "portal": PORTAL, "seal": "hosting"}
    token = jwe.JWE(content, dump_json(header), algs=["ECDH-ES+A256KW", "A256GCM"])
    for public_key, kid in ((key, own.kid), (second, other.kid)):
        token.add_recipient(public_key, dump_json({"alg": "ECDH-ES+A256KW", "kid": kid}))
    with pytest.raises(EnvelopeError, match=r"padding|length"):
        open_seal(token.serialize(), own, PORTAL)


@pytest.mark.parametrize("name", ["", "Hosting", "a--b", "-a", "a-", "a/b", "é", "a" * 65, "a\n"])
def test_other_names_are_refused(name: str) -> None:
    _, own = reader()
    with pytest.raises(EnvelopeError, match="seal"):
        seal_text("code", PORTAL, name, [public(own)])


def test_an_empty_or_a_long_code_and_nobody_are_refused() -> None:
    _, own = reader()
    for code in ("", "a" * (MAX_SEALED_BYTES + 1), "é" * (MAX_SEALED_BYTES // 2) + "a"):
        with pytest.raises(EnvelopeError, match="1 to 4096 bytes"):
            seal_text(code, PORTAL, "hosting", [public(own)])
    with pytest.raises(EnvelopeError, match="reader"):
        seal_text("code", PORTAL, "hosting", [])


def test_the_readers_of_a_seal_can_be_seen_without_a_key() -> None:
    people = [reader()[1] for _ in range(2)]
    seal = parse_seal(seal_text("code", PORTAL, "hosting", [public(own) for own in people]))
    assert (seal.portal, seal.name) == (PORTAL, "hosting")
    assert seal.readers == tuple(own.kid for own in people)
