"""Write good.json, hostile.json, files.json and seals.json: see README.md beside this file."""

import json
import secrets
import zlib
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from portalgen import envelope
from portalgen.canonical import decode, dump_json, encode, load_json

HERE = Path(__file__).parent
WORDS = ("marbre-violon-citron-pelouse-hameau", "lantern-orchard-pebble-walnut-thimble")
HTML = '<!doctype html><html lang="fr"><title>Été</title><body><h1>Bonjour ✓</h1>'
INVOICE = "invoice-7d0e41fa23"
Block = dict[str, Any]

PORTAL, OTHER_PORTAL = envelope.new_portal_id(), envelope.new_portal_id()
KEY = envelope.new_portal_key()
CLIENT_SALT, STUDIO_SALT = envelope.new_salt(), envelope.new_salt()
CLIENT = envelope.make_person(WORDS[0], CLIENT_SALT)
STUDIO = envelope.make_person(WORDS[1], STUDIO_SALT)
SECRET, OTHER_SECRET = envelope.new_secret(), envelope.new_secret()
LINK = envelope.make_link(SECRET)
OTHERS = tuple(envelope.make_person(secrets.token_hex(16), CLIENT_SALT) for _ in range(3))


def block(people: tuple[envelope.PersonKeys, ...], page: str = "index", html: str = HTML) -> Block:
    """Return a good data block."""
    wrapped = envelope.wrap_portal_key(KEY, PORTAL, [(one.kid, one.read) for one in people])
    locked = envelope.lock_page(html.encode(), KEY, PORTAL, page)
    text = envelope.envelope_json([one.locked for one in people], wrapped, locked)
    return dict(load_json(text))


def good(name: str, made: Block, passphrase: str, path: str, reader: str, **more: str) -> Block:
    """Return one entry of good.json."""
    expected = {"portal": PORTAL, "page": "index", "reader": reader, "html": HTML} | more
    text = dump_json(made)
    return {"name": name, "text": text, "passphrase": passphrase, "path": path} | expected


def good_link(name: str, made: Block) -> Block:
    """Return one entry of good.json that a link opens."""
    entry = good(name, made, "", "/a/", LINK.kid)
    return {**entry, "link": SECRET}


def good_vectors() -> list[Block]:
    """One, two and five people; the portal's salt and the studio's; all kinds of pages."""
    long = HTML + "<p>texte</p>" * 5000
    typed = " Marbre Violon, CITRON pélouse’hameau "
    client, studio = CLIENT.kid, STUDIO.kid
    five = (*OTHERS, CLIENT, STUDIO)
    invoice = block((CLIENT,), INVOICE)
    return [
        good("one person", block((CLIENT,)), WORDS[0], "/a/", client),
        good("typed carelessly", block((CLIENT,)), typed, "/a/index.html", client),
        good("two people, the second", block((CLIENT, STUDIO)), WORDS[1], "/a/", studio),
        good("five people, the fourth", block(five), WORDS[0], "/", client),
        good("five people, the fifth", block(five), WORDS[1], "/", studio),
        good("invoice", invoice, WORDS[0], f"/a/{INVOICE}/", client, page=INVOICE),
        good("a link's lock comes first", block((LINK, CLIENT)), WORDS[0], "/a/", client),
        good_link("a link", block((CLIENT, LINK, STUDIO))),
        good("long page", block((CLIENT,), html=long), WORDS[0], "/a/", client, html=long),
    ]


# Ways to spoil a good block: each takes a fresh copy and returns what to publish.


