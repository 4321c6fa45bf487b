"""Opens built portals in Python, as their reader does in the browser."""

import re
from functools import cache
from pathlib import Path

from conftest import CLIENT_PASSPHRASE

from portalgen.envelope import PrivateKeys, open_page, open_person, unwrap_portal_key
from portalgen.envelope_shape import Envelope, parse_envelope

_ENVELOPE = re.compile(r'id="portalgen-lock">(.*?)</script>')


def envelope_of(page: Path) -> Envelope:
    """The envelope in a lock page."""
    found = _ENVELOPE.search(page.read_text("utf-8"))
    assert found is not None
    return parse_envelope(found[1])


def open_portal(folder: Path, passphrase: str = CLIENT_PASSPHRASE) -> dict[str, str]:
    """Every page of a portal by name, as its reader sees it."""
    pages = {}
    for file in sorted(folder.rglob("index.html")):
        envelope = envelope_of(file)
        person = _person(envelope.locks[0], passphrase)
        key = unwrap_portal_key(envelope.wrapped, person)
        html = open_page(envelope.page, key, envelope.portal, envelope.page_id)
        pages[envelope.page_id] = html.decode()
    return pages


@cache
def _person(locked: str, passphrase: str) -> PrivateKeys:
    """Half a second of key derivation, once for each lock of a run."""
    return open_person(locked, passphrase)
