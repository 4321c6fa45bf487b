"""Files as they are handed over: their names, kinds, sizes, previews and fingerprints."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

from portalgen.attachments import find
from portalgen.markdown import Attachment
from portalgen.model.entry import Deliverable
from portalgen.model.file import File
from portalgen.model.portal import Portal
from portalgen.render.file_kinds import kind_of
from portalgen.render.scope import Scope, attachment

_LARGEST_PREVIEW = 2 * 1000 * 1000
"""Bytes up to which a telephone decrypts a picture nobody asked to see."""
_MOST_PIXELS = 24 * 1000 * 1000
"""Pixels up to which it can unfold one: four bytes of memory each."""


@dataclass(frozen=True, slots=True)
class FileView:
    """A file that belongs to a deliverable.

    Attributes:
        name: with as many folders as tell it from the other files of the page.
        kind: what it is, in plain words.
        attributes: of the buttons that stand for it, by which the page's script finds it.
        can_be_shown: whether a browser can show it, and not only take it.
        preview: a picture that is small enough to be shown without asking.
        digest: SHA-256 of the file itself, in hexadecimal; empty until it was read.
    """

    name: str
    kind: str
    size: str
    attributes: Mapping[str, str]
    can_be_shown: bool
    preview: Attachment | None
    digest: str


def files_of(scope: Scope, item: Deliverable, names: Mapping[str, str]) -> Iterator[FileView]:
    """The files of a deliverable, in its order; one that is not there is a problem already.

    Args:
        names: what they are called, by their paths (`file_names`).
    """
    for file in _found(scope.portal, item):
        found = attachment(file)
        yield FileView(
            name=names[file.path],
            kind=kind_of(scope.words, file.ending),
            size=scope.words.size(file.size),
            attributes=found.attributes,
            can_be_shown=file.media_type is not None,
            preview=found if _can_be_previewed(file, found) else None,
            digest=file.digest,
        )


def _found(portal: Portal, item: Deliverable) -> Iterator[File]:
    found = (find(portal, path) for path in item.files)
    yield from dict.fromkeys(file for file in found if file)


def _can_be_previewed(file: File, found: Attachment) -> bool:
    if not file.is_raster:
        return found.address is not None
    width, height = file.dimensions or (0, 0)
    return 0 < width * height <= _MOST_PIXELS and file.size <= _LARGEST_PREVIEW


def file_names(portal: Portal) -> Mapping[str, str]:
    """A name for every file of the deliverables, by its path: the shortest end of the path that is
    no other's, so that two files of one name are told apart."""
    paths = {file.path for item in portal.deliverables for file in _found(portal, item)}
    ends = Counter(end for path in paths for end in _ends(path))
    return {path: next((e for e in _ends(path) if ends[e] == 1), path) for path in paths}


def _ends(path: str) -> Iterable[str]:
    """The ends of a path: its name, then with one folder more each."""
    return accumulate(reversed(path.split("/")), lambda end, folder: f"{folder}/{end}")
