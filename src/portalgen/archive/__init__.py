"""Everything that a client owns in one file, which opens without anybody's help."""

from portalgen.archive.make import Archived, ArchiveError, Wish, archive

__all__ = ["ArchiveError", "Archived", "Wish", "archive"]
