"""What every page is made with: the portal, its words, and the small views that pages share."""

from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar
from urllib.parse import quote

from markupsafe import Markup

from portalgen.attachments import find_in
from portalgen.language import Words, message
from portalgen.markdown import Attachment, to_html
from portalgen.model.body import Body
from portalgen.model.client import Consent, Move
from portalgen.model.entry import Deliverable, Entry, Step
from portalgen.model.file import File
from portalgen.model.page import INDEX, page_path
from portalgen.model.portal import Portal, Workspace
from portalgen.model.studio import Studio
from portalgen.model.values import Span, path_segment

_INLINE = 16 * 1024

Given = TypeVar("Given")
Made = TypeVar("Made")


def maybe(make: Callable[[Given], Made], given: Given | None) -> Made | None:
    """What is made of something that may have been left out."""
    return None if given is None else make(given)


@dataclass(frozen=True, slots=True)
class When:
    """A date, or a range until `last`: in ISO 8601 for machines, in words for the reader."""

    iso: str
    text: str
    last: str = ""


def day_in(words: Words, day: date) -> When:
    """A single day, in a reader's words."""
    return When(day.isoformat(), words.date(day))


def span_in(words: Words, span: Span) -> When:
    """A day, or a range of days, in a reader's words."""
    last = span.last.isoformat() if span.is_range else ""
    return When(span.first.isoformat(), words.span(span), last)


@dataclass(frozen=True, slots=True)
class MoveView:
    """A promise that moved, from one date to the next."""

    was: When
    new: When | None
    why: str | None


@dataclass(frozen=True, slots=True)
class ConsentView:
    """Who agreed, when, and how they said it."""

    by: str | None
    on: When
    via: str | None


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the page, with its text."""

    text: str
    href: str


@dataclass(frozen=True)
class Scope:
    """A portal and the words to tell it in, on the page of one name."""

    portal: Portal
    workspace: Workspace
    words: Words
    page: str

    @property
    def root(self) -> str:
        """From this page up to the portal's own folder."""
        return "../" * page_path(self.page).count("/")

    def href(self, page: str, anchor: str = "") -> str:
        """The address of a page, relative to this one; or of something on a page."""
        fragment = f"#{anchor}" if anchor else ""
        if anchor and page == self.page:
            return fragment
        return f"{self.root}{page_path(page)}{fragment}"

    def day(self, day: date) -> When:
        """A single day."""
        return day_in(self.words, day)

    def when(self, span: Span) -> When:
        """A day, or a range of days."""
        return span_in(self.words, span)

    def moves(self, moved: Sequence[Move], due: Span | None) -> tuple[MoveView, ...]:
        """Each earlier promise, with the one that took its place."""
        after = [*(move.was for move in moved[1:]), due]
        return tuple(
            MoveView(self.when(move.was), maybe(self.when, new), move.why)
            for move, new in zip(moved, after, strict=False)
        )

    def consent(self, consent: Consent) -> ConsentView:
        """Who said yes."""
        by = self.person(consent.by) if consent.by else None
        return ConsentView(by, self.day(consent.on), consent.via)

    def person(self, name: str) -> str:
        """The full name of a contact given by id, or the name itself."""
        return self.portal.full_name(name)

    def link(self, entry: Step | Deliverable) -> Link:
        """A link to a step or a deliverable, under its title."""
        page = INDEX if isinstance(entry, Step) else "deliverables"
        return Link(entry.title, self.href(page, self.anchors[entry.id]))

    def body(
        self, body: Body | None, prefix: str, *, below: int, anchors: bool = False
    ) -> Markup | None:
        """A text as HTML.

        Args:
            prefix: what the ids of its footnotes begin with.
            below: the level of the heading that it stands under.
            anchors: whether links to requirements lead here.
        """
        if body is None:
            return None
        html = to_html(
            body.document,
            resolve=lambda target: maybe(attachment, find_in(self.portal, target, body)),
            prefix=prefix,
            shift=_shift(body, below),
            anchors=anchors,
        )
        return Markup(html)  # noqa: S704 (made by `markdown`, which lets no raw HTML through)

    def requirements(self, covers: Iterable[str]) -> tuple[Link, ...]:
        """The requirements that an entry serves, with links where they stand in the agreement."""
        known = {requirement.id for requirement in self.portal.requirements()}
        return tuple(
            Link(name, self.href("spec", name.lower())) for name in covers if name in known
        )

    @cached_property
    def anchors(self) -> Mapping[str, str]:
        """An anchor for every step and deliverable by its id, unique in the portal."""
        entries = (*self.portal.public_steps, *self.portal.deliverables)
        return _anchors(entries)

    @property
    def currency(self) -> str:
        """The currency that the studio bills in (ISO 4217)."""
        return self.workspace.studio.currency

    @property
    def charges_vat(self) -> bool:
        """Whether the studio charges VAT; one that does not may print none (CGI, art. 283-3)."""
        return self.workspace.studio.legal.vat_regime == "standard"


def _shift(body: Body, below: int) -> int:
    """How far to move headings, so that an author's highest comes just below the page's."""
    levels = [int(token.tag[1]) for token in body.document.tokens if token.type == "heading_open"]
    return below + 1 - min(levels, default=1)


def attachment(file: File, *, inline: int = _INLINE) -> Attachment:
    """How a file stands in a page (docs/lock-format.md, section 6).

    Args:
        inline: bytes up to which a picture travels inside the page.
    """
    shown = file.media_type
    attributes = {
        "data-file": file.known_as,
        "data-digest": file.digest,
        "data-size": str(file.size),
        **({"data-type": shown} if shown else {}),
    }
    is_vector = file.picture_type is not None and not shown
    if file.content is not None and (is_vector or file.size <= inline):
        encoded = b64encode(file.content).decode()
        return Attachment(attributes, True, f"data:{file.picture_type};base64,{encoded}")
    return Attachment(attributes, is_picture=file.picture_type is not None and not is_vector)


def _anchors(entries: Iterable[Entry]) -> dict[str, str]:
    found: dict[str, str] = {}
    taken: set[str] = set()
    for position, entry in enumerate(entries, 1):
        slug = f"on-{path_segment(entry.id) or position}"
        anchor = slug if slug not in taken else f"{slug}-{position}"
        taken.add(anchor)
        found.setdefault(entry.id, anchor)
    return found


_REACH = {
    "email": message("Write an email"),
    "phone": message("Call"),
    "sms": message("Send a text message"),
    "whatsapp": message("Write on WhatsApp"),
}


def answers(scope: Scope, subject: str) -> tuple[Link, ...]:
    """The ways to answer the studio about something, in the order that the studio prefers."""
    studio = scope.workspace.studio
    found = ((way, reach(studio, way, subject)) for way in studio.reach)
    return tuple(Link(scope.words.text(_REACH[way]), href) for way, href in found if href)


def reach(studio: Studio, way: str, subject: str = "") -> str | None:
    """The address to reach the studio in that way; None when it gives none."""
    query = f"?subject={quote(subject)}" if subject else ""
    number = dialled(studio.phone or "")
    if way == "email":
        return f"mailto:{quote(studio.email, safe='@+')}{query}" if studio.email else None
    if way == "whatsapp":
        # The service takes international numbers only.
        return f"https://wa.me/{number[1:]}" if number.startswith("+") else None
    return f"{'sms' if way == 'sms' else 'tel'}:{number}" if number else None


def dialled(phone: str) -> str:
    """A phone number as one dials it, without the (0) that is not dialled from abroad."""
    return "".join(sign for sign in phone.replace("(0)", "") if sign in "+0123456789")
