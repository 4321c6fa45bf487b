"""The page of the corrections: what was asked for, and what became of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from portalgen.language import message
from portalgen.links import correction_anchor
from portalgen.model.entry import Correction
from portalgen.model.portal import Portal
from portalgen.render.messages import Message, correction
from portalgen.render.scope import Link, Scope, When, maybe


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A correction, numbered, with its answer.

    Attributes:
        closed: the day it was done or withdrawn.
        said: what happened on that day.
    """

    anchor: str
    number: int
    state: str
    label: str
    closed: When | None
    said: str
    on: When | None
    by: str | None
    about: Link | None
    body: Markup | None
    reply: Markup | None


@dataclass(frozen=True, slots=True)
class Corrections:
    """Everything on the page; the newest correction comes first."""

    summary: str | None
    corrections: tuple[CorrectionView, ...]
    ask: Message


_STATES = {
    "done": message("Made"),
    "withdrawn": message("Withdrawn"),
    "open": message("In hand"),
}
_CLOSED = {
    "done": message("Made on"),
    "withdrawn": message("Withdrawn on"),
    "open": "",
}


def has_corrections(portal: Portal) -> bool:
    """Whether there is such a page: something was asked for, or there is something to receive."""
    return bool(portal.corrections or portal.deliverables)


def corrections(scope: Scope) -> Corrections:
    """All corrections with their answers, and a way to ask for another."""
    views = [_correction(scope, n, entry) for n, entry in enumerate(scope.portal.corrections, 1)]
    return Corrections(summary_of(scope), tuple(reversed(views)), correction(scope))


def number_of(portal: Portal, name: str) -> int:
    """The number of the correction with that id: its place in the order they were asked for."""
    return next(n for n, entry in enumerate(portal.corrections, 1) if entry.id == name)


def summary_of(scope: Scope) -> str | None:
    """How many were asked for and what became of them, in a sentence; None without any."""
    entries = scope.portal.corrections
    if not entries:
        return None
    counted = ", ".join(_counted(scope, entries))
    return scope.words.plural(
        "{counted}, included in the price.",
        "{counted}, all included in the price.",
        len(entries),
        counted=counted,
    )


def _counted(scope: Scope, entries: Sequence[Correction]) -> Iterator[str]:
    words, states = scope.words, [_state(entry) for entry in entries]
    yield words.plural("{n} asked for", "{n} asked for", len(entries))
    if "done" in states:
        yield words.plural("{n} made", "{n} made", states.count("done"))
    if "open" in states:
        yield words.plural("{n} in hand", "{n} in hand", states.count("open"))
    if "withdrawn" in states:
        yield words.plural(
            "{n} withdrawn at your request",
            "{n} withdrawn at your request",
            states.count("withdrawn"),
        )


def _correction(scope: Scope, number: int, entry: Correction) -> CorrectionView:
    anchor, state = correction_anchor(number), _state(entry)
    about = scope.portal.public_work(entry.about)
    return CorrectionView(
        anchor=anchor,
        number=number,
        state=state,
        label=scope.words.text(_STATES[state]),
        closed=maybe(scope.day, entry.done or entry.withdrawn),
        said=scope.words.text(_CLOSED[state]),
        on=maybe(scope.day, entry.on),
        by=maybe(scope.person, entry.by),
        about=scope.link(about) if about else None,
        body=scope.body(entry.text, anchor, below=2),
        reply=maybe(scope.text, entry.reply),
    )


def _state(entry: Correction) -> str:
    if entry.withdrawn:
        return "withdrawn"
    return "done" if entry.done else "open"
