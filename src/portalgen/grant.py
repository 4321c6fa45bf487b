"""Gives a person access: makes their keys, and writes the public halves and the lock down.

The passphrase is returned to be shown once, and stands nowhere.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from portalgen.access_file import entry_of, new_file, read_access, with_person
from portalgen.check.people import broken_access, broken_keys
from portalgen.envelope import make_person, new_portal_id, new_salt
from portalgen.model.access import Access
from portalgen.model.folder import CONTENT
from portalgen.model.portal import Portal, Workspace
from portalgen.model.spellings import closest
from portalgen.parse import parse_client, parse_studio
from portalgen.passphrase import generate, load_words
from portalgen.problem import Problem, in_reading_order
from portalgen.read import read_client, read_studio
from portalgen.write import write_file

CLIENT_WORDS = 6
STUDIO_WORDS = 8
"""Words of a generated passphrase: 77 bits for one portal, 103 for all of them."""

_FILE = "access.yaml"


class CannotGrantError(Exception):
    """The person cannot be given access; the text says why, `hint` what to do."""

    def __init__(self, message: str, hint: str = "", problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message)
        self.hint = hint
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Grant:
    """An access just made: for whom, in which file, and the passphrase if it was generated."""

    name: str
    file: Path
    passphrase: str | None


@dataclass(frozen=True, slots=True)
class _People:
    """A list of people as it stands, and how passphrases for it are made."""

    file: Path
    text: str
    language: str
    count: int


def grant_client(
    root: Path, client: str, who: str, today: date, passphrase: str | None = None
) -> Grant:
    """Give a contact of a client access to that client's portal.

    Args:
        who: the contact's id or name.
        passphrase: one chosen by the caller; a new one is generated when it is None.

    Raises:
        CannotGrantError: no such person, they have access already, or the files have errors.
    """
    workspace, portal = _workspace(root), _portal(root, client)
    contact = portal.person(who)
    if contact is None:
        raise CannotGrantError(f'"{who}" is not a contact of {client}', _contacts(portal, who))
    _refuse_damaged(tuple(broken_keys(portal, workspace)))
    file = root / CONTENT / client / _FILE
    text = _text(file) or new_file("this portal", {"portal": new_portal_id(), "salt": new_salt()})
    language = portal.client.language or workspace.studio.language
    people = _People(file, text, language, CLIENT_WORDS)
    return Grant(contact.name, file, _add(people, contact.id, today, passphrase))


def grant_studio(root: Path, who: str, today: date, passphrase: str | None = None) -> Grant:
    """Give a person of the studio access to every portal.

    Raises:
        CannotGrantError: they have access already, or the files have errors.
    """
    workspace = _workspace(root)
    _refuse_damaged(tuple(broken_access(workspace.access)) if workspace.access else ())
    file = root / CONTENT / _FILE
    text = _text(file) or new_file("every portal", {"salt": new_salt()})
    people = _People(file, text, workspace.studio.language, STUDIO_WORDS)
    return Grant(who, file, _add(people, who, today, passphrase))


def _add(people: _People, name: str, today: date, passphrase: str | None) -> str | None:
    """Write the file with one more person; returns the passphrase if it was made here."""
    access = _access(people)
    if any(person.name == name for person in access.people):
        hint = f"for a new passphrase, remove their entry from {_FILE} and grant again"
        raise CannotGrantError(f"{name} has access already", hint)
    chosen = passphrase or generate(load_words(people.language), people.count)
    entry = entry_of(name, today, make_person(chosen, access.salt))
    text = with_person(people.text, entry)
    if text is None:
        hint = "put the list people at its end, or take the file back from git"
        raise CannotGrantError(f"nobody can be added to {_FILE} as it is laid out", hint)
    write_file(people.file, text.encode())
    return None if passphrase else chosen


def _access(people: _People) -> Access:
    access = read_access(people.text)
    if access is None:
        raise CannotGrantError(f"{people.file} cannot be read", "take it back from git")
    return access


def _text(file: Path) -> str:
    """The file to the letter, with its own line ends; empty when there is none."""
    return file.read_bytes().decode("utf-8") if file.exists() else ""


def _refuse_damaged(problems: tuple[Problem, ...]) -> None:
    if problems:
        raise CannotGrantError(f"{_FILE} is damaged", "mend it first", problems)


def _portal(root: Path, client: str) -> Portal:
    folder, unreadable = read_client(root, client)
    portal, unparsed = parse_client(folder)
    if {"client.yaml", "access.yaml"} & portal.unread:
        found = [
            problem
            for problem in (*unreadable, *unparsed)
            if problem.place.source.path.endswith(("/client.yaml", "/access.yaml"))
        ]
        message = f"the files of {client} have errors"
        raise CannotGrantError(message, "mend these first", in_reading_order(found))
    return portal


def _workspace(root: Path) -> Workspace:
    folder, unreadable = read_studio(root)
    workspace, unparsed = parse_studio(folder)
    if any(problem.blocks_portal for problem in (*unreadable, *unparsed)):
        found = in_reading_order([*unreadable, *unparsed])
        raise CannotGrantError("the studio's files have errors", "mend these first", found)
    return workspace


def _contacts(portal: Portal, who: str) -> str:
    ids = [contact.id for contact in portal.client.contacts]
    near = closest(who, ids)
    if near:
        return f'did you mean "{near}"?'
    listed = f"the contacts are: {', '.join(ids)}" if ids else "there is none yet"
    return f"{listed}; add them to contacts in content/{portal.folder}/client.yaml"
