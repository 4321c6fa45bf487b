"""What a client may send to the studio, begun for them: a correction, an answer, an approval.

The links hold the whole message and need no script. They are unsigned where several people read
the portal: the browser knows who reads, and signs (`browser/page/`).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from portalgen.attachments import find
from portalgen.gate import awaits_approval
from portalgen.language import Words
from portalgen.model.access import people_of
from portalgen.model.entry import Deliverable
from portalgen.outstanding import Work
from portalgen.render.clip import clip
from portalgen.render.reach import WAYS, reach
from portalgen.render.scope import Link, Scope

_LONGEST = 1900
"""Characters of an address that every system takes: Windows hands over 2,048."""
_LONGEST_NAME = 80
_FINGERPRINT = 12
"""Digits of a SHA-256 that tell a file from any other of the same project."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who writes, known by their `kid`; anybody when it is empty."""

    reader: str
    text: str


@dataclass(frozen=True, slots=True)
class Message:
    """A message that the reader completes and sends.

    Attributes:
        about: what it is about, for the names of its links.
        ways: to send it, as the studio prefers; a call carries no text.
        text: all of it but the signature.
        unsigned: the signature of anybody as it ends the links, percent-encoded.
    """

    about: str
    ways: tuple[Link, ...]
    text: str
    signatures: tuple[Signature, ...]
    unsigned: str


@dataclass(frozen=True, slots=True)
class _Room:
    """How much of what an author wrote a message may repeat: characters of each, and items."""

    characters: int = 10_000
    items: int = 10_000

    def clip(self, text: str) -> str:
        """As much of a text as there is room for."""
        return clip(text, self.characters)


