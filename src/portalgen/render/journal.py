"""The page of the journal: the news, and the corrections with their answers."""

from dataclasses import dataclass

from markupsafe import Markup

from portalgen.language import message
from portalgen.model.entry import Correction, Deliverable, Step, Update
from portalgen.render.scope import Link, Scope, When, maybe


@dataclass(frozen=True, slots=True)
class UpdateView:
    """An entry of the journal."""

    anchor: str
    title: str
    on: When
    by: str | None
    body: Markup | None


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A correction, numbered, with its answer."""

    anchor: str
    number: int
    state: str
    label: str
    closed: When | None
    on: When | None
    by: str | None
    about: Link | None
    body: Markup | None
    reply: str | None


@dataclass(frozen=True, slots=True)
class Journal:
    """Everything on the page of the journal."""

    updates: tuple[UpdateView, ...]
    corrections: tuple[CorrectionView, ...]


_STATES = {
    "done": message("Made"),
    "withdrawn": message("Withdrawn"),
    "open": message("In hand"),
}


def journal(scope: Scope) -> Journal:
    """The news, newest first, and the corrections in the order they were asked for."""
    updates = [_update(scope, n, entry) for n, entry in enumerate(scope.portal.updates, 1)]
    corrections = enumerate(scope.portal.corrections, 1)
    return Journal(
        updates=tuple(reversed(updates)),
        corrections=tuple(_correction(scope, n, entry) for n, entry in corrections),
    )


def _update(scope: Scope, number: int, update: Update) -> UpdateView:
    anchor = f"news-{number}"
    return UpdateView(
        anchor=anchor,
        title=update.title,
        on=scope.day(update.on),
        by=maybe(scope.person, update.by),
        body=scope.body(update.text, anchor, below=3),
    )


def _correction(scope: Scope, number: int, correction: Correction) -> CorrectionView:
    anchor, state = f"correction-{number}", _state(correction)
    closed = correction.done or correction.withdrawn
    return CorrectionView(
        anchor=anchor,
        number=number,
        state=state,
        label=scope.words.text(_STATES[state]),
        closed=maybe(scope.day, closed),
        on=maybe(scope.day, correction.on),
        by=maybe(scope.person, correction.by),
        about=_about(scope, correction.about),
        body=scope.body(correction.text, anchor, below=3),
        reply=correction.reply,
    )


def _state(correction: Correction) -> str:
    if correction.withdrawn:
        return "withdrawn"
    return "done" if correction.done else "open"


def _about(scope: Scope, name: str | None) -> Link | None:
    """The step or deliverable that is meant; one that the client may not see is not named."""
    entries: list[Step | Deliverable] = [*scope.portal.public_steps, *scope.portal.deliverables]
    return next((scope.link(entry) for entry in entries if entry.id == name), None)
