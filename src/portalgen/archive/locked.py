"""What stands in a locked archive: the portal as it is published, its files as scripts."""

from collections.abc import Iterator, Mapping

from portalgen.archive.parts import count_of, parts_of
from portalgen.archive.readme import locked_readme
from portalgen.archive.zip_file import Entry, entry
from portalgen.envelope import encrypted_size
from portalgen.lock import LockedFile
from portalgen.write import Content

README = "README.txt"


def locked_count(files: Mapping[str, Content]) -> int:
    """How many entries `locked_entries` gives for the files of a portal."""
    contents = files.values()
    sizes = [encrypted_size(one.size) for one in contents if isinstance(one, LockedFile)]
    return 1 + len(files) - len(sizes) + sum(count_of(size) for size in sizes)


def locked_entries(files: Mapping[str, Content], language: str) -> Iterator[Entry]:
    """Everything in the archive but the checksums, in the order of the paths.

    Args:
        files: of the portal, as its folder would hold them.
        language: of the studio.
    """
    yield entry(README, locked_readme(language).encode())
    for path in sorted(files):
        content = files[path]
        if isinstance(content, LockedFile):
            size = encrypted_size(content.size)
            yield from (entry(part, text) for part, text in parts_of(path, content, size))
        else:
            assert isinstance(content, bytes)  # noqa: S101 - a page or an asset
            yield entry(path, content)
