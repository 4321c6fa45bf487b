"""The lock: frozen vectors, independent readers, and what a writer must refuse."""

import json
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from jwcrypto import jwa, jwe, jwk

from portalgen import envelope
from portalgen.canonical import EnvelopeError, encode
from portalgen.envelope_shape import is_page_id, lock_header, parse_envelope
from portalgen.passphrase import fold

VECTORS = Path(__file__).parent.parent / "vectors"
PASSPHRASE = "marbre-violon-citron-pelouse-hameau"
Vector = dict[str, Any]


def vectors(name: str) -> list[Vector]:
    loaded: list[Vector] = json.loads((VECTORS / name).read_text(encoding="utf-8"))
    return loaded


def by_name(vector: Vector) -> str:
    return str(vector.get("name", vector))


@cache
def opened(locked: str, passphrase: str) -> envelope.PrivateKeys | None:
    """PBKDF2 takes half a second; many vectors share a lock."""
    try:
        return envelope.open_person(locked, passphrase)
    except envelope.WrongPassphraseError:
        return None


def place(path: str) -> str:
    """The page that an address stands for (docs/lock-format.md, section 5)."""
    segments = path.split("/")
    if segments[-1] in ("", "index.html"):
        segments.pop()
    last = unquote(segments[-1]) if segments else ""
    return last if is_page_id(last) else "index"


def opened_by_link(locked: str, secret: str) -> envelope.PrivateKeys | None:
    try:
        return envelope.open_link(locked, secret)
    except envelope.WrongPassphraseError:
        return None


def unlocked(locks: tuple[str, ...], passphrase: str, link: str | None) -> envelope.PrivateKeys:
    """The keys that a passphrase, or a link, opens; each is tried on locks of its kind alone."""
    if link is None and not fold(passphrase):
        raise envelope.WrongPassphraseError
    kind = "PBES2-HS512+A256KW" if link is None else "A256KW"
    own = [lock for lock in locks if lock_header(lock)["alg"] == kind]
    tried = (opened_by_link(lock, link) if link else opened(lock, passphrase) for lock in own)
    private = next((keys for keys in tried if keys), None)
    if private is None:
        raise envelope.WrongPassphraseError
    return private


def read(text: str, passphrase: str, path: str, link: str | None = None) -> Vector:
    """A whole reader, as in section 7 of docs/lock-format.md."""
    block = parse_envelope(text)
    if block.page_id != place(path):
        raise LookupError("address")
    private = unlocked(block.locks, passphrase, link)
    key = envelope.unwrap_portal_key(block.wrapped, private)
    html = envelope.open_page(block.page, key, block.portal, block.page_id).decode()
    return {
        "portal": block.portal,
        "page": block.page_id,
        "reader": private.kid,
        "html": html,
    }


@pytest.mark.parametrize("vector", vectors("good.json"), ids=by_name)
def test_good_pages_open(vector: Vector) -> None:
    expected = {name: vector[name] for name in ("portal", "page", "reader", "html")}
    made = read(vector["text"], vector["passphrase"], vector["path"], vector.get("link"))
    assert made == expected


@pytest.mark.parametrize("vector", vectors("hostile.json"), ids=by_name)
def test_hostile_pages_are_refused(vector: Vector) -> None:
    with pytest.raises((EnvelopeError, LookupError)) as caught:
        read(vector["text"], vector["passphrase"], vector["path"], vector.get("link"))
    reason = {envelope.WrongPassphraseError: "passphrase", LookupError: "address"}
    assert reason.get(caught.type, "damaged") == vector["reason"]


@pytest.mark.parametrize("vector", vectors("address.json"), ids=str)
def test_place_of_an_address(vector: Vector) -> None:
    assert (place(vector["path"]) == vector["page"]) is vector["fits"]


# An independent reader


@pytest.fixture(scope="module")
def person() -> envelope.PersonKeys:
    return envelope.make_person(PASSPHRASE, envelope.new_salt())


@pytest.fixture
def strong_pbkdf2(monkeypatch: pytest.MonkeyPatch) -> None:
    """jwcrypto refuses more than 16384 rounds unless told otherwise."""
    monkeypatch.setattr(jwa, "default_max_pbkdf2_iterations", envelope.ITERATIONS)


@pytest.mark.usefixtures("strong_pbkdf2")
def test_jwcrypto_opens_a_lock(person: envelope.PersonKeys) -> None:
    lock = jwe.JWE(algs=["PBES2-HS512+A256KW", "A256GCM"])
    lock.deserialize(person.locked, jwk.JWK.from_password(PASSPHRASE))
    read_key, sign_key = json.loads(lock.payload)["keys"]
    private = opened(person.locked, PASSPHRASE)
    assert private is not None
    assert (read_key, sign_key) == (private.read, private.sign)
    assert envelope.public_half(read_key) == person.read
    assert envelope.public_half(sign_key) == person.sign


