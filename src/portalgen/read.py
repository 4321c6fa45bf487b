"""The first stage: from a folder on disk to its texts and the list of its files.

The only room that reads what an author wrote. It never follows a link out of a client's
folder, never opens anything but regular files, and never changes anything.

What looks like a secret in clear is covered here, and goes no further: neither a page nor a
message of a later stage can have it. Files that are no content are looked through for secrets
too, hidden ones first of all: a forgotten `.env` is the commonest leak.
"""

import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path, PurePath
from typing import BinaryIO

from portalgen.inside import open_inside
from portalgen.model.file import File
from portalgen.model.folder import COLLECTIONS, CONTENT, Folder
from portalgen.model.issued import ISSUED
from portalgen.model.ledger import LEDGER
from portalgen.model.seal import SEALED
from portalgen.model.theme import ASSETS
from portalgen.model.theme import FOLDER as THEME
from portalgen.picture_size import dimensions_of
from portalgen.problem import Place, Problem, Source
from portalgen.secret_scan import cover, cover_all
from portalgen.secret_scan.files import may_be_text, text_of
from portalgen.secret_scan.hints import STUDIO_HINTS, Hints, hints_for_client

STUDIO = "studio.yaml"
_CHUNK = 1024 * 1024

LARGEST_TEXT = 4 * 1024 * 1024
"""Bytes of a text that is read: some 2,000 printed pages."""

LARGEST_ASSET = 256 * 1024
"""Bytes of a picture or a font in a client's own theme."""

_THEME_ENDINGS = (".html", ".css", ".yaml", ".yml")
_TEXT_ENDINGS = (".md", ".yaml", ".yml")
_NEEDED = frozenset({"access.yaml", "client.yaml", "spec.md"})
_FOLDERS = (*COLLECTIONS, THEME, ISSUED)
"""Folders of a client whose content belongs to the portal, be it named by another file or not."""
_IGNORED = re.compile(r"(?:^|/)[._~]|(?:~|\.swp|\.bak)(?:/|$)")
_VERSION_CONTROL = (".git", ".hg", ".svn")


def client_names(root: Path) -> tuple[str, ...]:
    """The names of the clients' folders, sorted.

    Raises:
        FileNotFoundError: the workspace has no content folder.
    """
    with os.scandir(root / CONTENT) as entries:
        return tuple(sorted(e.name for e in entries if e.is_dir() and not _ignored(e.name)))


def workspace_above(folder: Path) -> Path | None:
    """The nearest workspace that a folder lies in, further up."""
    parents = folder.absolute().parents
    return next((above for above in parents if (above / CONTENT / STUDIO).is_file()), None)


def read_studio(root: Path) -> tuple[Folder, list[Problem]]:
    """Read the files that all clients share; no client's folder is opened."""
    content = root / CONTENT
    with os.scandir(content) as entries:
        found = [entry for entry in entries if entry.name not in _VERSION_CONTROL]
    hidden = [e.name for e in found if _ignored(e.name) and e.is_dir(follow_symlinks=False)]
    paths = [entry.name for entry in found if not entry.is_dir()]
    paths += [f"{name}/{path}" for name in hidden for path in _walk(content / name)]
    return _read(content, CONTENT, sorted(paths), STUDIO_HINTS)


def read_client(root: Path, name: str) -> tuple[Folder, list[Problem]]:
    """Read one client's folder, and nothing else."""
    folder = root / CONTENT / name
    shown = f"{CONTENT}/{name}"
    if closed := _closed(folder, shown):
        return Folder(shown, {}, {}, _NEEDED, frozenset()), [closed]
    read, problems = _read(folder, shown, sorted(_walk(folder)), hints_for_client(name))
    theme, found = _own_assets(folder, read)
    return replace(read, theme=theme), [*problems, *found]


def _closed(folder: Path, shown: str) -> Problem | None:
    """Why a folder of the content is not entered: what stands in it would be silently left out."""
    place = Place(Source(shown))
    if folder.is_symlink():
        message = "a folder of a client cannot be a link"
        return Problem("outside-folder", message, place, "put the folder itself here")
    try:
        with os.scandir(folder):
            return None
    except OSError as error:
        return _unreadable(place, "folder", error)


def _unreadable(place: Place, what: str, error: OSError) -> Problem:
    message = f"this {what} cannot be read: {error.strerror}"
    return Problem("unreadable-file", message, place, "check its permissions")


def _own_assets(folder: Path, read: Folder) -> tuple[dict[str, bytes], list[Problem]]:
    """Pictures and fonts of a client's own theme: small, since they travel inside its pages."""
    assets: dict[str, bytes] = {}
    problems = []
    for path, size in read.files.items():
        if not path.startswith(f"{THEME}/{ASSETS}"):
            continue
        place = Place(Source(f"{read.path}/{path}"))
        if size > LARGEST_ASSET:
            message = f"this file is larger than {LARGEST_ASSET // 1024} KiB"
            hint = "make it smaller: it travels inside every page of this client"
            problems.append(Problem("asset-too-large", message, place, hint))
            continue
        try:
            with open_inside(folder / path, folder) as content:
                assets[path] = content.read(LARGEST_ASSET)
        except OSError as error:
            problems.append(_unreadable(place, "file", error))
    return assets, problems


def read_attached(
    root: Path, name: str, files: Iterable[File]
) -> tuple[tuple[File, ...], list[Problem]]:
    """Read the files that go out with a client's portal: their digests, and small pictures whole.

    A file is read as a stream, whatever its size, and not kept.
    """
    folder = root / CONTENT / name
    read: list[File] = []
    problems: list[Problem] = []
    for file in files:
        try:
            read.append(_with_digest(folder, file))
        except OSError as error:
            place = Place(Source(f"{CONTENT}/{name}/{file.path}"))
            problems.append(_unreadable(place, "file", error))
    return tuple(read), problems


