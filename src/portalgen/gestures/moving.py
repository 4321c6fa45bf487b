"""A promised date that moves. The old one stays beside it; a reason is never demanded."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from portalgen.edit import Add, Change, Set
from portalgen.gestures.plan import Plan, refuse_future
from portalgen.gestures.refusal import GestureError
from portalgen.gestures.words import command, where
from portalgen.model.entry import Deliverable, Step
from portalgen.model.values import Span
from portalgen.scaffold.opening import Shelf

_BEFORE_DUE = ("finished", "started", "summary", "version", "status", "title", "id")


@dataclass(frozen=True, slots=True)
class Promise:
    """Another day, or range; the day it was moved, today when left out; and a reason, if any."""

    due: Span
    on: date | None = None
    why: str | None = None


def moved(shelf: Shelf, work: Step | Deliverable, new: Promise) -> Plan:
    """A step or a deliverable is promised for another day."""
    _refuse_over(work)
    if work.due == new.due:
        said = f"{work.id} is promised for {span_text(new.due)} already"
        return Plan(place=work.place(), said=said)
    keeps = isinstance(work, Step)
    said = _said(new.due, work.due)
    return Plan(
        place=work.place(),
        changes=_changes(shelf, work.due, new, keeps=keeps),
        said=f"{work.id} ({work.title}): {said}",
        commit=f"{work.title}: {said}",
        then=tuple(_told(shelf, work, new)),
    )


def project_moved(shelf: Shelf, new: Promise) -> Plan:
    """The project as a whole is promised for another day."""
    client = shelf.portal.client
    project = client.project
    if project.closed:
        hint = f"take closed out at {where(client.place('project', 'closed'))} first"
        raise GestureError(f"the project was closed on {project.closed}", hint)
    if project.due == new.due:
        said = f"the project is promised for {span_text(new.due)} already"
        return Plan(place=client.place(), said=said)
    said = _said(new.due, project.due)
    plan = Plan(
        place=client.place(),
        changes=_changes(shelf, project.due, new, keeps=True),
        said=f"{project.title}: {said}",
        commit=f"{project.title}: {said}",
        then=tuple(_beside(shelf, project.due)),
    )
    return plan.below("project")


def span_text(span: Span) -> str:
    """A date, or a range, as it is written."""
    first, last = span.first.isoformat(), span.last.isoformat()
    return f"{first}/{last}" if span.is_range else first


def _refuse_over(work: Step | Deliverable) -> None:
    if isinstance(work, Step) and work.state == "done":
        since = f" since {work.finished}" if work.finished else ""
        raise GestureError(f"{work.id} is done{since}, and promised no more", "name another one")
    if isinstance(work, Deliverable) and work.delivered:
        message = f"{work.id} was delivered on {work.delivered}, and is promised no more"
        raise GestureError(message, "name another one")


def _changes(shelf: Shelf, old: Span | None, new: Promise, *, keeps: bool) -> list[Change]:
    """The new date; and the old one beside it, where the record keeps such."""
    day = new.on or shelf.today
    refuse_future(day, shelf.today, "a date is moved")
    if new.due.last < day:
        message = f"{span_text(new.due)} has passed, and a promise lies ahead"
        raise GestureError(message, f"give a day from {day} on")
    changes: list[Change] = [Set(("due",), span_text(new.due), _BEFORE_DUE)]
    if old is not None and keeps:
        item = {"on": day.isoformat(), "was": span_text(old)}
        item |= {"why": new.why} if new.why else {}
        changes.append(Add(("moved",), item, ("due",)))
    return changes


def _said(due: Span, old: Span | None) -> str:
    return f"{'now' if old else 'first'} promised for {span_text(due)}"


def _told(shelf: Shelf, work: Step | Deliverable, new: Promise) -> Iterator[str]:
    if isinstance(work, Step) and work.internal:
        yield f"{work.id} is internal, and your client sees nothing of it"
        return
    if isinstance(work, Step):
        yield from _beside(shelf, work.due)
    elif work.due:
        yield f"it was {span_text(work.due)} before; a deliverable keeps no earlier dates"
        words = command("new", "update", shelf.client, "TITLE")
        yield f"to tell {shelf.portal.client.name}: {words}"
    if new.why and not (isinstance(work, Step) and work.due):
        yield f"the reason has no place there, and is not written down: {new.why}"
    yield from _beyond_the_project(shelf, new.due)


def _beside(shelf: Shelf, old: Span | None) -> Iterator[str]:
    if old:
        yield f"{shelf.portal.client.name} sees {span_text(old)} beside it, and that it moved"


def _beyond_the_project(shelf: Shelf, due: Span) -> Iterator[str]:
    """A promise that comes after that of the whole."""
    whole = shelf.portal.client.project.due
    if whole and due.last > whole.last:
        yield f"that is after the project as a whole, promised for {span_text(whole)}"
        words = command("move", shelf.client, "project", span_text(due))
        yield f"to move that as well: {words}"
