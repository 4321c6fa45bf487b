"""The files of a portal, read again only when they changed: a save must not read every video."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from portalgen.model.file import File
from portalgen.model.folder import CONTENT
from portalgen.problem import Problem
from portalgen.read import read_attached

_Mark = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Attached:
    """What was read of one client's files, by path, and what each was known by."""

    read: dict[str, tuple[_Mark, File]] = field(default_factory=dict)

    def of(
        self, root: Path, name: str, files: Iterable[File]
    ) -> tuple[tuple[File, ...], list[Problem]]:
        """The files with their digests; what is wrong with those that cannot be read."""
        known: list[File] = []
        problems: list[Problem] = []
        for file in files:
            mark = _mark(root / CONTENT / name / file.path)
            kept = self.read.get(file.path)
            if mark and kept and kept[0] == mark:
                known.append(kept[1])
                continue
            fresh, unread = read_attached(root, name, [file])
            known += fresh
            problems += unread
            if mark and fresh:
                self.read[file.path] = (mark, fresh[0])
        return tuple(known), problems


def _mark(path: Path) -> _Mark | None:
    try:
        info = path.stat()
    except OSError:
        return None
    return info.st_ino, info.st_size, info.st_mtime_ns
