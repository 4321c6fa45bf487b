"""The dates of a project as a file for calendars (RFC 5545). The home of icalendar."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from portalgen import outstanding
from portalgen.invoicing import document_of, left_to_pay
from portalgen.model.billing import Invoice
from portalgen.model.entry import Deliverable, Step
from portalgen.model.values import Span, path_segment
from portalgen.render.events import Event, stable_id
from portalgen.render.invoice_title import invoice_title
from portalgen.render.scope import Scope

if TYPE_CHECKING:
    import icalendar

_PRODUCT = "-//portalgen//portalgen//EN"
_UID_LENGTH = 32
_LONG_AGO = date(1970, 1, 1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """A file that the page hands over: its name, and its text with bare line feeds."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class _Entry:
    """A day, or a range of days.

    Attributes:
        kind: with `of`, what stays the same when the entry moves.
        known: the days on which something about it became known.
    """

    kind: str
    of: str
    when: Span
    summary: str
    known: tuple[date, ...] = ()


def calendar(
    scope: Scope, told: Sequence[Event], open_invoices: Sequence[Invoice]
) -> CalendarFile | None:
    """The dates of a portal; None when there are none.

    Args:
        told: its events, the newest first: the file is as old as the newest.
        open_invoices: those whose gate is open.
    """
    entries = [*_project(scope), *_work(scope), *_payments(scope, open_invoices)]
    if not entries:
        return None
    title = scope.portal.client.project.title
    name = f"{path_segment(title) or 'project'}.ics"
    return CalendarFile(name, _text(scope, entries, told[0].day if told else _LONG_AGO))


# --- the dates -----------------------------------------------------------------------------------


def _day(day: date) -> Span:
    return Span(day, day)


def _project(scope: Scope) -> Iterator[_Entry]:
    project, words = scope.portal.client.project, scope.words
    moved = _days(move.on for move in project.moved)
    if project.started:
        text = words.text("Beginning of the project")
        yield _Entry("project-start", "", _day(project.started), text, (project.started,))
    if project.closed:
        text = words.text("The project is finished")
        yield _Entry("project", "", _day(project.closed), text, (*moved, project.closed))
    elif project.due:
        yield _Entry("project", "", project.due, words.text("End of the project"), moved)


def _work(scope: Scope) -> Iterator[_Entry]:
    for step in scope.portal.public_steps:
        yield from _step(scope, step)
    for step, waiting in outstanding.awaited(scope.portal):
        if waiting.before:
            text = scope.words.text("Awaited from you: {what}", what=waiting.what.rstrip("."))
            yield _Entry("waiting", step.id, _day(waiting.before), text)
    for item in scope.portal.deliverables:
        yield from _deliverable(scope, item)


def _step(scope: Scope, step: Step) -> Iterator[_Entry]:
    known = _days((*(move.on for move in step.moved), step.started, step.finished))
    if step.finished:
        text = scope.words.text("Step done: {title}", title=step.title)
        yield _Entry("step", step.id, _day(step.finished), text, known)
    elif step.due:
        yield _Entry("step", step.id, step.due, step.title, known)


def _deliverable(scope: Scope, item: Deliverable) -> Iterator[_Entry]:
    words = scope.words
    if item.delivered:
        text = words.text("Delivered: {title}", title=item.title)
        yield _Entry("deliverable", item.id, _day(item.delivered), text, (item.delivered,))
    elif item.due:
        text = words.text("Delivery: {title}", title=item.title)
        yield _Entry("deliverable", item.id, item.due, text)


def _payments(scope: Scope, open_invoices: Sequence[Invoice]) -> Iterator[_Entry]:
    """The days to pay by, as long as something is left to pay."""
    for invoice in open_invoices:
        said = document_of(invoice, scope.portal, scope.workspace)
        left = left_to_pay(said, invoice.payments)
        if said.due and said.kind != "credit note" and left > 0:
            name = invoice_title(scope.words, invoice.kind, invoice.number)
            text = scope.words.text("To pay: {invoice}", invoice=name)
            yield _Entry("payment", invoice.id, _day(said.due), text, _days([invoice.issued]))


def _days(days: Iterable[date | None]) -> tuple[date, ...]:
    return tuple(day for day in days if day)


# --- the file ------------------------------------------------------------------------------------


def _text(scope: Scope, entries: Sequence[_Entry], newest: date) -> str:
    # Imported by who needs it: that takes longer than the calendars of many portals.
    import icalendar  # noqa: PLC0415

    made = icalendar.Calendar()
    project = scope.portal.client.project.title
    head = {"prodid": _PRODUCT, "version": "2.0", "method": "PUBLISH", "x-wr-calname": project}
    _fill(made, head)
    for entry in sorted(entries, key=lambda entry: (entry.when.first, entry.when.last)):
        event = icalendar.Event()
        _fill(event, _properties(scope, entry, newest))
        made.add_component(event)
    text: str = made.to_ical().decode()
    return text.replace("\r\n", "\n")


def _fill(component: "icalendar.Component", properties: Mapping[str, object]) -> None:
    for name, value in properties.items():
        component.add(name, value)


def _properties(scope: Scope, entry: _Entry, newest: date) -> Mapping[str, object]:
    """An entry as whole days; the last one is exclusive (RFC 5545, section 3.6.1)."""
    project = scope.portal.client.project.title
    return {
        "uid": stable_id(scope.portal, "calendar", entry.kind, entry.of)[:_UID_LENGTH],
        "dtstamp": _midnight(newest),
        "last-modified": _midnight(max(entry.known, default=newest)),
        "sequence": len(entry.known),
        "dtstart": entry.when.first,
        "dtend": entry.when.last + _DAY,
        "summary": scope.words.text("{what} ({project})", what=entry.summary, project=project),
        "transp": "TRANSPARENT",
    }


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
