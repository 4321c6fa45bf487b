"""Who may open a portal: somebody can, and their keys are whole."""

import shlex
from collections.abc import Iterator

from portalgen.canonical import EnvelopeError, decode
from portalgen.envelope_shape import check_public_key, lock_header
from portalgen.model.access import FROM_GIT, Access, Person, people_of
from portalgen.model.portal import Portal, Workspace
from portalgen.problem import Place, Problem, Source, warning

_ID_BYTES, _SALT_BYTES = 8, 16


def nobody_can_open(portal: Portal, workspace: Workspace) -> Iterator[Problem]:
    """A portal without people: it could be built, and never be read."""
    people = people_of(portal.access, workspace.access)
    if people or "access.yaml" in portal.unread or portal.client.draft:
        return
    contacts = portal.client.contacts
    person = contacts[0].id if contacts else "PERSON"
    place = Place(Source(f"content/{portal.folder}/access.yaml"))
    hint = f"run: portalgen access grant {portal.folder} {person}"
    yield Problem("nobody-can-open", "nobody can open this portal", place, hint)


def no_contact(portal: Portal) -> Iterator[Problem]:
    """Somebody who can open the portal, be it by a link, and is no contact any more."""
    if "client.yaml" in portal.unread:
        return
    for person in people_of(portal.access):
        if portal.person(person.name) is None:
            way = "has a link to" if person.link else "can open"
            message = f"{person.name} {way} this portal, and is not one of its contacts"
            command = shlex.join(["portalgen", "access", "revoke", portal.folder, person.name])
            hint = f"run: {command}\nor put the contact back into client.yaml"
            yield warning("access-without-contact", message, person.place("name"), hint)


def broken_keys(portal: Portal, workspace: Workspace) -> Iterator[Problem]:
    """Keys that nobody can use, or that are weaker than the format of the lock allows."""
    if portal.access:
        yield from broken_access(portal.access)
        if portal.access.portal is None or not _is_base64url(portal.access.portal, _ID_BYTES):
            place = portal.access.place("portal")
            yield Problem("broken-access", "the portal has no valid id", place, FROM_GIT)
        others = {person.kid for person in workspace.access.people} if workspace.access else set()
        for person in portal.access.people:
            if person.kid in others:
                yield _broken(person.place("kid"), "this key id is one of the studio's")


def broken_studio_keys(workspace: Workspace) -> Iterator[Problem]:
    """Keys of the studio's people that nobody can use, and links, which must not stand there."""
    if workspace.access:
        yield from broken_access(workspace.access)
        for person in workspace.access.people:
            if person.link:
                message = f"the studio's people have no links, and this is one of {person.name}"
                hint = "remove this entry: a link opens one client's portal, not all of them"
                yield Problem("broken-access", message, person.place(), hint)


def broken_access(access: Access) -> Iterator[Problem]:
    """Keys of one list of people that cannot be used."""
    if not _is_base64url(access.salt, _SALT_BYTES):
        yield Problem("broken-access", "the salt is damaged", access.place("salt"), FROM_GIT)
    seen: set[str] = set()
    for person in access.people:
        flaw = flaw_of(person, access.salt)
        if flaw:
            yield _broken(person.place(), f"the keys of {person.name} are damaged: {flaw}")
        if person.kid in seen:
            yield _broken(person.place("kid"), "this key id stands twice")
        seen.add(person.kid)


def flaw_of(person: Person, salt: str) -> str | None:
    """Why somebody's keys are of no use on a list with that salt; None when they are whole."""
    try:
        for key in (person.read, person.sign):
            check_public_key(key.jwk)
        header = lock_header(person.locked)
    except EnvelopeError as error:
        return str(error)
    if person.link != ("p2s" not in header):
        return f"the lock is {'not ' * person.link}that of a link"
    if header.get("p2s", salt) != salt:
        return "the lock was made with another salt"
    return None if header["kid"] == person.kid else "the lock has another key id"


def _is_base64url(text: str, size: int) -> bool:
    try:
        return len(decode(text)) == size
    except EnvelopeError:
        return False


def _broken(place: Place, message: str) -> Problem:
    hint = "this file is written by portalgen: take it back from git, or grant access anew"
    return Problem("broken-access", message, place, hint)
