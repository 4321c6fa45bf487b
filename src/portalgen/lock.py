"""The stage that locks: from pages in clear to the files of a portal that anyone may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portalgen import envelope
from portalgen.model.access import Access, Person
from portalgen.model.page import Page, page_path
from portalgen.model.portal import Portal, Workspace
from portalgen.shell import Shell


@dataclass(frozen=True, slots=True)
class Ring:
    """The people of a portal, its id, and the key of this build."""

    portal: str
    locks: tuple[str, ...]
    wrapped: str
    key: bytes


def make_ring(portal: Portal, workspace: Workspace, key: bytes) -> Ring:
    """Wrap a portal key for the client's people and the studio's."""
    people = people_of(portal.access, workspace.access)
    identity = (portal.access.portal if portal.access else None) or envelope.new_portal_id()
    wrapped = envelope.wrap_portal_key(
        key, identity, [(person.kid, person.read.jwk) for person in people]
    )
    return Ring(identity, tuple(person.locked for person in people), wrapped, key)


def people_of(*lists: Access | None) -> tuple[Person, ...]:
    """Everybody on those lists, in order: the client's own people come first."""
    return tuple(person for access in lists if access for person in access.people)


def lock_pages(pages: Sequence[Page], ring: Ring, shell: Shell) -> Mapping[str, bytes]:
    """Every file of a portal, by path from its folder. Nothing of a page is left in clear."""
    files = dict(shell.assets)
    for page in pages:
        locked = envelope.lock_page(page.html.encode(), ring.key, ring.portal, page.name)
        data = envelope.envelope_json(ring.locks, ring.wrapped, locked)
        files[page_path(page.name)] = shell.lock_page(page.name, data)
    return files