_ROOMS = (_Room(), _Room(300, 8), _Room(120, 6), _Room(50, 4), _Room(20, 2), _Room(8, 1))
"""Tried in order until an address is short enough."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """A message as it is sent: a subject, and paragraphs."""

    subject: str
    paragraphs: tuple[str, ...]


_Writer = Callable[[_Room], _Draft]


def correction(scope: Scope, work: Work | None = None) -> Message:
    """Asks for a correction of something, or of anything at all."""
    words = scope.words
    title = work.title if work else scope.portal.client.project.title

    def write(room: _Room) -> _Draft:
        about = _named(scope, work, room) if work else words.text("(what it is about)")
        return _Draft(
            words.text("Correction: {title}", title=room.clip(title)),
            (
                words.text("I would like a correction: {about}.", about=about),
                _project(scope, room),
                words.text("What I see:"),
                words.text("What I expected:"),
                words.text("Where (which page, which device):"),
            ),
        )

    return _message(scope, title, write)


def answer(scope: Scope, work: Work, asked: str, *, is_question: bool = True) -> Message:
    """Answers a question about something, or sends what it waits for."""
    words = scope.words

    def write(room: _Room) -> _Draft:
        about = _named(scope, work, room)
        opening = words.text("For {about}, you need:", about=about)
        mine = words.text("Here it is:")
        if is_question:
            opening = words.text("Your question about {about}:", about=about)
            mine = words.text("My answer:")
        return _Draft(
            words.text("Answer: {title}", title=room.clip(work.title)),
            (f"{opening}\n{room.clip(asked)}", _project(scope, room), mine),
        )

    return _message(scope, work.title, write)


def approval(scope: Scope, item: Deliverable) -> Message | None:
    """Approves a deliverable as it was delivered; None when there is nothing to approve."""
    if not awaits_approval(scope.portal, item):
        return None

    def write(room: _Room) -> _Draft:
        words = scope.words
        files = _listed(words, words.text("Files:"), _files(scope, item), room)
        opening = words.text("I approve {about}.", about=_named(scope, item, room))
        subject = words.text("Approval: {title}", title=room.clip(item.title))
        return _Draft(subject, (opening, _project(scope, room), *files))

    return _message(scope, item.title, write)


def approval_of_all(scope: Scope, still_to_come: Sequence[str]) -> Message:
    """Approves everything that was agreed, and names what is still to come."""
    title = scope.portal.client.project.title

    def write(room: _Room) -> _Draft:
        words = scope.words
        opening = words.text(
            "I approve everything that was agreed for “{title}”.", title=room.clip(title)
        )
        missing = _listed(words, words.text("Still to come:"), still_to_come, room)
        return _Draft(words.text("Approval: {title}", title=room.clip(title)), (opening, *missing))

    return _message(scope, title, write)


# --- what a message says -------------------------------------------------------------------------


def _named(scope: Scope, work: Work, room: _Room) -> str:
    """The title, with the version of a deliverable that has one."""
    title, version = room.clip(work.title), work.version if isinstance(work, Deliverable) else None
    if version is None:
        return scope.words.text("“{title}”", title=title)
    return scope.words.text("“{title}”, version {version}", title=title, version=room.clip(version))


def _project(scope: Scope, room: _Room) -> str:
    return scope.words.text("Project: {title}", title=room.clip(scope.portal.client.project.title))


def _files(scope: Scope, item: Deliverable) -> Iterator[str]:
    """Every file of a deliverable, with what tells this content from any other."""
    for path in item.files:
        file = find(scope.portal, path)
        if file:
            print_ = f" (SHA-256 {file.digest[:_FINGERPRINT]}…)" if file.digest else ""
            yield f"{file.name}{print_}"


def _listed(words: Words, label: str, items: Iterable[str], room: _Room) -> tuple[str, ...]:
    """A paragraph with an item on each line; nothing without items."""
    found = tuple(items)
    lines = [f"- {item}" for item in found[: room.items]]
    left = len(found) - len(lines)
    if left:
        lines.append(words.plural("- and {n} more", "- and {n} more", left))
    return ("\n".join((label, *lines)),) if lines else ()


# --- how it is sent ------------------------------------------------------------------------------


def _message(scope: Scope, about: str, write: _Writer) -> Message:
    signatures = tuple(_signatures(scope))
    anybody = signatures[-1].text
    found = ((way, _address(scope, way, write, anybody)) for way in scope.workspace.studio.reach)
    return Message(
        about=about,
        ways=tuple(Link(scope.words.text(WAYS[way]), href) for way, href in found if href),
        text=_text(scope.words, write(_ROOMS[0])),
        signatures=signatures,
        unsigned=quote(anybody, safe=""),
    )


def _signatures(scope: Scope) -> Iterator[Signature]:
    """One for each reader by name, and at last one for anybody."""
    contacts = scope.portal.client.contacts
    for person in people_of(scope.portal.access):
        yield Signature(person.kid, _signed(scope.portal.full_name(person.name)))
    only = contacts[0].name if len(contacts) == 1 else None
    yield Signature("", _signed(only) if only else scope.words.text("My name:"))


def _signed(name: str) -> str:
    return clip(name, _LONGEST_NAME)


def _address(scope: Scope, way: str, write: _Writer, signature: str) -> str | None:
    """The link of one way, with as much of the message as a link may hold."""
    href = None
    for room in _ROOMS:
        draft = write(room)
        body = _text(scope.words, draft) + signature
        href = reach(scope.workspace.studio, way, draft.subject, body)
        if href is None or len(href) <= _LONGEST:
            break
    return href


def _text(words: Words, draft: _Draft) -> str:
    """The message up to the signature, with room to write after what ends in a colon."""
    informal = words.form == "informal"
    closing = words.text("See you soon,") if informal else words.text("Kind regards,")
    paragraphs = (words.text("Hello,"), *draft.paragraphs)
    return "\n\n".join((*map(_with_room, paragraphs), f"{closing}\n"))


def _with_room(paragraph: str) -> str:
    return f"{paragraph}\n" if paragraph.endswith(":") else paragraph
