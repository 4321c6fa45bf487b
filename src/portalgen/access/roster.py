"""A list of people, opened to be changed: who stands on it, and how it is written back."""

import os
import shlex
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path

from portalgen.access.file import edited, new_file, read_access
from portalgen.check.people import broken_keys, broken_studio_keys
from portalgen.envelope import new_portal_id, new_salt
from portalgen.model.access import Access, Person
from portalgen.model.client import Contact
from portalgen.model.folder import CONTENT
from portalgen.model.portal import Portal, Workspace
from portalgen.model.spellings import closest, folded
from portalgen.model.studio import Studio
from portalgen.parse import parse_client, parse_studio
from portalgen.problem import Problem, in_reading_order
from portalgen.read import client_names, read_client, read_studio
from portalgen.write import write_file

_FILE = "access.yaml"


class AccessError(Exception):
    """Access stays as it was; the text says why, `hint` what to do."""

    def __init__(self, message: str, hint: str = "", problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message)
        self.hint = hint
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Roster:
    """The list of people of one portal, or of the studio.

    Attributes:
        root: the workspace's folder.
        shown: the file, from the workspace, with slashes.
        text: the file to the letter; that of a new one when there is none.
        access: what it says.
        portal: the one that it opens; None when its people are the studio's and open every one.
    """

    root: Path
    shown: str
    text: str = field(repr=False)
    access: Access
    workspace: Workspace
    portal: Portal | None

    def command(self, verb: str, name: str, *options: str) -> str:
        """The command line that does that to somebody on this list."""
        folder = self.portal.folder if self.portal else "--studio"
        return shlex.join(["portalgen", "access", verb, folder, name, *options])


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody whom a list could let in, or lets in.

    Attributes:
        name: how the list names them: a contact's id, or a name.
        contact: None for the studio's people, and for somebody who is no contact any more.
        ways: their entries, each with a passphrase or a link.
    """

    name: str
    contact: Contact | None
    ways: tuple[Person, ...]

    @property
    def called(self) -> str:
        """Their full name, as far as it is known."""
        return self.contact.name if self.contact else self.name

    @property
    def passphrases(self) -> tuple[Person, ...]:
        return tuple(way for way in self.ways if not way.link)

    @property
    def links(self) -> tuple[Person, ...]:
        return tuple(way for way in self.ways if way.link)


def client_roster(root: Path, client: str) -> Roster:
    """Open the list of a client's portal.

    Raises:
        AccessError: the studio's files or the client's have errors.
    """
    workspace, portal = _workspace(root), _portal(root, client)
    _refuse(tuple(broken_keys(portal, workspace)), f"{CONTENT}/{client}/{_FILE} is damaged")
    new = new_file("this portal", {"portal": new_portal_id(), "salt": new_salt()})
    return _open(root, f"{CONTENT}/{client}/{_FILE}", new, workspace, portal)


def studio_roster(root: Path) -> Roster:
    """Open the list of the studio's people.

    Raises:
        AccessError: the studio's files have errors.
    """
    workspace = _workspace(root)
    _refuse(tuple(broken_studio_keys(workspace)), f"{CONTENT}/{_FILE} is damaged")
    new = new_file("every portal", {"salt": new_salt()})
    return _open(root, f"{CONTENT}/{_FILE}", new, workspace, None)


def portals_of(roster: Roster) -> tuple[Portal, ...]:
    """Every portal that the people of a list open, as far as their files can be read."""
    if roster.portal:
        return (roster.portal,)
    folders = (read_client(roster.root, name)[0] for name in client_names(roster.root))
    return tuple(parse_client(folder)[0] for folder in folders)


def find_member(roster: Roster, who: str) -> Member:
    """Somebody by a contact's id or name, or by the name that stands on the list.

    Capital letters and accents need not be right. On the studio's list, anybody may be new, and
    its owner's first name is enough.

    Raises:
        AccessError: nobody is meant by it, or several are.
    """
    contact = _contact(roster.portal, who) if roster.portal else None
    wanted = {contact.id, contact.name} if contact else _listed(roster, who)
    ways = tuple(way for way in roster.access.people if way.name in wanted)
    if not (contact or ways) and roster.portal:
        message = f'"{who}" is not a contact of {roster.portal.folder}'
        raise AccessError(message, _meant(roster, roster.portal, who))
    if contact:
        return Member(contact.id, contact, ways)
    studio = roster.workspace.studio
    new = studio.author if is_owner(studio, who) else who
    return Member(ways[0].name if ways else new, None, ways)


def is_owner(studio: Studio, name: str) -> bool:
    """Whether a name is that of the studio's owner, in full, with hyphens, or the first name."""
    names = (studio.owner, studio.owner.split()[0]) if studio.owner else (studio.name,)
    return folded(name) in {folded(one) for one in names}


