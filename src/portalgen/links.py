"""Where the links inside a portal lead: to a requirement, or to another text of the folder.

An author writes `#R3`, `#C1` or the id of a step, or the path of a Markdown file of the content,
as any editor completes it. What the client may not see is no place to lead to.
"""

import posixpath
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from portalgen.attachments import candidates
from portalgen.model.body import Body
from portalgen.model.client import Spec
from portalgen.model.entry import Amendment, Correction, Deliverable, Entry, Step, Update
from portalgen.model.folder import CONTENT
from portalgen.model.portal import Portal, Requirement

Text = Spec | Step | Deliverable | Correction | Amendment | Update
Goal = Requirement | Text


def goal_of(portal: Portal, target: str, body: Body) -> Goal | None:
    """What a link in a text leads to inside the portal; None when that is nothing, or a file."""
    path, _, fragment = unquote(target).partition("#")
    if not path:
        return _named(portal, fragment)
    found = _text_at(portal, target, body)
    if isinstance(found, Step) and found.internal:
        return None
    if isinstance(found, Spec | Amendment) and fragment:
        return _named(portal, fragment)
    return found


def may_be_unread(portal: Portal, target: str) -> bool:
    """Whether a link may mean an entry with errors of its own: nobody can call that missing."""
    path, _, name = unquote(target).partition("#")
    if path:
        return path.endswith(".md") and bool(portal.unread)
    unread = {each.casefold() for each in portal.unread}
    return name.casefold() in unread or "spec.md" in unread


def leads_to_text(portal: Portal, target: str, body: Body) -> bool:
    """Whether a path means a Markdown file of the content, seen by the client or not."""
    return _text_at(portal, target, body) is not None


def goals_by_name(portal: Portal) -> tuple[str, ...]:
    """Everything that can stand after a #, in the order of reading."""
    return tuple(name for name, _ in _names(portal))


def _named(portal: Portal, name: str) -> Goal | None:
    wanted = name.casefold()
    return next((goal for each, goal in _names(portal) if each.casefold() == wanted), None)


def _names(portal: Portal) -> Iterator[tuple[str, Goal]]:
    yield from ((requirement.id, requirement) for requirement in portal.requirements())
    entries: tuple[Step | Deliverable | Correction | Amendment, ...] = (
        *portal.public_steps,
        *portal.deliverables,
        *portal.corrections,
        *portal.amendments,
    )
    yield from ((entry.id, entry) for entry in entries)


def _text_at(portal: Portal, target: str, body: Body) -> Text | None:
    own = candidates(portal, target, body)
    if not own[0].endswith(".md"):
        return None
    paths = {f"{CONTENT}/{portal.folder}/{posixpath.normpath(way)}" for way in own}
    return next((text for text in _texts(portal) if text.place().source.path in paths), None)


def _texts(portal: Portal) -> Iterator[Text]:
    """Everything that has a Markdown file of its own."""
    yield portal.spec
    texts: tuple[Step | Deliverable | Correction | Amendment | Update, ...] = (
        *portal.steps,
        *portal.deliverables,
        *portal.corrections,
        *portal.amendments,
        *portal.updates,
    )
    yield from (entry for entry in texts if entry.place().source.path.endswith(".md"))


def anchor_of(portal: Portal, entry: Correction | Amendment | Update) -> str:
    """Where a correction, an amendment or an entry of the journal stands on its page."""
    if isinstance(entry, Correction):
        return correction_anchor(1 + _position(portal.corrections, entry))
    if isinstance(entry, Amendment):
        return amendment_anchor(1 + _position(portal.amendments, entry))
    return update_anchor(1 + _position(portal.updates, entry))


def correction_anchor(number: int) -> str:
    """Where the correction of a number stands on its page."""
    return f"correction-{number}"


def amendment_anchor(number: int) -> str:
    """Where an amendment stands on the page of the specification."""
    return f"amendment-{number}"


def update_anchor(number: int) -> str:
    """Where an update stands on the page of the journal; the oldest is number 1."""
    return f"news-{number}"


def _position(entries: Sequence[Entry], entry: Entry) -> int:
    return next(number for number, each in enumerate(entries) if each is entry)
