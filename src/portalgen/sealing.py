"""Seals a code for the people of a portal, and writes it down.

The code itself stands nowhere: not on the disk, not in a message, not in an error.
"""

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portalgen.check.people import broken_keys, broken_studio_keys
from portalgen.envelope import seal_text
from portalgen.lock import readers_of
from portalgen.model.entry import Account
from portalgen.model.folder import CONTENT
from portalgen.model.portal import Portal, Workspace
from portalgen.model.seal import SEALED, readers_of_codes, sealed_path
from portalgen.parse import parse_client, parse_studio
from portalgen.problem import Place, Problem, Source, in_reading_order
from portalgen.read import read_client, read_studio
from portalgen.write import write_file

_ACCESS = "access.yaml"


@dataclass(frozen=True, slots=True)
class Sealed:
    """A code that was just sealed.

    Attributes:
        file: where it stands, from the workspace.
        path: the same from the client's folder, as an account names it.
        readers: names of those who can open it.
        is_renewed: whether it took the place of an earlier one.
        is_named: whether an account names it already.
        bare: the accounts that name no code.
    """

    file: str
    path: str
    readers: tuple[str, ...]
    is_renewed: bool
    is_named: bool
    bare: tuple[Account, ...]


def seal_code(
    root: Path, client: str, name: str, code: str
) -> tuple[Sealed | None, tuple[Problem, ...]]:
    """Seal a code for everybody who may open a client's portal, and write `sealed/NAME.json`.

    Args:
        name: one that `is_seal_name` accepts.
        code: 1 to 4096 bytes in UTF-8.

    Returns:
        What was sealed; or None, with the reasons, when there is nobody to seal it for, or
        nowhere to write it.

    Raises:
        OSError: the file cannot be written.
    """
    workspace, portal, problems = _open(root, client)
    people = readers_of_codes(portal.access, workspace.access)
    identity = portal.access.portal if portal.access else None
    if not problems and not (identity and people):
        problems = [_nobody(portal)]
    if problems or identity is None:
        return None, in_reading_order(problems)
    text = seal_text(code, identity, name, readers_of(people))
    path = sealed_path(name)
    file = f"{CONTENT}/{client}/{path}"
    sealed = Sealed(
        file=file,
        path=path,
        readers=tuple(portal.full_name(person.name) for person in people),
        is_renewed=(root / file).exists(),
        is_named=any(account.sealed == path for account in portal.accounts),
        bare=tuple(account for account in portal.accounts if account.sealed is None),
    )
    write_file(root / file, f"{text}\n".encode())
    return sealed, ()


def _open(root: Path, client: str) -> tuple[Workspace, Portal, list[Problem]]:
    """The studio and the client, with what is wrong in either list of people."""
    studio_folder, unreadable = read_studio(root)
    workspace, unparsed = parse_studio(studio_folder)
    found = [*unreadable, *unparsed]
    folder, unreadable = read_client(root, client)
    portal, unparsed = parse_client(folder)
    found += [*unreadable, *unparsed]
    lists = {f"{CONTENT}/{_ACCESS}", f"{folder.path}/{_ACCESS}", folder.path}
    problems = [problem for problem in found if problem.place.source.path in lists]
    problems += broken_studio_keys(workspace)
    problems += broken_keys(portal, workspace)
    problems += _led_away(portal)
    return workspace, portal, problems


def _led_away(portal: Portal) -> Iterator[Problem]:
    if SEALED in portal.outside:
        place = Place(Source(f"{CONTENT}/{portal.folder}/{SEALED}"))
        yield Problem("outside-folder", "this folder cannot be a link", place, "make it a folder")


def _nobody(portal: Portal) -> Problem:
    contacts = portal.client.contacts
    person = contacts[0].id if contacts else "PERSON"
    place = Place(Source(f"{CONTENT}/{portal.folder}/{_ACCESS}"))
    message = "no person has access to this portal yet"
    hint = f"run first: {shlex.join(['portalgen', 'access', 'grant', portal.folder, person])}"
    return Problem("nobody-can-open", message, place, hint)
