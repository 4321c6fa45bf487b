"""Opens built portals in Python, as their reader does in the browser."""

import re
from functools import cache
from pathlib import Path

from conftest import CLIENT_PASSPHRASE

from portalgen.envelope import PrivateKeys, open_link, open_page, open_person, unwrap_portal_key
from portalgen.envelope_shape import Envelope, lock_header, parse_envelope

_ENVELOPE = re.compile(r'id="portalgen-lock">(.*?)</script>')


def envelope_of(page: Path) -> Envelope:
    """The envelope in a lock page."""
    found = _ENVELOPE.search(page.read_text("utf-8"))
    assert found is not None
    return parse_envelope(found[1])


def open_portal(folder: Path, passphrase: str = CLIENT_PASSPHRASE) -> dict[str, str]:
    """Every page of a portal by name, as the first of its people sees it."""
    lock = envelope_of(folder / "index.html").locks[0]
    return pages_for(folder, person_of(lock, passphrase))


def open_portal_by_link(folder: Path, secret: str) -> dict[str, str]:
    """Every page of a portal by name, as somebody sees it who has its only access link."""
    locks = envelope_of(folder / "index.html").locks
    (lock,) = (lock for lock in locks if lock_header(lock)["alg"] == "A256KW")
    return pages_for(folder, open_link(lock, secret))


def pages_for(folder: Path, person: PrivateKeys) -> dict[str, str]:
    """Every page of a portal by name, as that person sees it."""
    pages = {}
    for file in sorted(folder.rglob("index.html")):
        envelope = envelope_of(file)
        key = unwrap_portal_key(envelope.wrapped, person)
        html = open_page(envelope.page, key, envelope.portal, envelope.page_id)
        pages[envelope.page_id] = html.decode()
    return pages


@cache
def person_of(locked: str, passphrase: str) -> PrivateKeys:
    """Half a second of key derivation, once for each lock of a run."""
    return open_person(locked, passphrase)
