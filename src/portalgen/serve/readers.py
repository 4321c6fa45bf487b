"""Who can be greeted in a preview: everybody who has access, and every contact who has none yet."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from portalgen.model.access import Access, Person, PublicKey
from portalgen.model.portal import Portal, Workspace
from portalgen.parse import parse_client, parse_studio
from portalgen.read import client_names, read_client, read_studio
from portalgen.serve.shown import Reader, digest_of


def with_readers(portal: Portal, workspace: Workspace) -> tuple[Portal, Workspace]:
    """The same content, in which contacts and the owner stand for the access that they lack."""
    known = {portal.full_name(person.name) for person in _people(portal.access)}
    missing = [contact for contact in portal.client.contacts if contact.name not in known]
    owner = workspace.studio.owner
    owners = [owner] if owner and not _people(workspace.access) else []
    return (
        replace(portal, access=_with(portal.access, [(c.id or c.name) for c in missing])),
        replace(workspace, access=_with(workspace.access, owners)),
    )


def readers_of(portal: Portal, workspace: Workspace) -> Iterator[Reader]:
    """Whom the pages of that portal can greet: its own people first."""
    for person in _people(portal.access):
        contact = portal.person(person.name)
        name = contact.id if contact else person.name
        yield Reader(person.kid, portal.full_name(person.name), name)
    for person in _people(workspace.access):
        yield Reader(person.kid, person.name, person.name, is_studio=True)


def readers_known(root: Path, clients: Sequence[str], person: str) -> tuple[str, ...] | None:
    """Everybody whom some portal greets; None as soon as one of them answers to that name.

    Args:
        clients: folders of those whose portals are shown; all when empty.
    """
    workspace, _ = parse_studio(read_studio(root)[0])
    known: dict[str, None] = {}
    for name in clients or client_names(root):
        portal, _ = parse_client(read_client(root, name)[0])
        readers = tuple(readers_of(*with_readers(portal, workspace)))
        if any(reader.answers_to(person) for reader in readers):
            return None
        known |= dict.fromkeys(reader.id for reader in readers)
    return tuple(known)


def _people(access: Access | None) -> tuple[Person, ...]:
    """Everybody once: a link is a second way in for the same person."""
    return tuple(person for person in access.people if not person.link) if access else ()


def _with(access: Access | None, names: list[str]) -> Access | None:
    if not names:
        return access
    # Neither keys nor a day: nothing but the greeting is made of them, and no page is locked.
    more = tuple(_stand_in(name) for name in names)
    if access is None:
        return Access.model_construct(portal=None, salt="", people=more)
    return access.model_copy(update={"people": (*access.people, *more)})


def _stand_in(name: str) -> Person:
    no_key = PublicKey.model_construct(kty="", crv="", x="", y="")
    return Person.model_construct(
        name=name,
        kid=f"preview-{digest_of(name)}",
        granted=date.min,
        by=None,
        link=False,
        read=no_key,
        sign=no_key,
        locked="",
    )
