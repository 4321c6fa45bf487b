"""Files that the content refers to: they exist, inside the client's folder."""

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from portalgen.model import spellings
from portalgen.model.body import Body
from portalgen.model.portal import Portal
from portalgen.problem import Place, Problem


def deliverable_files(portal: Portal) -> Iterator[Problem]:
    """`files` of a deliverable."""
    for item in portal.deliverables:
        for position, path in enumerate(item.files):
            yield from _problems(portal, (path,), item.place("files", position))


def logo(portal: Portal) -> Iterator[Problem]:
    """The client's logo."""
    path = portal.client.look.logo
    if path:
        yield from _problems(portal, (path,), portal.client.place("look", "logo"))


def sealed(portal: Portal) -> Iterator[Problem]:
    """Sealed access codes."""
    for item in portal.deliverables:
        for position, account in enumerate(item.accounts):
            if account.sealed:
                place = item.place("accounts", position, "sealed")
                yield from _problems(portal, (account.sealed,), place)


def references(portal: Portal) -> Iterator[Problem]:
    """Links and images in a text: from the client's folder, or from the text's own file."""
    for body in _bodies(portal):
        for reference in body.document.references:
            path = unquote(reference.target).partition("#")[0].partition("?")[0]
            place = body.place(reference.line)
            own = posixpath.dirname(_inside(portal, place.source.path))
            yield from _problems(portal, (path, posixpath.join(own, path)), place)


def links_with_spaces(portal: Portal) -> Iterator[Problem]:
    """A link that Markdown does not read, because its path has spaces."""
    for body in _bodies(portal):
        for oddity in body.document.unread_links:
            message = "this link is not read, because its path has spaces"
            hint = f"put the path between < and >: (<{oddity.text}>)"
            yield Problem("link-with-spaces", message, body.place(oddity.line), hint)


def _bodies(portal: Portal) -> Iterator[Body]:
    yield portal.spec.text
    entries = (
        *portal.steps,
        *portal.deliverables,
        *portal.updates,
        *portal.corrections,
        *portal.amendments,
    )
    yield from (entry.text for entry in entries if entry.text)


def _inside(portal: Portal, path: str) -> str:
    return path.partition(f"/{portal.folder}/")[2]


def _problems(portal: Portal, candidates: tuple[str, ...], place: Place) -> Iterator[Problem]:
    """What is wrong with a path, if none of the ways to read it leads to a file."""
    paths = [posixpath.normpath(path) for path in candidates]
    if any(portal.file(path) for path in paths):
        return
    shown = candidates[0]
    hint = "copy the file into the client's folder, and write its path from there"
    if any(path.startswith(("/", "../")) or path == ".." for path in paths[:1]):
        yield Problem("file-outside", f'"{shown}" leads out of the client\'s folder', place, hint)
    elif any(path in portal.outside for path in paths):
        message = f'"{shown}" is a link that leads out of the client\'s folder, or nowhere'
        yield Problem("file-outside", message, place, hint)
    else:
        near = spellings.closest(paths[0], list(portal.files))
        hint = f'did you mean "{near}"?' if near else hint
        yield Problem("file-not-found", f'there is no file "{shown}"', place, hint)
