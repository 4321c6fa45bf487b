"""A client's folder, opened so that something can be added to it: what it says, and what a file
more would say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from portalgen.check import check_portal
from portalgen.model.folder import Folder
from portalgen.model.portal import Portal, Workspace
from portalgen.parse import parse_client, parse_studio
from portalgen.problem import Problem, Severity, Source, in_reading_order
from portalgen.read import read_client, read_studio
from portalgen.secret_scan import cover
from portalgen.secret_scan.hints import hints_for_client
from portalgen.silencing import quieted

AGREEMENT = ("spec.md", "amendments", "amendments.yaml")
"""Where a client's folder says what was agreed."""


class NewError(Exception):
    """Nothing was written; the text says why, `hint` what to do."""

    def __init__(self, message: str, hint: str = "", problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message)
        self.hint = hint
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What there is when something new is to be put beside it.

    Attributes:
        folder: the client's, as read; `unread` the problems of reading it.
        found: the problems of reading and parsing it.
    """

    root: Path
    workspace: Workspace
    folder: Folder
    portal: Portal
    unread: tuple[Problem, ...]
    found: tuple[Problem, ...]
    today: date

    @property
    def client(self) -> str:
        return self.portal.folder

    @property
    def language(self) -> str:
        """The author's own language."""
        return self.workspace.studio.language

    def path(self, name: str) -> str:
        """A file of the client's folder, from the workspace."""
        return f"{self.folder.path}/{name}"

    def file(self, name: str) -> Path:
        return self.root / self.folder.path / name

    def names(self, collection: str) -> tuple[str, ...]:
        """The files of a collection that is a folder, without their endings."""
        paths = {*self.folder.texts, *self.folder.files, *self.folder.outside}
        inside = (path.partition("/") for path in sorted(paths | self.folder.unreadable))
        return tuple(name.rpartition(".")[0] for top, _, name in inside if top == collection)


def open_shelf(root: Path, client: str, today: date) -> Shelf:
    """Read the studio and one client, as far as they can be read.

    Raises:
        NewError: the client's folder is a link, and nothing is written through one.
        FileNotFoundError: there is no content folder.
    """
    folder, _ = read_studio(root)
    workspace, _ = parse_studio(folder)
    own, unread = read_client(root, client)
    outside = tuple(p for p in unread if p.place.source.path == own.path)
    if outside:
        raise NewError(f"nothing can be added to {client}", problems=outside)
    portal, found = parse_client(own)
    return Shelf(
        root=root,
        workspace=workspace,
        folder=own,
        portal=portal,
        unread=tuple(unread),
        found=(*unread, *found),
        today=today,
    )


def refuse_unready(shelf: Shelf, name: str) -> None:
    """See that a collection can take one more entry.

    Raises:
        NewError: it stands in both forms, its list has errors, it is a link, or a folder or a
            file beside it was surely meant to be it.
    """
    listed = shelf.path(f"{name}.yaml")
    meant = tuple(f"did you mean {name}{rest}" for rest in ("?", ".yaml?", "/"))
    problems = in_reading_order(
        problem
        for problem in shelf.found
        if (problem.place.source.path == listed and problem.severity is Severity.ERROR)
        or (problem.code.startswith("unknown-f") and problem.hint.startswith(meant))
    )
    if problems:
        raise NewError("mend this first", problems=problems)
    if name in shelf.folder.outside or name in shelf.folder.files:
        message = f"{shelf.path(name)} is no folder of its own"
        raise NewError(message, "put a folder there, or remove it: nothing is written through it")


def refuse_flawed(shelf: Shelf, *names: str) -> None:
    """See that those files, or all files of a folder, have no error: what they say is not known.

    Args:
        names: paths in the client's folder; those of folders without an ending.

    Raises:
        NewError: one of them has an error.
    """
    paths = {shelf.path(name) for name in names}
    errors = (p for p in shelf.found if p.severity is Severity.ERROR)
    problems = in_reading_order(
        p
        for p in errors
        for path in (p.place.source.path,)
        if path in paths or path.rpartition("/")[0] in paths
    )
    if problems:
        raise NewError("mend this first", problems=problems)


def with_texts(shelf: Shelf, texts: Mapping[str, str | None]) -> Shelf:
    """The same shelf as it would be with those files; None takes one away.

    Args:
        texts: by path in the client's folder.
    """
    kept = {name: text for name, text in shelf.folder.texts.items() if name not in texts}
    new = {
        name: Source(shelf.path(name), _plain(text))
        for name, text in texts.items()
        if text is not None
    }
    folder = replace(shelf.folder, texts={**kept, **new})
    portal, found = parse_client(folder)
    return replace(shelf, folder=folder, portal=portal, found=(*shelf.unread, *found))


def problems_at(shelf: Shelf, name: str) -> tuple[Problem, ...]:
    """Everything that a build would say about one file of the client's folder."""
    path = shelf.path(name)
    source = shelf.folder.texts.get(name)
    secrets = cover(source, hints_for_client(shelf.client))[1] if source else ()
    found = (*secrets, *all_problems(shelf))
    return in_reading_order(p for p in found if p.place.source.path == path)


def all_problems(shelf: Shelf) -> tuple[Problem, ...]:
    """Everything that a build would say about the client's folder as it is."""
    found = list(shelf.found)
    return (*found, *check_portal(shelf.portal, shelf.workspace, shelf.today, found))


def new_problems(before: Shelf, after: Shelf, name: str) -> tuple[Problem, ...]:
    """The problems that a change of one file brings, to be shown once it is written.

    Notes are left to `check`: the file has only just begun.

    Raises:
        NewError: there is an error among them.
    """
    known = {_key(problem) for problem in problems_at(before, name)}
    new = [problem for problem in problems_at(after, name) if _key(problem) not in known]
    refuse(problem for problem in new if problem.blocks_portal)
    said, _ = quieted(new, after.workspace.studio.silenced, everything=False)
    return tuple(problem for problem in said if problem.severity is not Severity.NOTE)


def refuse(problems: Iterable[Problem]) -> None:
    """Say what is wrong with a file that is not there yet: its place would lead nowhere.

    Raises:
        NewError: there is a problem.
    """
    said = [f"{p.message}: {p.hint}" if p.hint else p.message for p in problems]
    if said:
        raise NewError("\n".join(dict.fromkeys(said)))


def _key(problem: Problem) -> tuple[str, str, int]:
    return problem.code, problem.message, problem.place.line


def _plain(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
