"""A new client: their folder, whole, with the first person who may open the portal."""

import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from portalgen.access.grant import Granted, grant
from portalgen.access.roster import AccessError, Roster, client_roster
from portalgen.approving import only_one
from portalgen.envelope_shape import is_page_id
from portalgen.inside import open_inside
from portalgen.language import Words, message
from portalgen.model.folder import CONTENT, Folder
from portalgen.model.portal import Workspace
from portalgen.parse import parse_client, parse_studio
from portalgen.problem import Source, in_reading_order
from portalgen.read import LARGEST_TEXT, client_names, read_studio
from portalgen.scaffold.naming import free, slug
from portalgen.scaffold.opening import NewError, refuse
from portalgen.scaffold.texts import Value, written
from portalgen.write import write_folder
from portalgen.yaml_source import Mapping, Scalar, read_yaml

_FALLBACK = "client"
_UNLISTED = "abcdefghjkmnpqrstuvwxyz23456789"
"""Signs of a path that nobody guesses, without those that are taken for each other."""
_UNLISTED_LENGTH = 16
"""79 bits."""

_FORMS_OF_ADDRESS = {
    "dhr", "dr", "frau", "herr", "m", "madame", "mademoiselle", "me", "mevr", "mevrouw", "miss",
    "mlle", "mme", "monsieur", "mr", "mrs", "ms", "mx", "prof", "señor", "señora", "sig", "signor",
    "signora", "sr", "sra",
}  # fmt: skip
"""What may stand before a name, and is no first name."""

_HEADINGS = {
    "heading": message("What we agreed"),
    "purpose": message("What it is for"),
    "promised": message("What is agreed"),
    "excluded": message("What is not included"),
    "terms": message("Price and dates"),
}
"""The outline of a specification, in the client's language: they read it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewClient:
    """A client as their author names them.

    Attributes:
        contact: the first person, by their full name.
        language: ISO 639-1; the studio's own when it is None.
        is_unlisted: whether the address does not tell their name.
        spec: a specification that is there already, with its keys or without.
    """

    name: str
    title: str
    contact: str
    email: str = ""
    language: str | None = None
    is_formal: bool = True
    is_unlisted: bool = False
    spec: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A client's folder that was just written; `files` are paths from the workspace."""

    folder: str
    files: tuple[str, ...]
    is_draft: bool
    roster: Roster
    granted: Granted


def new_client(root: Path, client: NewClient, today: date) -> Begun:
    """Write a client's folder and let their first person in; takes half a second.

    Raises:
        NewError: the studio's files have errors, the name is taken, or a value cannot be read;
            nothing is changed.
        OSError: the folder cannot be written.
        FileNotFoundError: there is no content folder.
    """
    with only_one(root):
        workspace = _workspace(root)
        folder = _folder(root, client, workspace)
        files = _files(client, workspace, today)
        _refuse_flaws(folder, files, client)
        granted: list[Granted] = []

        def accept(fresh: Path) -> bool:
            # an earlier try may have been killed here
            (fresh / "access.yaml").unlink(missing_ok=True)
            if os.path.lexists(fresh.with_name(folder)):
                raise NewError(f"{CONTENT}/{folder} is there already")
            granted.append(grant(client_roster(root, fresh.name), client.contact, today))
            return True

        try:
            contents = {name: text.encode() for name, text in files.items()}
            write_folder(root / CONTENT / folder, contents, accept)
        except AccessError as error:
            raise NewError(str(error), error.hint, error.problems) from error
    paths = tuple(f"{CONTENT}/{folder}/{name}" for name in (*files, "access.yaml"))
    return Begun(
        folder=folder,
        files=paths,
        is_draft=client.spec is None,
        roster=client_roster(root, folder),
        granted=granted[0],
    )


