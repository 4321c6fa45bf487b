"""How many bytes a locked page has, for how many people, and where they go."""

import json
from collections.abc import Iterator, Mapping, Sequence

from peers import PEERS, Peers
from plain_page import SIZES, plain_page
from portal import Locker
from tables import gzipped, table, whole

PEOPLE = (1, 2, 5)
LOCKINGS = 9
"""Each time with new keys: base64 of random bytes is now a little shorter, now longer."""

PAGE_SHARE, FIXED, FOR_A_PERSON = 1.1, 700, 730
"""The target, in bytes after gzip: of the plain page, for whatever there is once, for a person."""
SHARED = 12_000
"""The target for script and style together, in bytes after gzip."""

_CIPHERTEXT = 3
"""The part of a compact JWE (RFC 7516 section 3.1)."""


def measure(locker: Locker, peers: Peers) -> Mapping[str, str]:
    """Tables by their names."""
    columns = (f"{size}{what}" for size in SIZES for what in ("", ", gzip -9", ", target"))
    pages = [*_plain_rows(), *_portalgen_rows(locker), *_peer_rows(peers)]
    head = ["part of a locked page, gzip -9", *SIZES]
    return {
        "sizes": table(["a page", "people", *columns], pages),
        "shared": table(["loaded once", "bytes", "gzip -9", "target"], _shared(locker, peers)),
        "parts": table(head, _part_rows(locker)),
    }


def _plain_rows() -> Iterator[list[str]]:
    yield _row("plain", "", [plain_page(size) for size in SIZES.values()])


def _portalgen_rows(locker: Locker) -> Iterator[list[str]]:
    for people in PEOPLE:
        htmls = [plain_page(size) for size in SIZES.values()]
        pages = [_largest(locker, people, html) for html in htmls]
        targets = [PAGE_SHARE * gzipped(html) + FIXED + FOR_A_PERSON * people for html in htmls]
        yield _row("portalgen", str(people), pages, targets)


def _peer_rows(peers: Peers) -> Iterator[list[str]]:
    for name in PEERS:
        pages = [(peers.outputs()[name] / size / "index.html").read_bytes() for size in SIZES]
        yield _row(name, "1", pages)


def _largest(locker: Locker, people: int, html: bytes) -> bytes:
    """Of several lockings, the one that is largest after gzip."""
    return max((locker.portal(people).lock(html) for _ in range(LOCKINGS)), key=gzipped)


def _row(
    name: str, people: str, pages: Sequence[bytes], targets: Sequence[float | None] = (None, None)
) -> list[str]:
    row = [name, people]
    for page, most in zip(pages, targets, strict=True):
        row += _figures(len(page), gzipped(page), most)
    return row


def _figures(size: int, zipped: int, most: float | None) -> list[str]:
    """Both sizes, and whether the second reaches its target."""
    target = "" if most is None else f"{whole(most)}: {'reached' if zipped <= most else 'missed'}"
    return [whole(size), whole(zipped), target]


def _shared(locker: Locker, peers: Peers) -> Iterator[list[str]]:
    """What all pages of a tool load; staticrypt has nothing of the kind."""
    script, style, later = (locker.asset(name) for name in ("lock-*.js", "lock-*.css", "page-*.js"))
    theme = locker.asset("theme-*.css")
    output = peers.outputs()["mkdocs-encryptcontent"]
    other = (output / "assets/javascripts/decrypt-contents.js").read_bytes()
    both = len(script) + len(style), gzipped(script) + gzipped(style)
    yield ["portalgen: script", *_figures(len(script), gzipped(script), None)]
    yield ["portalgen: lock.css", *_figures(len(style), gzipped(style), None)]
    yield ["portalgen: both", *_figures(*both, SHARED)]
    yield ["portalgen: script of unlocked pages", *_figures(len(later), gzipped(later), None)]
    yield ["portalgen: theme.css, of unlocked pages", *_figures(len(theme), gzipped(theme), None)]
    yield ["mkdocs-encryptcontent: script", *_figures(len(other), gzipped(other), None)]


def _part_rows(locker: Locker) -> Iterator[list[str]]:
    columns = [_parts(locker, plain_page(size)) for size in SIZES.values()]
    for name in columns[0]:
        yield [name, *(whole(column[name]) for column in columns)]


def _parts(locker: Locker, html: bytes) -> Mapping[str, int]:
    """What each part of a page for one person has after gzip, and all of it together."""
    one, most = locker.portal(1), locker.portal(PEOPLE[-1])
    total = gzipped(one.lock(html))
    page = json.loads(one.envelope(html))["page"].encode()
    ciphertext = gzipped(page.split(b".")[_CIPHERTEXT])
    person = (gzipped(most.lock(html)) - total) // (PEOPLE[-1] - 1)
    parts = {
        "the document: compressed, padded, encrypted, in base64url": ciphertext,
        "its header, IV and tag": gzipped(page) - ciphertext,
        "the lock page around it: head and a sentence": gzipped(locker.shell_of_a_page()),
        "one person: their lock, and the portal key wrapped to them": person,
    }
    rest = total - sum(parts.values())
    return {**parts, "the rest: names of members, head of the key wrap": rest, "all": total}
