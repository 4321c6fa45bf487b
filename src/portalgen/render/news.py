"""Events as a reader meets them: lines with a link, and those that may be new to them."""

from collections.abc import Sequence
from dataclasses import dataclass

from portalgen.render.events import Event
from portalgen.render.scope import Scope, When


@dataclass(frozen=True, slots=True)
class EventView:
    """An event as a line, with a link to where it is told."""

    id: str
    kind: str
    when: When
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class News:
    """What may be new: the reader's device knows what is.

    Attributes:
        events: all that ever happened, the newest first.
        all: the way to the whole thread.
    """

    events: tuple[EventView, ...]
    all: str


def news(scope: Scope, told: Sequence[Event]) -> News:
    """What may be new, on the page of the scope."""
    return News(tuple(event_view(scope, event) for event in told), scope.href("journal"))


def event_view(scope: Scope, event: Event) -> EventView:
    """An event on the page of the scope."""
    return EventView(event.id, event.kind, event.when, event.text, event.href(scope))
