"""From changed paths to what has to be made anew."""

from collections.abc import Container, Iterable
from dataclasses import dataclass

from portalgen.model.folder import CONTENT


@dataclass(frozen=True, slots=True)
class Changes:
    """What is not what it was.

    Attributes:
        studio: whether anything changed that all portals share.
        clients: the folders of the clients in which something changed.
    """

    studio: bool
    clients: frozenset[str]


def changes_of(paths: Iterable[str], clients: Container[str]) -> Changes:
    """What a set of changed paths means.

    Args:
        paths: from the workspace, with slashes.
        clients: the folders that are clients', now or before.
    """
    studio = False
    found: set[str] = set()
    for path in paths:
        name, _, rest = path.removeprefix(f"{CONTENT}/").partition("/")
        if path.startswith(f"{CONTENT}/") and (name in clients or (rest and name[0] not in "._~")):
            found.add(name)
        else:
            studio = True
    return Changes(studio, frozenset(found))
