"""One more step, update, deliverable, correction or amendment, as a file or in a list."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Literal

from portalgen.approving import ApproveError, contact_meant, only_one
from portalgen.edit import with_item
from portalgen.model.values import path_segment
from portalgen.parse.entries import id_of
from portalgen.problem import Problem
from portalgen.scaffold.naming import free, next_lettered, next_number, next_requirement, slug
from portalgen.scaffold.opening import (
    AGREEMENT,
    NewError,
    Shelf,
    new_problems,
    open_shelf,
    refuse_flawed,
    refuse_unready,
    with_texts,
)
from portalgen.scaffold.ordering import Room, Spot, make_room, refuse_lost_links
from portalgen.scaffold.rereading import refuse_other_entry, refuse_other_item
from portalgen.scaffold.texts import Value, Yaml, written
from portalgen.write import write_file

Kind = Literal["step", "update", "deliverable", "correction", "amendment"]

_LETTERS: Mapping[str, str] = {"correction": "C", "amendment": "A"}
"""What the ids of a kind begin with that are numbers."""

_FALLBACKS: Mapping[str, Mapping[str, str]] = {
    "fr": {"step": "etape", "update": "nouvelle", "deliverable": "livrable"},
}
"""How an entry is named whose title has no letter that a name can have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be written.

    Attributes:
        values: its keys, in the order of a file; one that is not known yet is empty.
        text: what the client reads, in Markdown.
        on: the day of an update.
        spot: where it belongs among the others; at their end when it is None.
    """

    kind: Kind
    values: Mapping[str, Value]
    text: str = ""
    on: date | None = None
    spot: Spot | None = None

    @property
    def collection(self) -> str:
        return f"{self.kind}s"

    @property
    def title(self) -> str:
        title = self.values.get("title", "")
        return title if isinstance(title, str) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What was written.

    Attributes:
        path: the file, from the workspace.
        is_listed: whether it is one more entry of a list.
        moves: files that were renamed to make room, as old and new paths.
        problems: what `check` will say about it; no error of the portal.
        requirement: the number that a requirement in it would have.
    """

    id: str
    path: str
    is_listed: bool
    moves: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = field(default=(), repr=False)
    requirement: str = ""


def add_entry(root: Path, client: str, wish: Wish, today: date) -> Added:
    """Write one more entry of a client.

    Raises:
        NewError: it cannot be written as it is asked for; nothing is changed.
        OSError: a file cannot be written.
    """
    with only_one(root):
        shelf = open_shelf(root, client, today)
        refuse_unready(shelf, wish.collection)
        if wish.kind == "amendment":
            refuse_flawed(shelf, *AGREEMENT)  # its requirements get the next numbers
        wish = _with_person(wish, shelf)
        if f"{wish.collection}.yaml" in shelf.folder.texts:
            return _add_to_list(shelf, wish)
        return _add_file(shelf, wish)


def _with_person(wish: Wish, shelf: Shelf) -> Wish:
    """The wish with the contact who asks for a correction named by their id."""
    name = wish.values.get("by")
    if wish.kind != "correction" or not isinstance(name, str) or not name:
        return wish
    try:
        return replace(wish, values={**wish.values, "by": contact_meant(name, shelf.portal)})
    except ApproveError as error:
        raise NewError(str(error), error.hint) from error


# --- a file of its own ---------------------------------------------------------------------------


def _add_file(shelf: Shelf, wish: Wish) -> Added:
    room = _room(shelf, wish)
    name = f"{wish.collection}/{_stem(shelf, wish, room)}.md"
    number = next_requirement([found.id for found in shelf.portal.requirements()])
    text = written(f"{wish.kind}.md", shelf.language, _holes(shelf, wish, number))
    refuse_other_entry(text, _said(wish), wish.text)
    moved = {new: shelf.folder.texts[old].text for old, new in room.moves}
    gone = {old: None for old, _ in room.moves if old not in moved}
    before = with_texts(shelf, {**moved, **gone})
    refuse_lost_links(shelf, before, room.moves)
    problems = new_problems(before, with_texts(before, {name: text}), name)
    for path in (name, *(new for _, new in room.moves if new not in shelf.folder.texts)):
        _refuse_taken(shelf, path)
    with _moved(shelf, room):
        write_file(shelf.file(name), text.encode())
    return Added(
        id=id_of(name),
        path=shelf.path(name),
        is_listed=False,
        moves=tuple((shelf.path(old), shelf.path(new)) for old, new in room.moves),
        problems=problems,
        requirement=number,
    )


