"""What changes in a workspace, as it is saved: the home of watchdog.

Editors save in many ways: over the file, or with a second one that takes its name. Both come out
as changed paths, and so do folders that come, go and move.
"""

import errno
import os
import queue
import re
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileAttribEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from portalgen.model.folder import CONTENT

THEMES = "themes"

_WATCHED = (CONTENT, THEMES)
_SETTLED = 0.015
_CLOSED = 0.004
"""Seconds without a further change: an editor empties a file before it writes it. Less will do once
it has closed the file, or given it its name."""
_FINAL = ("closed", "moved", "deleted")
_PATIENCE = 0.25
"""Seconds of changes without a pause, as when git changes branches; then it is time to show."""
_SCRATCH = re.compile(r"(?:^|/)(?:\.git|\.hg|\.svn)(?:/|$)|(?:~|\.sw[a-z]|\.tmp)$|(?:^|/)[#.]#")
"""What version control and editors write for themselves."""
_NO_MORE_WATCHES = (errno.ENOSPC, errno.EMFILE)
_EVENTS: list[type[FileSystemEvent]] = [
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileAttribEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]


_Change = tuple[str, float]
"""A path, and how long nothing else may happen after it."""


class Watch:
    """Watches the content and the themes of a workspace, from `with` to its end.

    Args:
        root: the workspace.
        poll: look at every file each second, for drives that tell of no change.
    """

    def __init__(self, root: Path, *, poll: bool = False) -> None:
        self._root = root.resolve()
        self._changed: queue.SimpleQueue[_Change] = queue.SimpleQueue()
        self._watches: dict[str, ObservedWatch] = {}
        self._observer: BaseObserver = PollingObserver() if poll else Observer()
        self.polls = poll
        """Whether it looks each second; also where the system watches no more."""

    def __enter__(self) -> Self:
        try:
            self._start()
        except OSError as error:
            if error.errno not in _NO_MORE_WATCHES:
                raise
            self._look_instead()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._stop()

    def next(self, timeout: float) -> frozenset[str]:
        """Wait for changes, and for the pause after them.

        Args:
            timeout: seconds to wait for the first.

        Returns:
            The paths that changed, from the workspace, with slashes; none when the time is over.
        """
        try:
            path, pause = self._changed.get(timeout=timeout)
        except queue.Empty:
            return frozenset()
        changed = {path}
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            try:
                path, pause = self._changed.get(timeout=pause)
            except queue.Empty:
                break
            changed.add(path)
        if changed.intersection(_WATCHED):
            self._follow_folders()
        return frozenset(changed)

    def _start(self) -> None:
        self._observer.schedule(
            _Reporter(self._root, "", self._changed), str(self._root), event_filter=_EVENTS
        )
        self._observer.start()
        self._watch_again()

    def _stop(self) -> None:
        if self._observer.is_alive():
            self._observer.stop()
            self._observer.join()

    def _follow_folders(self) -> None:
        """Watch the folders that stand there now, however the system takes it."""
        try:
            self._watch_again()
        except (FileNotFoundError, NotADirectoryError):
            return  # it went meanwhile, and that will be told as well
        except OSError:
            self._look_instead()

    def _look_instead(self) -> None:
        self._stop()
        self._observer, self._watches, self.polls = PollingObserver(), {}, True
        self._start()

    def _watch_again(self) -> None:
        """Watch what stands there now: a folder may have gone, and come back as another."""
        for name in _WATCHED:
            earlier = self._watches.pop(name, None)
            if earlier is not None:
                self._observer.unschedule(earlier)
            # Unlike Path.resolve, this bears a link that leads to itself.
            folder = Path(os.path.realpath(self._root / name))
            if folder.is_dir():
                self._watches[name] = self._observer.schedule(
                    _Reporter(folder, name, self._changed),
                    str(folder),
                    recursive=True,
                    event_filter=_EVENTS,
                )


class _Reporter(FileSystemEventHandler):
    """Puts what changed into the queue, by its path from the workspace.

    Args:
        folder: the one that is watched.
        name: what it is called in the workspace; empty for the workspace itself, of which only the
            folders that are to be watched matter.
    """

    def __init__(self, folder: Path, name: str, changed: "queue.SimpleQueue[_Change]") -> None:
        self._folder = str(folder)
        self._name = name
        self._changed = changed

    def on_any_event(self, event: FileSystemEvent) -> None:
        for path in (event.src_path, event.dest_path):
            shown = self._shown(os.fsdecode(path)) if path else None
            if shown and not _SCRATCH.search(shown):
                self._changed.put((shown, _CLOSED if event.event_type in _FINAL else _SETTLED))

    def _shown(self, path: str) -> str | None:
        inside = os.path.relpath(path, self._folder).replace(os.sep, "/")
        if not self._name:
            return inside if inside in _WATCHED else None
        if inside == ".":
            return self._name
        return None if inside.startswith("../") else f"{self._name}/{inside}"


def what_stands(root: Path) -> dict[str, tuple[int, int, int]]:
    """What every file is known by: its inode, its size, the time of its last change (ns)."""
    return {
        path: (info.st_ino, info.st_size, info.st_mtime_ns)
        for name in _WATCHED
        for path, info in _files(root / name, name)
    }


def differences(
    before: dict[str, tuple[int, int, int]], after: dict[str, tuple[int, int, int]]
) -> frozenset[str]:
    """The paths that changed between two looks at the workspace."""
    paths = before.keys() | after.keys()
    return frozenset(path for path in paths if before.get(path) != after.get(path))


def _files(folder: Path, shown: str) -> Iterator[tuple[str, os.stat_result]]:
    waiting = [(str(folder), shown)]
    while waiting:
        inside, path = waiting.pop()
        try:
            with os.scandir(inside) as found:
                entries = list(found)
        except OSError:
            continue
        for entry in entries:
            here = f"{path}/{entry.name}"
            if _SCRATCH.search(here):
                continue
            try:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((entry.path, here))
                else:
                    yield here, entry.stat(follow_symlinks=False)
            except OSError:
                continue
