"""What every page is made with: the portal, its words, and the small views that pages share."""

from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import TypeVar

from markupsafe import Markup, escape

from portalgen.attachments import find_in
from portalgen.glossary import glossary
from portalgen.language import Words
from portalgen.links import anchor_of, goal_of
from portalgen.markdown import Attachment, PageTerms, terms_in, text_to_html, to_html
from portalgen.model.billing import Invoice
from portalgen.model.body import Body
from portalgen.model.client import Consent, Move, Spec
from portalgen.model.entry import Amendment, Correction, Deliverable, Entry, Step
from portalgen.model.file import File
from portalgen.model.page import INDEX, invoice_page, page_path
from portalgen.model.portal import Portal, Requirement, Workspace, id_of
from portalgen.model.values import Span, path_segment
from portalgen.render.prose import Prose

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

    def invoice_page(self, invoice: Invoice) -> str:
        """The name of the page of an invoice."""
        return invoice_page(id_of(self.portal, self.workspace), invoice.id)

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
        html = partial(
            to_html,
            body.document,
            resolve=lambda target: maybe(attachment, find_in(self.portal, target, body)),
            follow=lambda target: self._inside(target, body),
            prefix=prefix,
            shift=_shift(body, below),
            anchors=anchors,
        )
        # `markdown` lets no raw HTML through.
        if not terms_in(body.document, self._terms.glossary):
            return Markup(html())  # noqa: S704
        return Prose(html(), partial(html, terms=self._terms))

    def _inside(self, target: str, body: Body) -> str | None:
        """The address of what a link in a text leads to inside the portal."""
        goal = goal_of(self.portal, target, body)
        if goal is None:
            return None
        if isinstance(goal, Requirement):
            return self.href("spec", goal.id.lower())
        if isinstance(goal, Spec):
            return self.href("spec")
        if isinstance(goal, Step | Deliverable):
            return self.link(goal).href
        page = {Correction: "corrections", Amendment: "spec"}.get(type(goal), "journal")
        return self.href(page, anchor_of(self.portal, goal))

    def text(self, text: str) -> Markup:
        """A text without Markdown, with the terms that the page explains there."""
        return Prose(escape(text), partial(text_to_html, text, self._terms))

    @cached_property
    def _terms(self) -> PageTerms:
        """What this page explained so far."""
        return PageTerms(glossary(self.workspace))

    def requirements(self, covers: Iterable[str]) -> tuple[Link, ...]:
        """The requirements that an entry serves, with links where they stand in the agreement."""
        known = (name for name in covers if name in self._requirement_ids)
        return tuple(Link(name, self.href("spec", name.lower())) for name in known)

    @cached_property
    def _requirement_ids(self) -> frozenset[str]:
        return frozenset(requirement.id for requirement in self.portal.requirements())

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
    width, height = file.dimensions or (None, None)
    dimensions = {"width": str(width), "height": str(height)} if width and height else {}
    address = None
    if file.content is not None and (not file.is_raster or file.size <= inline):
        encoded = b64encode(file.content).decode()
        address = f"data:{file.picture_type};base64,{encoded}"
    is_picture = file.is_raster or address is not None
    return Attachment(attributes, is_picture, address, dimensions)


def _anchors(entries: Iterable[Entry]) -> dict[str, str]:
    found: dict[str, str] = {}
    taken: set[str] = set()
    for position, entry in enumerate(entries, 1):
        slug = f"on-{path_segment(entry.id) or position}"
        anchor = slug if slug not in taken else f"{slug}-{position}"
        taken.add(anchor)
        found.setdefault(entry.id, anchor)
    return found
