"""Files that the content refers to: they exist, inside the client's folder."""

import posixpath
from collections.abc import Iterator

from portalgen.attachments import attached, bodies, candidates, find
from portalgen.check.texts import place_of_target
from portalgen.links import leads_to_text, may_be_unread
from portalgen.model import spellings
from portalgen.model.portal import Portal
from portalgen.problem import Place, Problem, Source, warning

LARGE = 300_000_000
"""Bytes from which a browser needs much memory to take a file."""


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


def references(portal: Portal) -> Iterator[Problem]:
    """Links and images in a text: from the client's folder, or from the text's own file."""
    for body in bodies(portal):
        for reference in body.document.references:
            paths = candidates(portal, reference.target, body)
            if find(portal, *paths) or leads_to_text(portal, reference.target, body):
                continue
            if may_be_unread(portal, reference.target):
                continue
            place = place_of_target(reference.target, body.place(reference.line))
            yield from _problems(portal, paths, place)


def large_files(portal: Portal) -> Iterator[Problem]:
    """A file that a telephone will hardly take."""
    for file in attached(portal):
        if file.size > LARGE:
            message = f"this file has {file.size // 1_000_000} MB: telephones may fail to take it"
            hint = "make it smaller, cut it into parts, or give a link"
            place = Place(Source(f"content/{portal.folder}/{file.path}"))
            yield warning("large-file", message, place, hint)


def links_with_spaces(portal: Portal) -> Iterator[Problem]:
    """A link that Markdown does not read, because its path has spaces."""
    for body in bodies(portal):
        for oddity in body.document.unread_links:
            message = "this link is not read, because its path has spaces"
            hint = f"put the path between < and >: (<{oddity.text}>)"
            yield Problem("link-with-spaces", message, body.place(oddity.line), hint)


def _problems(portal: Portal, ways: tuple[str, ...], place: Place) -> Iterator[Problem]:
    """What is wrong with a path, if none of the ways to read it leads to a file."""
    if find(portal, *ways):
        return
    paths = [posixpath.normpath(path) for path in ways]
    shown = ways[0]
    hint = "copy the file into the client's folder, and write its path from there"
    if all(path.startswith(("/", "../")) or path == ".." for path in paths):
        yield Problem("file-outside", f'"{shown}" leads out of the client\'s folder', place, hint)
    elif any(path in portal.outside for path in paths):
        message = f'"{shown}" is a link that leads out of the client\'s folder, or nowhere'
        yield Problem("file-outside", message, place, hint)
    else:
        near = next(filter(None, (spellings.closest(p, list(portal.files)) for p in paths)), None)
        hint = f'did you mean "{near}"?' if near else hint
        yield Problem("file-not-found", f'there is no file "{shown}"', place, hint)
