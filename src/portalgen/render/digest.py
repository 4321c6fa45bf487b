"""News to send by mail: what is new, what is being done, what comes next, what is needed.

A mail is read on another day than it was made, and by nobody's key: so every date is told in full,
and nothing is told that the author would not write in a mail: no text of the journal, no access, no
file. All of that is in the private space, which the mail leads to.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from unicodedata import category

from portalgen import outstanding
from portalgen.contrast import best_ink
from portalgen.language import Words
from portalgen.model.billing import Invoice
from portalgen.model.values import Span
from portalgen.outstanding import Work
from portalgen.render.asks import Ask, asks, to_approve
from portalgen.render.events import Event
from portalgen.render.scope import Scope
from portalgen.render.standing import standing

_TOLD = 10
"""What is new, told one by one; a longer list is read in the private space."""
_NEXT = 3
_ACCENT = "#1d5b4c"
"""The theme's own green, for a client without a colour."""


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list: what it is, and what there is to know beside it."""

    text: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A list under its title.

    Attributes:
        more: how much of it is left out; None when all of it stands here.
    """

    title: str
    items: tuple[Item, ...]
    more: str | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """A mail with news.

    Attributes:
        subject: one line.
        opening: where the project stands, a paragraph each.
        lead: what leads to the private space; shown with its address.
        address: of the portal; None when nobody knows it yet.
        closing: what the mail ends with, a paragraph each.
        signature: the person and the studio, a line each.
        accent: the client's colour, `#rrggbb`.
        ink: black or white, whichever is read better on it.
    """

    language: str
    subject: str
    greeting: str
    opening: tuple[str, ...]
    sections: tuple[Section, ...]
    lead: str
    address: str | None
    closing: tuple[str, ...]
    signature: tuple[str, ...]
    accent: str
    ink: str


def digest(
    scope: Scope,
    told: Sequence[Event],
    open_invoices: Sequence[Invoice],
    *,
    since: date,
    year: int,
    names: Sequence[str],
    address: str | None,
) -> Digest:
    """Tell the news of a portal.

    Args:
        told: the events that are new, the oldest first.
        open_invoices: those whose gate is open; no other invoice is mentioned.
        since: the day from which on they are new, for the title.
        year: in which the mail is written; dates of another one say theirs.
        names: how the readers are greeted.
        address: where the portal is published.
    """
    words, studio = scope.words, scope.workspace.studio
    project = scope.portal.client.project
    accent = scope.portal.client.look.accent or _ACCENT
    informal = words.form == "informal"
    goodbye = words.text("See you soon,") if informal else words.text("Kind regards,")
    return Digest(
        language=words.language,
        subject=words.text("News of “{title}”", title=one_line(project.title)),
        greeting=words.text("Hello {name},", name=words.list([one_line(name) for name in names])),
        opening=tuple(_opening(scope, open_invoices)),
        sections=tuple(_sections(scope, told, since, year)),
        lead=words.text("All of it is in your private space:"),
        address=address,
        closing=(words.text("If anything is unclear, just answer this message."), goodbye),
        signature=tuple(dict.fromkeys(map(one_line, (studio.author, studio.name)))),
        accent=accent,
        ink=best_ink([accent])[0],
    )


def one_line(text: str) -> str:
    """A text without line ends and control signs, as the head of a mail can bear it."""
    return re.sub(" {2,}", " ", "".join(map(_visible, text))).strip()


def _visible(sign: str) -> str:
    """The sign; a space for one that nobody sees, unless it is a space of its own kind."""
    return sign if sign.isprintable() or category(sign) == "Zs" else " "


def _opening(scope: Scope, open_invoices: Sequence[Invoice]) -> Iterator[str]:
    project = scope.portal.client.project
    if project.closed:
        return
    yield standing(scope, open_invoices)
    if project.health and project.health.says:
        yield one_line(project.health.says)


def _sections(scope: Scope, told: Sequence[Event], since: date, year: int) -> Iterator[Section]:
    """The lists that have something in them, in the order in which they are read."""
    words = scope.words
    left = len(told) - _TOLD
    news = tuple(_told(words, event, year) for event in told[-_TOLD:])
    more = words.plural("- and {n} more", "- and {n} more", left) if left > 0 else None
    title = words.text("New since {date}", date=words.date(since))
    lists = (
        Section(title, news, more and more.removeprefix("- ")),
        Section(words.text("In progress"), tuple(_in_progress(scope, year))),
        Section(words.text("What comes next"), tuple(_next(scope, year))),
        Section(words.text("Your turn"), tuple(_your_turn(scope, year))),
    )
    yield from (each for each in lists if each.items)


def _told(words: Words, event: Event, year: int) -> Item:
    return _item(event.text, (_day(words, event.day, year),))


def _in_progress(scope: Scope, year: int) -> Iterator[Item]:
    if not scope.portal.client.project.closed:
        for step in scope.portal.public_steps:
            if step.state == "in progress":
                yield _planned(scope, step, year)


def _next(scope: Scope, year: int) -> Iterator[Item]:
    """What is promised next; without any date, the next step."""
    portal = scope.portal
    if portal.client.project.closed:
        return
    begun = [step for step in portal.public_steps if step.state == "in progress"]
    dated: list[Work] = [work for _, work in outstanding.promised(portal) if work not in begun]
    to_do: list[Work] = [step for step in portal.public_steps if step.state == "to do"]
    for work in dated[:_NEXT] or to_do[:1]:
        yield _planned(scope, work, year)


def _planned(scope: Scope, work: Work, year: int) -> Item:
    if work.due is None:
        return _item(work.title, ())
    when = _span(scope.words, work.due, year)
    return _item(work.title, (f"{scope.words.text('Planned:')} {when}",))


def _your_turn(scope: Scope, year: int) -> Iterator[Item]:
    for ask in asks(scope):
        yield _item(ask.text, tuple(_notes(scope, ask, year)))
    for item in to_approve(scope):
        yield _item(item.what.text, (scope.words.text("Waiting for your approval"),))


def _notes(scope: Scope, ask: Ask, year: int) -> Iterator[str]:
    """How it can be given, whose it is, and by when; for a question, what it is about."""
    if ask.is_question:
        yield ask.about.text
    if ask.how:
        yield ask.how
    if ask.who and len(scope.portal.client.contacts) > 1:
        yield ask.who
    if ask.before:
        day = _day(scope.words, date.fromisoformat(ask.before.iso), year)
        yield scope.words.text("needed by {date}", date=day)


def _item(text: str, notes: tuple[str, ...]) -> Item:
    return Item(one_line(text), tuple(map(one_line, notes)))


def _day(words: Words, day: date, year: int) -> str:
    return words.day_of_week(day, year=day.year != year)


def _span(words: Words, span: Span, year: int) -> str:
    return words.span(span) if span.is_range else _day(words, span.last, year)