def flip(text: str) -> str:
    """Change one bit of base64url."""
    data = bytearray(decode(text))
    data[len(data) // 2] ^= 1
    return encode(bytes(data))


def part(index: int, change: Callable[[str], str]) -> Callable[[str], str]:
    """Change one of the five parts of a compact JWE."""

    def apply(compact: str) -> str:
        parts = compact.split(".")
        parts[index] = change(parts[index])
        return ".".join(parts)

    return apply


def header(**changes: Any) -> Callable[[str], str]:
    """Set members of an encoded header; None removes one."""

    def apply(text: str) -> str:
        changed = {**load_json(decode(text)), **changes}
        kept = {name: value for name, value in changed.items() if value is not None}
        return encode(dump_json(kept).encode())

    return apply


def lock(change: Callable[[str], str]) -> Callable[[Block], Block]:
    """Spoil the first lock."""
    return lambda made: {**made, "locks": [change(made["locks"][0]), *made["locks"][1:]]}


def page(change: Callable[[str], str]) -> Callable[[Block], Block]:
    """Spoil the page."""
    return lambda made: {**made, "page": change(made["page"])}


def wrap(name: str, change: Callable[[Any], Any]) -> Callable[[Block], Block]:
    """Spoil a member of the key wrap."""
    return lambda made: {**made, "key": {**made["key"], name: change(made["key"].get(name))}}


def recipient(name: str, change: Callable[[Any], Any]) -> Callable[[Block], Block]:
    """Spoil a member of the only recipient."""
    return wrap("recipients", lambda all_: [{**all_[0], name: change(all_[0].get(name))}])


def epk(**changes: str) -> Callable[[Block], Block]:
    """Spoil the ephemeral key."""
    return recipient("header", lambda old: {**old, "epk": {**old["epk"], **changes}})


def raw_page(deflated: bytes, key: bytes = KEY, **changes: str) -> Callable[[Block], Block]:
    """Replace the page by any bytes, correctly encrypted."""
    names = {"alg": "dir", "enc": "A256GCM", "zip": "DEF", "portal": PORTAL, "page": "index"}
    protected = encode(dump_json(names | changes).encode())
    iv = secrets.token_bytes(12)
    sealed = AESGCM(key).encrypt(iv, deflated, protected.encode())
    parts = (protected, "", encode(iv), encode(sealed[:-16]), encode(sealed[-16:]))
    return lambda made: {**made, "page": ".".join(parts)}


def deflate(data: bytes) -> bytes:
    """Raw DEFLATE."""
    return zlib.compress(data, 9, -zlib.MAX_WBITS)


WELL = deflate(HTML.encode())
LAST = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def unused_bits(text: str) -> str:
    """Set an unused bit of the last character: the same bytes, another text."""
    return text[:-1] + LAST[LAST.index(text[-1]) + 1]


SPOILT: dict[str, Callable[[Block], Block]] = {
    "another version": lambda made: {**made, "v": 2},
    "version as text": lambda made: {**made, "v": "1"},
    "unknown member": lambda made: {**made, "client": "Salon Martin"},
    "missing member": lambda made: {name: made[name] for name in ("v", "locks", "key")},
    "no lock": lambda made: {**made, "locks": []},
    "lock: another algorithm": lock(part(0, header(alg="PBES2-HS256+A128KW"))),
    "lock: another encryption": lock(part(0, header(enc="A128GCM"))),
    "lock: too few iterations": lock(part(0, header(p2c=599_999))),
    "lock: too many iterations": lock(part(0, header(p2c=10_000_001))),
    "lock: iterations as text": lock(part(0, header(p2c="600000"))),
    "lock: short salt": lock(part(0, header(p2s="AAAA"))),
    "lock: unknown parameter": lock(part(0, header(name="Julie"))),
    "lock: crit": lock(part(0, header(crit=["p2c"]))),
    "lock: missing parameter": lock(part(0, header(cty=None))),
    "lock: kid altered": lock(part(0, header(kid="AAAAAAAAAAA"))),
    "lock: iv altered": lock(part(2, flip)),
    "lock: ciphertext altered": lock(part(3, flip)),
    "lock: tag altered": lock(part(4, flip)),
    "lock: four parts": lock(lambda compact: compact.rpartition(".")[0]),
    "lock: iv too long": lock(part(2, lambda iv: iv + "AAAA")),
    "wrap: another algorithm": recipient("header", lambda old: {**old, "alg": "ECDH-ES"}),
    "wrap: apu": recipient("header", lambda old: {**old, "apu": "AAAA"}),
    "wrap: unprotected header": wrap("unprotected", lambda _: {"note": "Salon Martin"}),
    "wrap: no recipient": wrap("recipients", lambda _: []),
    "wrap: another person": recipient("header", lambda old: {**old, "kid": "AAAAAAAAAAA"}),
    "wrap: epk with more": epk(note="x"),
    "wrap: epk not on the curve": epk(x="A" * 43),
    "wrap: epk of another person": epk(x=STUDIO.read["x"], y=STUDIO.read["y"]),
    "wrap: key altered": recipient("encrypted_key", flip),
    "wrap: key not canonical": recipient("encrypted_key", unused_bits),
    "wrap: iv altered": wrap("iv", flip),
    "wrap: ciphertext altered": wrap("ciphertext", flip),
    "wrap: tag altered": wrap("tag", flip),
    "wrap: another portal": wrap("protected", header(portal=OTHER_PORTAL)),
    "wrap: unknown parameter": wrap("protected", header(note="x")),
    "wrap: zip": wrap("protected", header(zip="DEF")),
    "page: another algorithm": page(part(0, header(alg="A256KW"))),
    "page: another encryption": page(part(0, header(enc="A128CBC-HS256"))),
    "page: no zip": page(part(0, header(zip=None))),
    "page: another zip": page(part(0, header(zip="GZ"))),
    "page: crit": page(part(0, header(crit=["zip"]))),
    "page: unknown parameter": page(part(0, header(title="Facture"))),
    "page: unknown id": page(part(0, header(page="salon-martin"))),
    "page: a key of its own": page(part(1, lambda _: "AAAA")),
    "page: empty": page(part(3, lambda _: "")),
    "page: iv altered": page(part(2, flip)),
    "page: ciphertext altered": page(part(3, flip)),
    "page: tag altered": page(part(4, flip)),
    "page: padding": page(part(4, lambda tag: tag + "==")),
    "page: another portal": raw_page(WELL, portal=OTHER_PORTAL),
    "page: another key": raw_page(WELL, key=bytes(32)),
    "page: bytes after the end": raw_page(WELL + b"Salon Martin"),
    "page: stops early": raw_page(WELL[:-4]),
    "page: not deflated": raw_page(HTML.encode()),
    "page: inflates without end": raw_page(deflate(bytes(envelope.MAX_PAGE_BYTES + 1))),
    "page: not UTF-8": raw_page(deflate(b"<!doctype html>caf\xe9")),
}


LINK_SPOILT: dict[str, Callable[[Block], Block]] = {
    "link: another algorithm": lock(part(0, header(alg="A128KW"))),
    "link: a salt": lock(part(0, header(p2s="A" * 22))),
    "link: unknown parameter": lock(part(0, header(name="Julie"))),
    "link: kid altered": lock(part(0, header(kid="AAAAAAAAAAA"))),
    "link: ciphertext altered": lock(part(3, flip)),
    "link: tag altered": lock(part(4, flip)),
}


def hostile_links() -> list[Block]:
    """Ways to spoil what a link opens."""
    made = block((LINK, CLIENT))
    no_key = dump_json(lock(part(1, flip))(made))
    found = [hostile(name, dump_json(spoil(made))) for name, spoil in LINK_SPOILT.items()]
    found += [
        hostile("link: key altered", no_key, "passphrase"),
        hostile("link: of another portal", dump_json(made), "passphrase", link=OTHER_SECRET),
        hostile("link: no lock of a link", dump_json(block((CLIENT,))), "passphrase"),
    ]
    return [{"link": SECRET, **entry} for entry in found]


def hostile(name: str, text: str, reason: str = "damaged", **more: str) -> Block:
    """Return one entry of hostile.json."""
    shown = {"passphrase": WORDS[0], "path": "/a/"} | more
    return {"name": name, "text": text, **shown, "reason": reason}


def hostile_vectors() -> list[Block]:
    """Every way to spoil a block, then texts and addresses that are wrong as a whole."""
    made, text = block((CLIENT,)), dump_json(block((CLIENT,)))
    no_key = dump_json(lock(part(1, flip))(made))
    moved = dump_json(page(part(0, header(page="spec")))(made))
    return [
        *(hostile(name, dump_json(spoil(made))) for name, spoil in SPOILT.items()),
        *hostile_links(),
        hostile("not JSON", text[:-1]),
        hostile("white space", text.replace(",", ", ", 1)),
        hostile("repeated name", text.replace('{"v":1', '{"v":1,"v":1', 1)),
        hostile("wrong passphrase", text, "passphrase", passphrase=WORDS[1]),
        hostile("no passphrase", text, "passphrase", passphrase=" - "),
        hostile("lock: key altered", no_key, "passphrase"),
        hostile("index shown as invoice", text, "address", path=f"/a/{INVOICE}/"),
        hostile("page renamed", moved, path="/a/spec/"),
        hostile("page renamed, shown elsewhere", moved, "address"),
    ]


# Files: good ones whole, hostile ones as pieces of them.


def content_of(size: int) -> bytes:
    """Return a content that any language makes alike: byte i is i * i mod 251."""
    return bytes(i * i % 251 for i in range(size))


def file(name: str, size: int, path: str = "files/été.pdf") -> Block:
    """Return one good entry of files.json."""
    content = content_of(size)
    digest = sha256(content).hexdigest()
    keys = envelope.file_keys(KEY, PORTAL, path, digest)
    encrypted = b"".join(envelope.encrypt_file([content], size, digest, keys))
    return {
        "name": name,
        "key": encode(KEY),
        "portal": PORTAL,
        "path": path,
        "digest": digest,
        "size": size,
        "address": envelope.file_address(keys),
        "encrypted": encode(encrypted),
    }


RECORD, HEADER = 65536, 21
THREE = 2 * 65519 + 10
"""Bytes of content that take two whole records and a part of a third."""


def hostile_files(end: int, small_end: int) -> list[Block]:
    """Return the hostile entries: `pieces` are ranges of the good file `of`, or new bytes."""
    first, second, third = (
        [HEADER, HEADER + RECORD],
        [HEADER + RECORD, HEADER + 2 * RECORD],
        [HEADER + 2 * RECORD, end],
    )
    whole = [0, end]

    def altered(at: int) -> list[Any]:
        return [[0, at], "AA", [at + 1, end]]

    pieces: dict[str, list[Any]] = {
        "salt altered": altered(0),
        "record size altered": [[0, 16], "AABAAA", [20, end]],
        "a key id": [[0, 20], "AUE", [21, end]],
        "first record altered": altered(HEADER + 5),
        "last record altered": altered(end - 30),
        "tag altered": altered(HEADER + RECORD - 1),
        "last tag altered": altered(end - 1),
        "records swapped": [[0, HEADER], second, first, third],
        "a record twice": [[0, HEADER], first, first, second, third],
        "a record left out": [[0, HEADER], first, third],
        "cut at a record": [[0, HEADER], first, second],
        "cut in a record": [[0, end - 7]],
        "cut to nothing": [],
        "only a header": [[0, HEADER]],
        "bytes after the end": [whole, "AAAA"],
    }
    found: list[Block] = [
        {"name": name, "of": "three records", "pieces": made} for name, made in pieces.items()
    ]
    changes: dict[str, Block] = {
        "another path": {"path": "files/ete.pdf"},
        "another portal": {"portal": OTHER_PORTAL},
        "an older version": {"digest": "0" * 64},
        "another key": {"key": encode(bytes(32))},
        "a smaller size": {"size": 4},
        "a larger size": {"size": 6},
    }
    found += [
        {"name": name, "of": "small", "pieces": [[0, small_end]], **change}
        for name, change in changes.items()
    ]
    return found


def file_vectors() -> dict[str, list[Block]]:
    """Empty, small, exactly one record, one byte more, three records; and the hostile ones."""
    entries = [
        file("empty", 0),
        file("small", 5),
        file("one record", 65519, "a/b.bin"),
        file("three records", THREE),
    ]
    ends = [len(decode(entry["encrypted"])) for entry in entries]
    return {"good": entries, "hostile": hostile_files(ends[3], ends[1])}


# Seals


def seal_vectors() -> dict[str, list[Block]]:
    """Texts of several lengths for two readers, one of whom is given; and the hostile ones."""
    private = envelope.open_person(CLIENT.locked, WORDS[0])
    readers = [(STUDIO.kid, STUDIO.read), (CLIENT.kid, CLIENT.read)]
    common = {"portal": PORTAL, "kid": CLIENT.kid, "read": dict(private.read)}
    texts = {"a code": "Zt7!été–9", "63 bytes": "x" * 63, "64 bytes": "y" * 64, "long": "z" * 4096}
    good_ones: list[Block] = [
        {
            **common,
            "name": name,
            "text": text,
            "sealed": envelope.seal_text(text, PORTAL, "a", readers),
        }
        for name, text in texts.items()
    ]
    made: Block = load_json(good_ones[0]["sealed"])
    spoilt = {name: spoil({"key": made})["key"] for name, spoil in SEAL_SPOILT.items()}
    spoilt["for somebody else"] = load_json(
        envelope.seal_text("x", PORTAL, "a", [(STUDIO.kid, STUDIO.read)])
    )
    spoilt["of another portal"] = load_json(envelope.seal_text("x", OTHER_PORTAL, "a", readers))
    bad_ones = [{**common, "name": name, "sealed": dump_json(one)} for name, one in spoilt.items()]
    return {"good": good_ones, "hostile": bad_ones}


def seal_recipient(name: str, change: Callable[[Any], Any]) -> Callable[[Block], Block]:
    """Spoil a member of the second recipient, who is the reader."""
    return wrap("recipients", lambda all_: [all_[0], {**all_[1], name: change(all_[1][name])}])


SEAL_SPOILT: dict[str, Callable[[Block], Block]] = {
    "ciphertext altered": wrap("ciphertext", flip),
    "tag altered": wrap("tag", flip),
    "iv altered": wrap("iv", flip),
    "key altered": seal_recipient("encrypted_key", flip),
    "another person": seal_recipient("header", lambda old: {**old, "kid": "AAAAAAAAAAA"}),
    "renamed": wrap("protected", header(seal="b")),
    "wrong name": wrap("protected", header(seal="Été")),
    "wrong type": wrap("protected", header(cty="text/html")),
    "unknown parameter": wrap("protected", header(note="x")),
    "unknown member": wrap("note", lambda _: "x"),
    "a shorter ciphertext": wrap("ciphertext", lambda text: encode(decode(text)[:-1])),
}


def write(name: str, vectors: list[Block]) -> None:
    """Write one file, an entry a line."""
    lines = ",\n".join(json.dumps(vector, ensure_ascii=False) for vector in vectors)
    (HERE / name).write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def write_groups(name: str, groups: dict[str, list[Block]]) -> None:
    """Write a file of good and hostile entries, an entry a line."""
    parts = (
        f'"{group}": [\n' + ",\n".join(json.dumps(v, ensure_ascii=False) for v in entries) + "\n]"
        for group, entries in groups.items()
    )
    (HERE / name).write_text("{" + ",\n".join(parts) + "}\n", encoding="utf-8")


if __name__ == "__main__":
    write("good.json", good_vectors())
    write("hostile.json", hostile_vectors())
    write_groups("files.json", file_vectors())
    write_groups("seals.json", seal_vectors())