def _with_digest(folder: Path, file: File) -> File:
    digest, size, kept = sha256(), 0, b""
    with open_inside(folder / file.path, folder) as content:
        while chunk := content.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            kept = kept + chunk if file.is_small_picture else b""
        dimensions = _dimensions(file, content)
    read = replace(file, size=size, digest=digest.hexdigest(), dimensions=dimensions)
    return replace(read, content=kept) if read.is_small_picture else read


def _dimensions(file: File, content: BinaryIO) -> tuple[int, int] | None:
    if not file.is_raster:
        return None
    content.seek(0)
    return dimensions_of(content)


def _walk(folder: Path) -> Iterator[str]:
    """The paths below a folder; one behind a link, or closed to us, is named and not entered."""
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        try:
            with os.scandir(folder / inside) as found:
                entries = [entry for entry in found if entry.name not in _VERSION_CONTROL]
        except OSError:
            yield inside.rstrip("/")
            continue
        for entry in entries:
            path = f"{inside}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                waiting.append(f"{path}/")
            else:
                yield path


def _read(folder: Path, shown: str, paths: list[str], hints: Hints) -> tuple[Folder, list[Problem]]:
    """Read what stands at those paths; `hints` say what to do with a secret in clear."""
    texts: dict[str, Source] = {}
    files: dict[str, int] = {}
    problems: dict[str, Problem] = {}
    outside: set[str] = set()
    clear: list[Problem] = []
    real = folder.resolve()
    for path in paths:
        size = _size_inside(folder / path, real)
        if _ignored(path):
            clear += _secrets_in(folder / path, _shown(shown, path), size, hints)
            continue
        if not path.isprintable():
            problems[path] = _bad_name(_shown(shown, path))
            continue
        if size is None:
            outside.add(path)
            if path in _FOLDERS and (closed := _closed(folder / path, f"{shown}/{path}")):
                problems[path] = closed
        if not _may_be_content(path):
            files |= {} if size is None else {path: size}
            clear += _secrets_in(folder / path, f"{shown}/{path}", size, hints)
            continue
        source = _text(folder / path, f"{shown}/{path}", size)
        if isinstance(source, Source):
            texts[path] = source
        else:
            problems[path] = source
    covered, found = cover_all(tuple(texts.values()), hints)
    texts = dict(zip(texts, covered, strict=True))
    unreadable = frozenset(problems)
    read = Folder(shown, texts, files, unreadable, frozenset(outside))
    return read, [*problems.values(), *found, *clear]


def _shown(folder: str, path: str) -> str:
    """The path as a message may show it, whatever the name of the file."""
    return f"{folder}/{path}".encode("utf-8", "replace").decode("utf-8")


def _bad_name(shown: str) -> Problem:
    message = "this file's name has signs that are not UTF-8, or cannot be seen"
    return Problem("bad-file-name", message, Place(Source(shown)), "rename the file")


def _size_inside(path: Path, folder: Path) -> int | None:
    """The size of a regular file that lies in the folder, wherever a link leads; else None."""
    try:
        real = path.resolve(strict=True)
        info = real.stat()
    except OSError:
        return None
    inside = real.is_relative_to(folder) and stat.S_ISREG(info.st_mode)
    return info.st_size if inside else None


def _may_be_content(path: str) -> bool:
    """Whether a text could be part of the content, by its place and its ending."""
    folder, _, name = path.rpartition("/")
    if path.startswith(f"{THEME}/"):
        return name.endswith(_THEME_ENDINGS)
    if folder in (SEALED, ISSUED):
        return name.endswith(".json")
    if path == LEDGER:
        return True
    return name.endswith(_TEXT_ENDINGS) and (not folder or folder in COLLECTIONS)


def _text(path: Path, shown: str, size: int | None) -> Source | Problem:
    place = Place(Source(shown))
    if size is None:
        message = "this is no file of this folder: a link that leads out of it, or something else"
        return Problem("outside-folder", message, place, "put the text itself here")
    if size > LARGEST_TEXT:
        message = f"this text is larger than {LARGEST_TEXT // 1024 // 1024} MiB"
        return Problem("text-too-large", message, place, "move data to files/")
    try:
        data = path.read_bytes()
    except OSError as error:
        return _unreadable(place, "file", error)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _not_utf8(shown, data, error.start)
    return Source(shown, _with_plain_ends(text))


def _with_plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _not_utf8(shown: str, data: bytes, position: int) -> Problem:
    message, hint = "this file is not UTF-8", "save it with the encoding UTF-8"
    if PurePath(shown).parent.name == SEALED:  # perhaps a code in clear: none of it is shown
        return Problem("not-utf8", message, Place(Source(shown)), "seal the code anew")
    before = data[:position].decode("utf-8", "replace")
    source, _ = cover(Source(shown, data.decode("utf-8", "replace")))
    place = Place(source, before.count("\n") + 1, len(before) - before.rfind("\n"))
    return Problem("not-utf8", message, place, hint)


def _secrets_in(path: Path, shown: str, size: int | None, hints: Hints) -> list[Problem]:
    """What looks like a secret in a file that is no content."""
    if size is None or not may_be_text(path.name, size):
        return []
    try:
        text = text_of(path.read_bytes())
    except OSError:
        return []
    _, found = cover(Source(shown, _with_plain_ends(text)), hints)
    return found


def _ignored(path: str) -> bool:
    """Hidden files, and what editors and systems leave behind, by a name or a whole path."""
    return bool(_IGNORED.search(path))
