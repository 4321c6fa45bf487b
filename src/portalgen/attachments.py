"""The files that the content refers to: which they are, and which of them go out.

A path starts at the client's folder; in Markdown also at the text's own file.
"""

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from portalgen.model.body import Body
from portalgen.model.file import File
from portalgen.model.portal import Portal


def candidates(portal: Portal, target: str, body: Body) -> tuple[str, ...]:
    """The paths that a link or a picture in a text may mean, likeliest first."""
    path = unquote(target).partition("#")[0].partition("?")[0]
    own = posixpath.dirname(body.start.source.path.partition(f"/{portal.folder}/")[2])
    return path, posixpath.join(own, path)


def find(portal: Portal, *paths: str) -> File | None:
    """The first of those paths that leads to a file of the client's folder."""
    found = (portal.file(posixpath.normpath(path)) for path in paths)
    return next((file for file in found if file), None)


def find_in(portal: Portal, target: str, body: Body) -> File | None:
    """The file that a link or a picture in a text leads to."""
    return find(portal, *candidates(portal, target, body))


def attached(portal: Portal) -> tuple[File, ...]:
    """Every file that the client gets to see, once each. What is internal attaches nothing."""
    found = dict.fromkeys(file for file in _attached(portal) if file)
    return tuple(found)


def bodies(portal: Portal, *, internal: bool = True) -> Iterator[Body]:
    """Every text of a portal; those of internal steps only when asked for."""
    yield portal.spec.text
    entries = (
        *(portal.steps if internal else portal.public_steps),
        *portal.deliverables,
        *portal.updates,
        *portal.corrections,
        *portal.amendments,
    )
    yield from (entry.text for entry in entries if entry.text)


def _attached(portal: Portal) -> Iterator[File | None]:
    if portal.client.look.logo:
        yield find(portal, portal.client.look.logo)
    for item in portal.deliverables:
        yield from (find(portal, path) for path in item.files)
    for body in bodies(portal, internal=False):
        for reference in body.document.references:
            yield find_in(portal, reference.target, body)
