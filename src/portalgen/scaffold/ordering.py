"""A place between two files of a collection: those behind it get the next numbers.

Their ids stay, since an id leaves out the number of the file's name.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from portalgen.model.spellings import closest, folded
from portalgen.parse.entries import file_order, id_of
from portalgen.problem import Severity
from portalgen.scaffold.naming import number_of, padded
from portalgen.scaffold.opening import NewError, Shelf, all_problems


@dataclass(frozen=True, slots=True)
class Spot:
    """Behind or before the entry of that id; one of the two is given."""

    after: str | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """A number that is free, once these files have their new names, in this order.

    Attributes:
        number: as it stands in the file's name, with a hyphen behind it.
        moves: old and new paths in the client's folder; the last file comes first, so that at
            every moment the order is right and no file is replaced.
    """

    number: str
    moves: tuple[tuple[str, str], ...] = ()


def make_room(shelf: Shelf, collection: str, spot: Spot) -> Room:
    """Find a number between two files.

    Raises:
        NewError: there is no such entry, or a file has no number in its name.
    """
    inside = [path for path in shelf.folder.texts if path.startswith(f"{collection}/")]
    paths = sorted(inside, key=file_order)
    position = _position(paths, spot)
    first = _number(paths[position - 1]) if position else 0
    following = paths[position:]
    stems = [_stem(path) for path in paths]
    gap = (_number(following[0]) if following else first + 2) - first
    wanted = first + max(1, gap // 2)
    moves = []
    needed = wanted
    for path in following:
        if number_of(_stem(path)) is None or _number(path) > needed:
            break
        needed += 1
        moves.append((path, _renumbered(path, padded(needed, stems))))
    _refuse_other_ids(moves)
    return Room(f"{padded(wanted, stems)}-", tuple(reversed(moves)))


def _position(paths: Sequence[str], spot: Spot) -> int:
    """Before which of the files the new one belongs."""
    name = spot.after or spot.before or ""
    ids = [id_of(path) for path in paths]
    found = [at for at, known in enumerate(ids) if name in (known, _stem(paths[at]))]
    found = found or [at for at, known in enumerate(ids) if folded(known) == folded(name)]
    if not found:
        near = closest(name, ids)
        hint = f'did you mean "{near}"?' if near else f"there are: {', '.join(ids) or 'none yet'}"
        raise NewError(f'there is no "{name}" to put it beside', hint)
    return found[0] + (1 if spot.after else 0)


def _number(path: str) -> int:
    number = number_of(_stem(path))
    if number is None:
        hint = "rename it, such as 01-name.md: files are in the order of their numbers"
        raise NewError(f"{path} has no number, so nothing can be put beside it", hint)
    return int(number)


def _renumbered(path: str, number: str) -> str:
    folder, _, name = path.rpartition("/")
    return f"{folder}/{number}{name[len(number_of(name) or '') :]}"


def refuse_lost_links(before: Shelf, after: Shelf, moves: Sequence[tuple[str, str]]) -> None:
    """See that nothing leads to a file by a name that it will not have any more.

    Raises:
        NewError: something does, and its portal could not be published.
    """
    old_paths = {after.path(new): before.path(old) for old, new in moves}
    known = {(problem.code, problem.message) for problem in all_problems(before)}
    lost = [
        f"  {old_paths.get(path, path)}:{problem.place.line}"
        for problem in all_problems(after)
        if problem.severity is Severity.ERROR and (problem.code, problem.message) not in known
        for path in (problem.place.source.path,)
    ]
    if lost:
        names = ", ".join(old.rpartition("/")[2] for old, _ in reversed(moves))
        places = "\n".join(dict.fromkeys(lost))
        message = f"other files would get new numbers, and are named in texts: {names}"
        hint = (
            "link to them by id, which stays: [the plan](#plan); or leave out --after and --before"
        )
        raise NewError(message, f"{places}\n{hint}")


def _refuse_other_ids(moves: Sequence[tuple[str, str]]) -> None:
    for old, new in moves:
        if id_of(old) != id_of(new):
            message = f"{old} has nothing but a number for a name, and would get another id"
            raise NewError(message, f"rename it first, such as {_stem(old)}-name.md")


def _stem(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]
