"""From a workspace to its files as they should be: mended in memory, again and again, until
nothing is left that mends itself; then written whole."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from portalgen.check import check_portal
from portalgen.fixing.certain import certain
from portalgen.fixing.text import says_the_same, with_fixes
from portalgen.model.folder import Folder
from portalgen.model.portal import Workspace
from portalgen.parallel import map_parallel
from portalgen.parse import parse_client, parse_studio
from portalgen.problem import Problem
from portalgen.read import read_client, read_studio
from portalgen.write import write_file

_PASSES = 200
"""Rounds over one folder: one for each fix on the same line, and each slip behind another."""

Find = Callable[[Folder], Iterable[Problem]]
"""Everything that is wrong in a folder, each problem with its fix when that is certain."""


@dataclass(frozen=True, slots=True)
class Mend:
    """One thing that was mended, and where it stands in the file as it was."""

    code: str
    line: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Mended:
    """A file with its mends: its path from the workspace, and its bytes."""

    path: str
    before: bytes
    after: bytes
    mends: tuple[Mend, ...]


def mend_workspace(
    root: Path, clients: Sequence[str], today: date, progress: Callable[[int, int], None]
) -> tuple[Mended, ...]:
    """The files of the studio and of those clients that can be mended, as they should be.

    Nothing is written.

    Raises:
        OSError: a folder or a file cannot be read.
    """
    folder, found = read_studio(root)
    read = tuple(found)

    def in_studio(folder: Folder) -> list[Problem]:
        workspace, problems = parse_studio(folder)
        return certain([*read, *problems], workspace)

    studio, mended = _mended(root, folder, in_studio)
    workspace, _ = parse_studio(studio)
    work = partial(_of_client, root, workspace, today)
    for done, (_, files) in enumerate(map_parallel(work, clients), 1):
        mended += files
        progress(done, len(clients))
    return tuple(sorted(mended, key=lambda file: file.path))


def _of_client(root: Path, workspace: Workspace, today: date, name: str) -> list[Mended]:
    folder, found = read_client(root, name)
    read = tuple(found)

    def in_client(folder: Folder) -> list[Problem]:
        portal, unparsed = parse_client(folder)
        checked = check_portal(portal, workspace, today, unparsed, drafts=True)
        return certain([*read, *unparsed, *checked], workspace)

    return _mended(root, folder, in_client)[1]


def write(root: Path, mended: Iterable[Mended]) -> Iterator[Mended]:
    """Write the files, each whole, and yield those written: not one that was changed meanwhile.

    Raises:
        OSError: one cannot be written; those before it are mended.
    """
    for file in mended:
        target = (root / file.path).resolve()
        if target.read_bytes() == file.before:
            write_file(target, file.after)
            yield file


@dataclass(frozen=True, slots=True)
class _Text:
    """A file on its way: as it is on the disk, and what was mended in it so far."""

    before: bytes
    text: str
    mends: tuple[Mend, ...] = ()


def _mended(root: Path, folder: Folder, find: Find) -> tuple[Folder, list[Mended]]:
    """Mend until nothing more can be; the folder as it reads then, and the files that change."""
    texts: dict[str, _Text] = {}
    hopeless: set[str] = set()
    for _ in range(_PASSES):
        found = _by_path(folder, find(folder))
        changed = False
        for path in sorted(found.keys() - hopeless):
            file = texts.get(path) or _open(root / folder.path / path)
            done = _mend_one(folder, path, file, found[path])
            if done is None:
                hopeless.add(path)
                continue
            texts[path], folder = done
            changed = True
        if not changed:
            break
    mended = [
        Mended(f"{folder.path}/{path}", file.before, file.text.encode(), _by_line(file.mends))
        for path, file in sorted(texts.items())
    ]
    return folder, mended


def _by_line(mends: Iterable[Mend]) -> tuple[Mend, ...]:
    return tuple(sorted(mends, key=lambda mend: mend.line))


def _open(path: Path) -> _Text:
    data = path.read_bytes()
    return _Text(data, data.decode())


def _by_path(folder: Folder, problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        path = problem.place.source.path.removeprefix(f"{folder.path}/")
        if problem.fix and path in folder.texts:
            found.setdefault(path, []).append(problem)
    return found


def _mend_one(
    folder: Folder, path: str, file: _Text, problems: Sequence[Problem]
) -> tuple[_Text, Folder] | None:
    """One round in one file; None when nothing is done, or when it would say something else."""
    source = folder.texts[path]
    fixes = {problem.fix: problem.code for problem in reversed(problems) if problem.fix}
    read, done = with_fixes(source.text, [problem.fix for problem in problems if problem.fix])
    text, also_done = with_fixes(file.text, done)
    if not done or done != also_done or not says_the_same(path, source.text, read, len(done)):
        return None
    mends = tuple(Mend(fixes[fix], fix.place.line, fix.before, fix.after) for fix in done)
    changed = replace(folder, texts={**folder.texts, path: replace(source, text=read)})
    return replace(file, text=text, mends=(*file.mends, *mends)), changed
