"""What a client says yes to, beside an invoice: a deliverable, an amendment, the specification."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from portalgen.approving import ApproveError, contact_meant
from portalgen.edit import Set, Value
from portalgen.gestures.moving import span_text
from portalgen.gestures.plan import Plan, refuse_future
from portalgen.gestures.refusal import GestureError
from portalgen.gestures.words import command, where
from portalgen.model.client import Consent, Spec
from portalgen.model.entry import Amendment, Deliverable
from portalgen.scaffold.opening import Shelf

Agreed = Deliverable | Amendment | Spec


@dataclass(frozen=True, slots=True)
class Yes:
    """Who said yes, when, and how."""

    by: str | None = None
    on: date | None = None
    via: str | None = None


def approved(shelf: Shelf, subject: Agreed, yes: Yes) -> Plan:
    """The client has said yes to something."""
    key = "approved" if isinstance(subject, Deliverable) else "agreed"
    known: Consent | None = getattr(subject, key)
    name = _name(subject)
    if known:
        return _known(shelf, subject, known, yes)
    if yes.by is None:
        raise GestureError(f"nobody has said yes to {name} yet", "say who did: --by NAME")
    day = yes.on or shelf.today
    refuse_future(day, shelf.today, "somebody says yes")
    _refuse_undelivered(shelf, subject, day)
    value: dict[str, Value] = {"by": _person(shelf, yes.by), "on": day.isoformat()}
    value |= {"via": yes.via} if yes.via else {}
    return Plan(
        place=subject.place(),
        changes=[Set((key,), value, _after(subject))],
        said=f"{name}: {key} by {shelf.portal.full_name(str(value['by']))} on {day}",
        commit=f"{_title(subject)}: {key}",
        then=tuple(_next(shelf, subject)),
    )


def _known(shelf: Shelf, subject: Agreed, known: Consent, yes: Yes) -> Plan:
    """What stands there already is so; anything else is changed by hand."""
    key = "approved" if isinstance(subject, Deliverable) else "agreed"
    asked = (yes.by and _person(shelf, yes.by), yes.on, yes.via)
    pairs = zip(asked, (known.by, known.on, known.via), strict=True)
    by = f" by {known.by}" if known.by else ""
    said = f"{_name(subject)} was {key}{by} on {known.on} already"
    if any(one is not None and one != other for one, other in pairs):
        raise GestureError(said, f"change it at {where(subject.place(key))}")
    return Plan(place=subject.place(), said=said)


def _person(shelf: Shelf, name: str) -> str:
    try:
        return contact_meant(name, shelf.portal)
    except ApproveError as error:
        raise GestureError(str(error), error.hint) from error


def _refuse_undelivered(shelf: Shelf, subject: Agreed, day: date) -> None:
    if not isinstance(subject, Deliverable):
        return
    if subject.delivered is None:
        first = command("deliver", shelf.client, subject.id, "--on", day.isoformat())
        raise GestureError(f"{subject.id} is not delivered yet", f"say first: {first}")
    if day < subject.delivered:
        message = f"{subject.id} was delivered on {subject.delivered}, after {day}"
        raise GestureError(message, f"give --on a day from {subject.delivered} on")


def _after(subject: Agreed) -> tuple[str, ...]:
    if isinstance(subject, Deliverable):
        return ("delivered", "due", "version", "title", "id")
    return ("price", "version", "title", "id")


def _name(subject: Agreed) -> str:
    return "the specification" if isinstance(subject, Spec) else subject.id


def _title(subject: Agreed) -> str:
    return "Specification" if isinstance(subject, Spec) else subject.title


def _next(shelf: Shelf, subject: Agreed) -> Iterator[str]:
    portal = shelf.portal
    if isinstance(subject, Amendment):
        if subject.due_change:
            span = subject.due_change
            words = command("move", shelf.client, "project", span_text(span))
            yield f"it moves the project: {words}"
        yield f"{portal.client.name} finds its points under The agreement today"
        return
    if isinstance(subject, Spec):
        return
    left = [d.id for d in portal.deliverables if not d.approved and d is not subject]
    yield f"not approved yet: {', '.join(left)}" if left else "every deliverable is approved"
    if not left and portal.unissued:
        words = command("approve", shelf.client, "--by", "NAME")
        yield f"when they approve the work as a whole: {words}"
