"""Gives a person access: makes their keys, and writes the public halves and the lock down.

The passphrase is returned to be shown once, and stands nowhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from portalgen.envelope import PersonKeys, make_person, new_portal_id, new_salt
from portalgen.model.access import Access
from portalgen.model.folder import CONTENT
from portalgen.model.portal import Portal, Workspace
from portalgen.model.spellings import closest
from portalgen.parse import parse_client, parse_studio
from portalgen.passphrase import generate, load_words
from portalgen.problem import Problem, in_reading_order
from portalgen.read import read_client, read_studio
from portalgen.write import write_file
from portalgen.yaml_source import quote

CLIENT_WORDS = 6
STUDIO_WORDS = 8
"""Words of a generated passphrase: 77 bits for one portal, 103 for all of them."""

_HEAD = """\
# Who may open {what}. Written by portalgen; commit it.
# Every private key in it is locked under a passphrase that stands nowhere.
"""


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
    portal = _portal(root, client)
    contact = portal.person(who)
    if contact is None:
        raise CannotGrantError(f'"{who}" is not a contact of {client}', _contacts(portal, who))
    language = portal.client.language or _workspace(root).studio.language
    file = root / CONTENT / client / "access.yaml"
    made = _grant(
        file,
        portal.access,
        contact.id,
        today=today,
        passphrase=passphrase,
        words=load_words(language),
        count=CLIENT_WORDS,
    )
    return Grant(contact.name, file, made)


def grant_studio(root: Path, who: str, today: date, passphrase: str | None = None) -> Grant:
    """Give a person of the studio access to every portal.

    Raises:
        CannotGrantError: they have access already, or the files have errors.
    """
    workspace = _workspace(root)
    file = root / CONTENT / "access.yaml"
    made = _grant(
        file,
        workspace.access,
        who,
        today=today,
        passphrase=passphrase,
        words=load_words(workspace.studio.language),
        count=STUDIO_WORDS,
    )
    return Grant(who, file, made)


def _grant(
    file: Path,
    access: Access | None,
    name: str,
    *,
    today: date,
    passphrase: str | None,
    words: tuple[str, ...],
    count: int,
) -> str | None:
    if access and any(person.name == name for person in access.people):
        hint = f"for a new passphrase, remove their entry from {file.name} and grant again"
        raise CannotGrantError(f"{name} has access already", hint)
    chosen = passphrase or generate(words, count)
    salt = access.salt if access else new_salt()
    entry = _entry(name, today, make_person(chosen, salt))
    write_file(file, _file_text(file, access, salt, entry).encode())
    return None if passphrase else chosen


def _portal(root: Path, client: str) -> Portal:
    if not (root / CONTENT / client).is_dir():
        raise CannotGrantError(f"there is no client {client}")
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


def _file_text(file: Path, access: Access | None, salt: str, entry: str) -> str:
    """The file with one more person; what stands in it already is kept to the letter."""
    if access is not None:
        text = file.read_text("utf-8").rstrip("\n")
        return f"{text}\n{entry}" if access.people else f"{text}\npeople:\n{entry}"
    if file.parent.name == CONTENT:
        return f"{_HEAD.format(what='every portal')}salt: {quote(salt)}\npeople:\n{entry}"
    head = _HEAD.format(what="this portal")
    return f"{head}portal: {quote(new_portal_id())}\nsalt: {quote(salt)}\npeople:\n{entry}"


def _entry(name: str, today: date, keys: PersonKeys) -> str:
    def key(jwk: Mapping[str, str]) -> str:
        return "{" + ", ".join(f"{part}: {quote(value)}" for part, value in jwk.items()) + "}"

    lines = (
        f"- name: {quote(name)}",
        f"  kid: {quote(keys.kid)}",
        f"  granted: {today.isoformat()}",
        f"  read: {key(keys.read)}",
        f"  sign: {key(keys.sign)}",
        f"  locked: {keys.locked}",
    )
    return "\n".join(lines) + "\n"
