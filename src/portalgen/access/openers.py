"""Who may open what, as it stands in the files; nothing is checked or changed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from portalgen.model.access import Person, people_of
from portalgen.model.folder import Folder
from portalgen.model.portal import Portal
from portalgen.parse import parse_client, parse_studio
from portalgen.problem import Problem, in_reading_order
from portalgen.read import read_client, read_studio

Way = Literal["passphrase", "link", "studio"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opener:
    """One way into one portal, or a contact who has none.

    Attributes:
        folder: the client's; None for the studio's people, who open every portal.
        name: the full name of a contact, else the name that stands on the list.
        way: how they get in; None when they cannot yet.
        is_stranger: whether they stand on a client's list and are no contact of it.
    """

    folder: str | None
    name: str
    way: Way | None = None
    since: date | None = None
    by: str | None = None
    is_stranger: bool = False


def openers(root: Path, clients: Sequence[str]) -> tuple[tuple[Opener, ...], tuple[Problem, ...]]:
    """The studio's people, then those of each client: its contacts, then whoever else gets in.

    The problems are those of the files that say so; what they leave readable is listed.
    """
    folder, unreadable = read_studio(root)
    workspace, unparsed = parse_studio(folder)
    problems = [*_ours(folder, (*unreadable, *unparsed))]
    found = [
        Opener(folder=None, name=person.name, way="studio", since=person.granted, by=person.by)
        for person in people_of(workspace.access)
    ]
    for client in clients:
        folder, unreadable = read_client(root, client)
        portal, unparsed = parse_client(folder)
        problems += _ours(folder, (*unreadable, *unparsed))
        found += _openers_of(portal)
    return tuple(found), in_reading_order(problems)


def _openers_of(portal: Portal) -> Iterator[Opener]:
    people = people_of(portal.access)
    for contact in portal.client.contacts:
        own = [person for person in people if person.name in (contact.id, contact.name)]
        yield from (_opener(portal, person) for person in sorted(own, key=lambda p: p.link))
        if not own and "access.yaml" not in portal.unread:
            yield Opener(folder=portal.folder, name=contact.name)
    yield from (_opener(portal, p) for p in people if portal.person(p.name) is None)


def _opener(portal: Portal, person: Person) -> Opener:
    contact = portal.person(person.name)
    return Opener(
        folder=portal.folder,
        name=contact.name if contact else person.name,
        way="link" if person.link else "passphrase",
        since=person.granted,
        by=person.by,
        is_stranger=contact is None and "client.yaml" not in portal.unread,
    )


def _ours(folder: Folder, problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems of the files that say who gets in."""
    names = ("access.yaml", "client.yaml", "studio.yaml")
    files = {folder.path, *(f"{folder.path}/{name}" for name in names)}
    return (problem for problem in problems if problem.place.source.path in files)
