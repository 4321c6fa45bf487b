"""The last stage: files into the output folder, so that every portal is whole at any moment.

A portal is written to a fresh folder beside its place, and the two are exchanged in one step.
"""

import ctypes
import os
import shutil
import sys
from collections.abc import Callable, Container, Iterable, Mapping
from pathlib import Path

Content = bytes | Iterable[bytes]
"""What a file will hold: as it is, or piece by piece while it is written."""

_FRESH = ".fresh-"
"""Begins the name of what is not finished, or on its way out: nobody misses it."""
_OLD = ".old-"
"""Begins the name of a portal put aside while another takes its place."""
_LOCK_PAGE_MARK = b'id="portalgen-lock"'
_FRONT_PAGE_MARK = b'<meta name="generator" content="portalgen">'


def is_ours(folder: Path) -> bool:
    """Whether that folder is a portal that portalgen wrote, or is empty."""
    return _has_mark(folder, _LOCK_PAGE_MARK)


def is_portal(folder: Path) -> bool:
    """Whether the first page of that folder is a lock page."""
    return _LOCK_PAGE_MARK in (_first_page(folder) or b"")


def is_published(folder: Path) -> bool:
    """Whether the first page of that folder is one of an output, or of a portal."""
    page = _first_page(folder) or b""
    return _LOCK_PAGE_MARK in page or _FRONT_PAGE_MARK in page


def is_our_output(output: Path) -> bool:
    """Whether that folder is an output that portalgen wrote, is empty, or is not there."""
    return not output.exists() or _has_mark(output, _FRONT_PAGE_MARK)


def meant(path: str) -> str:
    """The path of what was to be written, when a system names the fresh one beside it."""
    return path.replace(_FRESH, "")


def _has_mark(folder: Path, mark: bytes) -> bool:
    if not folder.is_dir() or folder.is_symlink():
        return False
    page = _first_page(folder)
    if page is None:
        return not any(name for name in os.listdir(folder) if not name.startswith((_FRESH, _OLD)))
    return mark in page


def _first_page(folder: Path) -> bytes | None:
    page = folder / "index.html"
    try:
        return page.read_bytes() if page.is_file() else None  # a pipe would be waited for
    except OSError:
        return None


def tidy(output: Path) -> None:
    """Undo what an interrupted build left: put aside portals back, remove what is unfinished."""
    output.mkdir(parents=True, exist_ok=True)
    for old in output.glob(f"{_OLD}*"):
        target = output / old.name.removeprefix(_OLD)
        if not target.exists():
            old.rename(target)
    for pattern in (f"{_OLD}*", f"{_FRESH}*", f"*/{_FRESH}*"):
        for left in output.glob(pattern):
            _discard(left)


def write_folder(
    target: Path, files: Mapping[str, Content], accept: Callable[[Path], bool]
) -> bool:
    """Write a folder whole, and put it in place of the one there is.

    Args:
        files: content by path inside the folder.
        accept: reads the fresh folder again; when it says no, nothing is changed.
    """
    fresh = target.with_name(_FRESH + target.name)
    try:
        for path in sorted(files):  # in the order of their addresses: the times tell nothing else
            file = fresh / path
            file.parent.mkdir(parents=True, exist_ok=True)
            _write(file, files[path])
        accepted = accept(fresh)
        if accepted:
            _swap_in(fresh, target)
    finally:
        _discard(fresh)  # what is half encrypted must not meet the rest, under the same key
    return accepted


def _write(file: Path, content: Content) -> None:
    if isinstance(content, bytes):
        file.write_bytes(content)
        return
    with file.open("wb") as stream:
        stream.writelines(content)


def write_file(target: Path, content: bytes) -> None:
    """Write a file whole: readers see the old content or the new, nothing between.

    A file that is replaced hands on its mode.
    """
    if target.is_file() and target.read_bytes() == content:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(_FRESH + target.name)
    with fresh.open("wb") as stream:
        if target.exists():
            shutil.copymode(target, fresh)
        stream.write(content)
    fresh.replace(target)


def remove_folder(output: Path, path: str) -> None:
    """Remove a folder of the output, in one step for whoever looks."""
    gone = output / (_FRESH + path.replace("/", "-"))
    (output / path).rename(gone)
    _discard(gone)


def keep_only(folder: Path, names: Container[str]) -> None:
    """Remove every file of a folder that has none of those names."""
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name not in names:
            _discard(path)


def remove_others(output: Path, kept: Iterable[str]) -> tuple[str, ...]:
    """Remove the portals that no client stands behind any more; returns their names."""
    kept = set(kept)
    gone = tuple(
        sorted(
            name
            for name in os.listdir(output)
            if name not in kept and _has_mark(output / name, _LOCK_PAGE_MARK)
        )
    )
    for name in gone:
        remove_folder(output, name)
    return gone


def _swap_in(fresh: Path, target: Path) -> None:
    if not target.exists():
        fresh.rename(target)
    elif not _exchange(fresh, target):
        old = target.with_name(_OLD + target.name)
        target.rename(old)
        fresh.rename(target)
        _discard(old)


def _discard(path: Path) -> None:
    """Remove a file or a folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step where the system can: renameat2 and renamex_np.

    Elsewhere there is a moment between two renames; `tidy` repairs what stops in it.
    """
    arguments = (os.fsencode(one), os.fsencode(other))
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            return bool(libc.renamex_np(*arguments, _RENAME_SWAP) == 0)
        return bool(
            libc.renameat2(_AT_FDCWD, arguments[0], _AT_FDCWD, arguments[1], _RENAME_EXCHANGE) == 0
        )
    except (AttributeError, OSError, TypeError):
        return False


_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_RENAME_SWAP = 2
