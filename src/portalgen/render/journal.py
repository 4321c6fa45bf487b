"""The page of the journal: news and dated facts in one thread, the newest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from portalgen.links import update_anchor
from portalgen.model.entry import Update
from portalgen.render.events import UPDATE, Event
from portalgen.render.news import EventView, event_view
from portalgen.render.scope import Scope, maybe


@dataclass(frozen=True, slots=True)
class UpdateView:
    """An entry of the journal, in full."""

    anchor: str
    by: str | None
    body: Markup | None


@dataclass(frozen=True, slots=True)
class Told:
    """An event of the thread; `update` when it is told right here, and in full."""

    event: EventView
    update: UpdateView | None


@dataclass(frozen=True, slots=True)
class Month:
    """The events of a month."""

    label: str
    told: tuple[Told, ...]


def journal(scope: Scope, told: Sequence[Event]) -> tuple[Month, ...]:
    """The thread by months, in the order of the events."""
    updates = {
        update_anchor(number): _update(scope, number, entry)
        for number, entry in enumerate(scope.portal.updates, 1)
    }
    by_month = groupby(told, key=lambda event: (event.day.year, event.day.month))
    return tuple(_month(scope, list(events), updates) for _, events in by_month)


def _month(scope: Scope, events: Sequence[Event], updates: Mapping[str, UpdateView]) -> Month:
    told = (
        Told(event_view(scope, event), updates[event.anchor] if event.kind == UPDATE else None)
        for event in events
    )
    return Month(scope.words.month(events[0].day), tuple(told))


def _update(scope: Scope, number: int, update: Update) -> UpdateView:
    anchor = update_anchor(number)
    body = scope.body(update.text, anchor, below=3)
    return UpdateView(anchor, maybe(scope.person, update.by), body)
