"""What one folder of the content holds, as read: the hand-over from `read` to `parse`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from portalgen.problem import Source

CONTENT = "content"
COLLECTIONS = ("steps", "deliverables", "updates", "corrections", "amendments", "invoices")


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder. Every path is relative to it, with slashes.

    Attributes:
        path: the folder itself, from the workspace.
        texts: Markdown and YAML that may be content.
        files: everything else, with its size in bytes.
        unreadable: texts that are there and cannot be read; each is a problem already.
        theme: pictures and fonts of the client's own theme, whole, by path.
        outside: links that lead out of the folder, or to nothing.
    """

    path: str
    texts: Mapping[str, Source]
    files: Mapping[str, int]
    unreadable: frozenset[str]
    outside: frozenset[str]
    theme: Mapping[str, bytes] = field(default_factory=dict, repr=False)
