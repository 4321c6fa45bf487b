"""Locks the plain page as portalgen locks a page, for any number of people."""

from collections.abc import Sequence
from fnmatch import fnmatch
from functools import cached_property
from pathlib import Path

from peers import PASSPHRASE

from portalgen import envelope
from portalgen.desk import open_desk
from portalgen.envelope import PersonKeys
from portalgen.model.page import INDEX
from portalgen.shell import ASSETS, Shell

_SAMPLE = Path(__file__).parents[2]
_MOST_PEOPLE = 5


class Locker:
    """People, and the shell of the sample workspace."""

    @cached_property
    def shell(self) -> Shell:
        """All that is readable of a portal without a key."""
        desk, _ = open_desk(_SAMPLE)
        assert desk.shell
        return desk.shell

    def asset(self, pattern: str) -> bytes:
        """What every portal loads, such as "lock-*.js"; the stars stand for digests."""
        (found,) = (
            content
            for path, content in self.shell.assets.items()
            if fnmatch(path, ASSETS + pattern)
        )
        return found

    def shell_of_a_page(self) -> bytes:
        """A locked page without its envelope."""
        return b"".join(self.shell.around(INDEX))

    @cached_property
    def _people(self) -> Sequence[PersonKeys]:
        """Made once: it takes half a second for each. The first has the passphrase of the bench."""
        salt = envelope.new_salt()
        others = (f"{PASSPHRASE}-{number}" for number in range(1, _MOST_PEOPLE))
        return [envelope.make_person(each, salt) for each in (PASSPHRASE, *others)]

    def portal(self, people: int) -> "LockedPortal":
        """A portal with a key of its own, for the first so many of the people."""
        return LockedPortal(self.shell, self._people[:people])


class LockedPortal:
    """Whatever its pages have in common."""

    def __init__(self, shell: Shell, people: Sequence[PersonKeys]) -> None:
        self._shell = shell
        self._id, self._key = envelope.new_portal_id(), envelope.new_portal_key()
        self._locks = [person.locked for person in people]
        readers = [(person.kid, person.read) for person in people]
        self._wrapped = envelope.wrap_portal_key(self._key, self._id, readers)

    def envelope(self, html: bytes) -> str:
        """What stands in the data block of the page."""
        page = envelope.lock_page(html, self._key, self._id, INDEX)
        return envelope.envelope_json(self._locks, self._wrapped, page)

    def lock(self, html: bytes) -> bytes:
        """The file of the locked page."""
        return self._shell.lock_page(INDEX, self.envelope(html))