@contextmanager
def _moved(shelf: Shelf, room: Room) -> Iterator[None]:
    """The other files under their new names; under the old ones when what comes next fails."""
    done: list[tuple[Path, Path]] = []
    try:
        for old, new in room.moves:
            shelf.file(old).rename(shelf.file(new))
            done.append((shelf.file(old), shelf.file(new)))
        yield
    except BaseException:
        for old_file, new_file in reversed(done):
            new_file.rename(old_file)
        raise


def _room(shelf: Shelf, wish: Wish) -> Room:
    if wish.spot:
        return make_room(shelf, wish.collection, wish.spot)
    if wish.kind == "update":
        return Room(f"{wish.on or shelf.today}-")
    return Room(next_number(shelf.names(wish.collection)))


def _stem(shelf: Shelf, wish: Wish, room: Room) -> str:
    """The name of its file, without the ending."""
    letter = _LETTERS.get(wish.kind)
    if letter:
        return next_lettered(letter, _ids(shelf, wish))
    return room.number + free(_slug(shelf, wish), _ids(shelf, wish))


def _holes(shelf: Shelf, wish: Wish, number: str) -> dict[str, Value]:
    """What the template asks for: the wish itself, and what its comments show."""
    contacts = shelf.portal.client.contacts
    return {
        **wish.values,
        "text": wish.text,
        "today": shelf.today.isoformat(),
        "contact": Yaml(contacts[0].id if contacts else "…"),
        "number": number,
    }


def _refuse_taken(shelf: Shelf, name: str) -> None:
    if os.path.lexists(shelf.file(name)):
        message = f"{shelf.path(name)} is there already"
        raise NewError(
            message, "nothing is ever written over a file: move it, or say another title"
        )


# --- one more in a list --------------------------------------------------------------------------


def _add_to_list(shelf: Shelf, wish: Wish) -> Added:
    name = f"{wish.collection}.yaml"
    if wish.spot:
        message = f"{shelf.path(name)} is one list, and a new entry comes at its end"
        raise NewError(message, "leave out --after and --before, and move it there by hand")
    file = shelf.file(name)
    old = file.read_bytes().decode("utf-8")
    entry, item = _item(shelf, wish)
    new = with_item(old, item)
    if new is None:
        message = f"{shelf.path(name)} cannot be changed as it is laid out"
        raise NewError(message, "begin each entry on a line of its own with a hyphen: - title: …")
    refuse_other_item(new, item)
    problems = new_problems(shelf, with_texts(shelf, {name: new}), name)
    write_file(file.resolve(), new.encode())
    return Added(
        id=entry,
        path=shelf.path(name),
        is_listed=True,
        problems=problems,
        requirement=next_requirement([found.id for found in shelf.portal.requirements()]),
    )


def _item(shelf: Shelf, wish: Wish) -> tuple[str, dict[str, Value]]:
    """The id of an entry in a list, and its keys; the title gives the id where it can."""
    said = _said(wish)
    letter = _LETTERS.get(wish.kind)
    if letter:
        entry = next_lettered(letter, _ids(shelf, wish))
        said = {"id": entry, **said}
    else:
        entry = free(_slug(shelf, wish), _ids(shelf, wish))
        if entry != path_segment(wish.title):
            said = {"id": entry, **said}
    if wish.kind == "update":
        said["on"] = (wish.on or shelf.today).isoformat()
    if wish.text:
        said["text"] = f"{wish.text}\n" if "\n" in wish.text else wish.text
    return entry, said


# --- both ----------------------------------------------------------------------------------------


def _said(wish: Wish) -> dict[str, Value]:
    """The keys that have a value."""
    return {key: value for key, value in wish.values.items() if value}


def _slug(shelf: Shelf, wish: Wish) -> str:
    return slug(wish.title, _FALLBACKS.get(shelf.language, {}).get(wish.kind, wish.kind))


def _ids(shelf: Shelf, wish: Wish) -> set[str]:
    """The ids of a collection, of files that cannot be read as well."""
    entries = getattr(shelf.portal, wish.collection)
    files = (id_of(f"{stem}.md") for stem in shelf.names(wish.collection))
    return {entry.id for entry in entries} | shelf.portal.unread | set(files)
