"""Locked files and seals: frozen vectors, an independent reader, and what a writer must notice."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import http_ece
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jwcrypto import jwe, jwk

from portalgen import envelope
from portalgen.canonical import EnvelopeError, decode
from portalgen.envelope import FileKeys, decrypt_file, encrypt_file, file_address, file_keys
from portalgen.padding import is_padded, padded_length

VECTORS = Path(__file__).parent.parent / "vectors"
FILES: dict[str, list[dict[str, Any]]] = json.loads((VECTORS / "files.json").read_text("utf-8"))
SEALS: dict[str, list[dict[str, Any]]] = json.loads((VECTORS / "seals.json").read_text("utf-8"))
KEY = bytes(range(32))
SIZES = (0, 1, 2, 255, 65518, 65519, 65520, 66048, 131038, 131039, 200_000)


def by_name(vector: dict[str, Any]) -> str:
    return str(vector["name"])


def content_of(size: int) -> bytes:
    return bytes(i * i % 251 for i in range(size))


def keys_of(vector: dict[str, Any]) -> FileKeys:
    return file_keys(decode(vector["key"]), vector["portal"], vector["path"], vector["digest"])


def locked(content: bytes, path: str = "files/a.pdf") -> tuple[bytes, FileKeys]:
    digest = sha256(content).hexdigest()
    keys = file_keys(KEY, "AAAAAAAAAAA", path, digest)
    return b"".join(encrypt_file([content], len(content), digest, keys)), keys


# --- vectors --------------------------------------------------------------------------------------


@pytest.mark.parametrize("vector", FILES["good"], ids=by_name)
def test_good_files_open(vector: dict[str, Any]) -> None:
    keys, content = keys_of(vector), content_of(vector["size"])
    assert file_address(keys) == vector["address"]
    assert sha256(content).hexdigest() == vector["digest"]
    encrypted = decode(vector["encrypted"])
    assert b"".join(decrypt_file([encrypted], vector["size"], keys)) == content
    again = encrypt_file([content], vector["size"], vector["digest"], keys)
    assert b"".join(again) == encrypted, "the same content keeps its bytes"


def pieces_of(vector: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    good = next(each for each in FILES["good"] if each["name"] == vector["of"])
    whole = decode(good["encrypted"])
    parts = [
        urlsafe_b64decode(piece + "==") if isinstance(piece, str) else whole[slice(*piece)]
        for piece in vector["pieces"]
    ]
    return {**good, **vector}, b"".join(parts)


@pytest.mark.parametrize("vector", FILES["hostile"], ids=by_name)
def test_hostile_files_are_refused(vector: dict[str, Any]) -> None:
    said, encrypted = pieces_of(vector)
    with pytest.raises(envelope.DamagedError):
        for _ in decrypt_file([encrypted], said["size"], keys_of(said)):
            pass


@pytest.mark.parametrize("vector", SEALS["good"], ids=by_name)
def test_good_seals_open(vector: dict[str, Any]) -> None:
    private = envelope.PrivateKeys(vector["kid"], vector["read"], vector["read"])
    assert envelope.open_seal(vector["sealed"], private, vector["portal"]) == vector["text"]
    token = jwe.JWE(algs=["ECDH-ES+A256KW", "A256GCM"])
    token.deserialize(vector["sealed"], jwk.JWK(**vector["read"]))
    assert token.payload.rstrip(b"\0") == vector["text"].encode() + b"\x80"
    assert len(token.payload) % 64 == 0


@pytest.mark.parametrize("vector", SEALS["hostile"], ids=by_name)
def test_hostile_seals_are_refused(vector: dict[str, Any]) -> None:
    private = envelope.PrivateKeys(vector["kid"], vector["read"], vector["read"])
    with pytest.raises(EnvelopeError):
        envelope.open_seal(vector["sealed"], private, vector["portal"])


# --- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
def test_another_reader_of_rfc_8188_opens_a_file(size: int) -> None:
    content = content_of(size)
    encrypted, keys = locked(content)
    assert http_ece.decrypt(encrypted, key=keys.material, version="aes128gcm") == content


@pytest.mark.parametrize("size", SIZES)
def test_a_file_has_the_length_and_shape_of_the_documentation(size: int) -> None:
    encrypted, _ = locked(content_of(size))
    padded = padded_length(size)
    assert len(encrypted) == 21 + padded + 17 * max(1, -(-padded // 65519))
    envelope.check_file_shape(encrypted, len(encrypted))


@given(
    content=st.binary(max_size=70_000),
    cuts=st.lists(st.integers(1, 70_000), max_size=4),
)
def test_the_pieces_a_content_comes_in_make_no_difference(content: bytes, cuts: list[int]) -> None:
    encrypted, keys = locked(content)
    places = [0, *sorted(cut for cut in cuts if cut < len(content)), len(content)]
    chunks = [content[a:b] for a, b in pairwise(places) if a < b]
    digest = sha256(content).hexdigest()
    assert b"".join(encrypt_file(chunks, len(content), digest, keys)) == encrypted
    pieces = [encrypted[i : i + 9999] for i in range(0, len(encrypted), 9999)]
    assert b"".join(decrypt_file(pieces, len(content), keys)) == content


@pytest.mark.parametrize("now", [b"", b"short", b"other content", b"a much longer content"])
def test_a_content_that_changed_meanwhile_is_noticed(now: bytes) -> None:
    content = b"first content"
    digest = sha256(content).hexdigest()
    keys = file_keys(KEY, "AAAAAAAAAAA", "a", digest)
    with pytest.raises(envelope.ChangedError):
        list(encrypt_file([now], len(content), digest, keys))


def test_a_large_content_is_never_held_whole() -> None:
    """The generator is asked for a chunk only when the records before it are out."""
    asked = 0
    zeros = bytes(65519)

    def chunks() -> Iterator[bytes]:
        nonlocal asked
        for _ in range(8):
            asked += 1
            yield zeros

    digest = sha256(zeros * 8).hexdigest()
    keys = file_keys(KEY, "AAAAAAAAAAA", "a", digest)
    stream = encrypt_file(chunks(), 8 * 65519, digest, keys)
    next(stream)
    for number in range(1, 5):
        next(stream)
        assert asked == number


def test_no_two_files_share_a_key_a_salt_or_a_name() -> None:
    digest = "0" * 64
    made = [
        file_keys(KEY, "AAAAAAAAAAA", "a", digest),
        file_keys(KEY, "AAAAAAAAAAA", "b", digest),
        file_keys(KEY, "BBBBBBBBBBA", "a", digest),
        file_keys(KEY, "AAAAAAAAAAA", "a", "1" * 64),
        file_keys(bytes(32), "AAAAAAAAAAA", "a", digest),
    ]
    for part in ("material", "salt", "name"):
        assert len({getattr(keys, part) for keys in made}) == len(made)


@pytest.mark.parametrize(
    ("start", "length"),
    [
        (b"%PDF-1.7 a file in clear, as it was written by its author", 5000),
        (b"", 0),
        (bytes(16) + b"\0\1\0\0\0", 20),
        (bytes(16) + b"\0\1\0\0\0", 21),
        (bytes(16) + b"\0\1\0\0\0", 21 + 17 + 1023),
        (bytes(16) + b"\0\1\0\0\1", 21 + 17 + 1024),
        (bytes(16) + b"\0\0\x10\0\0", 21 + 17 + 1024),
    ],
)
def test_what_is_no_locked_file(start: bytes, length: int) -> None:
    with pytest.raises(EnvelopeError):
        envelope.check_file_shape(start, length)


# --- padding --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("length", "padded"),
    [(0, 0), (1, 1), (2, 2), (9, 10), (100, 104), (1000, 1024), (10_000, 10_240), (65_537, 67_584)],
)
def test_padded_lengths(length: int, padded: int) -> None:
    assert padded_length(length) == padded


@given(st.integers(0, 2**40))
def test_padding_adds_little_and_only_once(length: int) -> None:
    padded = padded_length(length)
    assert length <= padded <= length * 1.12
    assert is_padded(padded)


@given(st.binary(max_size=3000))
def test_a_page_has_a_padded_length(data: bytes) -> None:
    text = data.hex().encode()
    page = envelope.lock_page(text, KEY, "AAAAAAAAAAA", "index")
    assert is_padded(len(decode(page.split(".")[3])))
    assert envelope.open_page(page, KEY, "AAAAAAAAAAA", "index") == text


def test_a_page_whose_padding_fills_several_blocks() -> None:
    """Three megabytes that do not compress are padded by more than one stored block holds."""
    text = sha256(b"seed").hexdigest().encode()
    parts = [text]
    while len(parts) < 70_000:
        parts.append(sha256(parts[-1]).hexdigest().encode())
    html = b"".join(parts)
    page = envelope.lock_page(html, KEY, "AAAAAAAAAAA", "index")
    assert is_padded(len(decode(page.split(".")[3])))
    assert envelope.open_page(page, KEY, "AAAAAAAAAAA", "index") == html


@pytest.mark.parametrize("text", ["", "x" * 4097])
def test_a_seal_holds_something_short(text: str) -> None:
    link = envelope.make_link(envelope.new_secret())
    with pytest.raises(EnvelopeError):
        envelope.seal_text(text, "AAAAAAAAAAA", "a", [(link.kid, link.read)])