@pytest.mark.parametrize("count", [1, 2, 5])
def test_jwcrypto_opens_the_key_for_each_reader(count: int) -> None:
    keys = [jwk.JWK.generate(kty="EC", crv="P-256") for _ in range(count)]
    readers = [
        (envelope.new_kid(), envelope.public_half(key.export_public(as_dict=True))) for key in keys
    ]
    portal_key, portal = envelope.new_portal_key(), envelope.new_portal_id()
    wrapped = envelope.wrap_portal_key(portal_key, portal, readers)
    for key in keys:
        token = jwe.JWE(algs=["ECDH-ES+A256KW", "A256GCM"])
        token.deserialize(wrapped, key)
        assert jwk.JWK.from_json(token.payload.decode()).export() == (
            jwk.JWK(kty="oct", k=encode(portal_key)).export()
        )


def test_jwcrypto_opens_a_page() -> None:
    key, html = envelope.new_portal_key(), "<!doctype html>été".encode()
    locked = envelope.lock_page(html, key, envelope.new_portal_id(), "spec")
    token = jwe.JWE(algs=["dir", "A256GCM"])
    token.deserialize(locked, jwk.JWK(kty="oct", k=encode(key)))
    assert token.payload.strip(b"\n") == html


def test_jwcrypto_opens_the_lock_of_a_link() -> None:
    secret = envelope.new_secret()
    made = envelope.make_link(secret)
    lock = jwe.JWE(algs=["A256KW", "A256GCM"])
    lock.deserialize(made.locked, jwk.JWK(kty="oct", k=secret))
    keys = json.loads(lock.payload)["keys"]
    assert [envelope.public_half(key) for key in keys] == [made.read, made.sign]


@pytest.mark.usefixtures("strong_pbkdf2")
def test_a_lock_by_jwcrypto_opens(person: envelope.PersonKeys) -> None:
    private = opened(person.locked, PASSPHRASE)
    assert private is not None
    header = {**lock_header(person.locked)}
    payload = json.dumps({"keys": [private.read, private.sign]}, separators=(",", ":"))
    lock = jwe.JWE(payload, json.dumps(header, separators=(",", ":")))
    lock.allowed_algs = ["PBES2-HS512+A256KW", "A256GCM"]
    lock.add_recipient(jwk.JWK.from_password(PASSPHRASE))
    assert envelope.open_person(lock.serialize(compact=True), PASSPHRASE) == private


# Writing


def test_the_same_keys_under_a_new_passphrase(person: envelope.PersonKeys) -> None:
    private = opened(person.locked, PASSPHRASE)
    assert private is not None
    again = envelope.lock_keys(private, "tout autre chose", envelope.new_salt())
    assert envelope.open_person(again, "Tout Autre Chose !") == private


def test_the_iterations_are_what_the_documentation_says(person: envelope.PersonKeys) -> None:
    assert lock_header(person.locked)["p2c"] == 600_000


def test_a_page_keeps_its_bytes_and_shares_no_iv_with_another() -> None:
    key, portal = envelope.new_portal_key(), envelope.new_portal_id()

    def locked(html: bytes, page: str) -> str:
        return envelope.lock_page(html, key, portal, page)

    first = locked(b"<p>1", "index")
    assert locked(b"<p>1", "index") == first
    others = (locked(b"<p>2", "index"), locked(b"<p>1", "spec"))
    assert len({page.split(".")[2] for page in (first, *others)}) == 3


def test_nothing_locks_with_an_empty_passphrase() -> None:
    with pytest.raises(EnvelopeError, match="no letter and no digit"):
        envelope.make_person(" … ", envelope.new_salt())


@pytest.mark.parametrize("page", ["", "Index", "../spec", "invoice", "invoice-2", "index\n"])
def test_other_page_ids_are_refused(page: str) -> None:
    with pytest.raises(EnvelopeError, match="page"):
        envelope.lock_page(b"", envelope.new_portal_key(), envelope.new_portal_id(), page)


def test_a_page_too_large_is_refused() -> None:
    html = bytes(envelope.MAX_PAGE_BYTES + 1)
    with pytest.raises(EnvelopeError, match="is the most"):
        envelope.lock_page(html, envelope.new_portal_key(), envelope.new_portal_id(), "index")


def test_a_private_key_is_never_a_reader(person: envelope.PersonKeys) -> None:
    private = opened(person.locked, PASSPHRASE)
    assert private is not None
    with pytest.raises(EnvelopeError, match="public key"):
        envelope.wrap_portal_key(bytes(32), envelope.new_portal_id(), [("A" * 11, private.read)])


def test_a_portal_without_readers_is_refused() -> None:
    with pytest.raises(EnvelopeError, match="reader"):
        envelope.wrap_portal_key(bytes(32), envelope.new_portal_id(), [])


def test_a_page_does_not_open_in_another_place() -> None:
    key, portal = envelope.new_portal_key(), envelope.new_portal_id()
    locked = envelope.lock_page(b"<!doctype html>", key, portal, "invoice-7d0e41fa23")
    with pytest.raises(envelope.DamagedError, match="this is the page invoice-7d0e41fa23"):
        envelope.open_page(locked, key, portal, "invoice-7d0e41fa24")
    with pytest.raises(envelope.DamagedError, match=portal):
        envelope.open_page(locked, key, envelope.new_portal_id(), "invoice-7d0e41fa23")