def save(roster: Roster, taken: Collection[Person], entry: str = "") -> None:
    """Write a list down without some entries, and with a new one in their place or at the end.

    Raises:
        AccessError: the file is laid out in a way that cannot be changed, or cannot be written.
    """
    text = edited(roster.text, {person.kid for person in taken}, entry)
    if text is None:
        hint = "write people as a list of lines that begin with - at its end, or take the file "
        raise AccessError(f"{roster.shown} cannot be changed as it is laid out", f"{hint}from git")
    file = roster.root / roster.shown
    if file.exists() and not os.access(file, os.W_OK):
        raise AccessError(f"{roster.shown} is read-only", "make it writable, and run this again")
    try:
        write_file(file, text.encode())
    except OSError as error:
        message = f"{roster.shown} cannot be written: {error.strerror}"
        raise AccessError(message, "it stays as it was") from error


def _open(root: Path, shown: str, new: str, workspace: Workspace, portal: Portal | None) -> Roster:
    file = root / shown
    text = file.read_bytes().decode("utf-8") if file.exists() else new
    access = read_access(text)
    if access is None:
        raise AccessError(f"{shown} cannot be read", "take it back from git")
    return Roster(root, shown, text, access, workspace, portal)


def _portal(root: Path, client: str) -> Portal:
    folder, unreadable = read_client(root, client)
    portal, unparsed = parse_client(folder)
    if {"client.yaml", _FILE} & portal.unread:
        files = {folder.path, f"{folder.path}/client.yaml", f"{folder.path}/{_FILE}"}
        found = [p for p in (*unreadable, *unparsed) if p.place.source.path in files]
        _refuse(in_reading_order(found), f"the files of {client} have errors")
    return portal


def _workspace(root: Path) -> Workspace:
    folder, unreadable = read_studio(root)
    workspace, unparsed = parse_studio(folder)
    found = [problem for problem in (*unreadable, *unparsed) if problem.blocks_portal]
    _refuse(in_reading_order(found), "the studio's files have errors")
    return workspace


def _refuse(problems: tuple[Problem, ...], message: str) -> None:
    if problems:
        raise AccessError(message, "mend this first", problems)


def _contact(portal: Portal, who: str) -> Contact | None:
    """The contact with that id; if there is none, with that name; else with one that is alike."""
    tests: tuple[Callable[[Contact], bool], ...] = (
        lambda contact: contact.id == who,
        lambda contact: contact.name == who,
        lambda contact: folded(who) in (folded(contact.id), folded(contact.name)),
    )
    for test in tests:
        found = [contact for contact in portal.client.contacts if test(contact)]
        if len(found) > 1:
            raise _ambiguous(portal, who, [contact.id for contact in found])
        if found:
            return found[0]
    return None


def _ambiguous(portal: Portal, who: str, ids: list[str]) -> AccessError:
    hint = f"name one of them by the id: {', '.join(ids)}"
    if len(set(ids)) < len(ids):
        hint = f"give each of them an id of their own in {CONTENT}/{portal.folder}/client.yaml"
    return AccessError(f'"{who}" means several contacts of {portal.folder}', hint)


def _listed(roster: Roster, who: str) -> set[str]:
    """The names on a list that mean somebody: that one; if there is none, those alike; else, on
    the studio's, those of its owner."""
    names = {person.name for person in roster.access.people}
    alike = {who} & names or {name for name in names if folded(name) == folded(who)}
    studio = roster.workspace.studio
    if alike or roster.portal or not is_owner(studio, who):
        return alike
    return {name for name in names if is_owner(studio, name)}


def _meant(roster: Roster, portal: Portal, who: str) -> str:
    """Who may have been meant: somebody with that word in their name, or with a name like it."""
    contacts = portal.client.contacts
    ids = [contact.id for contact in contacts]
    near = [contact.id for contact in contacts if folded(who) in folded(contact.name).split()]
    alike = closest(who, [*ids, *(person.name for person in roster.access.people)])
    if meant := [*near, *([alike] if alike else [])]:
        return f'did you mean "{meant[0]}"?'
    listed = f"the contacts are: {', '.join(ids)}" if ids else "there is none yet"
    return f"{listed}; add them to contacts in {CONTENT}/{portal.folder}/client.yaml"