def _workspace(root: Path) -> Workspace:
    folder, unread = read_studio(root)
    workspace, found = parse_studio(folder)
    problems = in_reading_order(p for p in (*unread, *found) if p.blocks_portal)
    if problems:
        raise NewError("mend the studio's files first", problems=problems)
    return workspace


def _folder(root: Path, client: NewClient, workspace: Workspace) -> str:
    """The name of the new folder: nothing of that name is there, and no portal has that path."""
    there = {entry.casefold() for entry in os.listdir(root / CONTENT)}
    taken = {*there, *_paths(root), "assets", workspace.studio.dashboard}
    name = slug(client.name, "")
    if not name:
        return free(_FALLBACK, taken)
    if name in there:
        message = f"{CONTENT}/{name} is there already"
        raise NewError(message, f'choose a name that tells the two apart: "{client.name} …"')
    if name in taken or is_page_id(name):
        message = f'"{name}" is the address of something else'
        raise NewError(
            message, f'choose another name: "{client.name} …"; client.yaml may change it'
        )
    return name


def _paths(root: Path) -> Iterator[str]:
    """The addresses that other clients chose; nothing else of their folders is read."""
    for name in client_names(root):
        folder = root / CONTENT / name
        try:
            with open_inside(folder / "client.yaml", folder) as file:
                text = file.read(LARGEST_TEXT).decode("utf-8-sig", "replace")
        except OSError:  # which check tells of
            continue
        node, _ = read_yaml(Source("", text.replace("\r\n", "\n").replace("\r", "\n")))
        path = node.get("path") if isinstance(node, Mapping) else None
        if isinstance(path, Scalar):
            yield path.text


# --- the files -----------------------------------------------------------------------------------


def _files(client: NewClient, workspace: Workspace, today: date) -> dict[str, str]:
    """The texts of the folder, by their names."""
    author = workspace.studio.language
    language = client.language or author
    values: dict[str, Value] = {
        "name": client.name,
        "language": language,
        "address_form": "formal" if client.is_formal else "informal",
        "id": _person(client),
        "contact": client.contact,
        "greeting": "" if client.is_formal else _first_name(client),
        "email": client.email,
        "title": client.title,
        "path": _unlisted_path() if client.is_unlisted else "",
        "draft": "" if client.spec else "yes",
        "today": today.isoformat(),
    }
    texts = {"client.yaml": written("client.yaml", author, values)}
    texts["spec.md"] = client.spec or _outline(client, author, language, today)
    return texts


def _outline(client: NewClient, author: str, language: str, today: date) -> str:
    words = Words(language, "formal" if client.is_formal else "informal")
    headings = {name: words.text(text) for name, text in _HEADINGS.items()}
    said = {"price": "", "contact": _person(client), "today": today.isoformat()}
    colon = "\u00a0:" if language == "fr" else ":"
    return written("spec.md", author, {**headings, **said, "colon": colon})


def _person(client: NewClient) -> str:
    """The id of the first person: their first name."""
    return slug(_first_name(client), "") or slug(client.contact, _FALLBACK)


def _first_name(client: NewClient) -> str:
    words = client.contact.split()
    names = [word for word in words if word.rstrip(".").casefold() not in _FORMS_OF_ADDRESS]
    return (names or words)[0]


def _unlisted_path() -> str:
    return "".join(secrets.choice(_UNLISTED) for _ in range(_UNLISTED_LENGTH))


def _refuse_flaws(folder: str, files: dict[str, str], client: NewClient) -> None:
    """See that everything can be read, and says what was asked."""
    path = f"{CONTENT}/{folder}"
    texts = {name: Source(f"{path}/{name}", text) for name, text in files.items()}
    portal, found = parse_client(Folder(path, texts, {}, frozenset(), frozenset()))
    refuse(problem for problem in found if problem.blocks_portal)
    (contact,) = portal.client.contacts
    said = (portal.client.name, contact.name, portal.client.project.title)
    if said != (client.name, client.contact, client.title):
        raise NewError("a name or the title has signs that cannot stand in such a file")
