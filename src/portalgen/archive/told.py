"""What happened and what was agreed, as two texts that open anywhere."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import indent

from portalgen.archive.plain_text import plain_text
from portalgen.gate import asks_completeness
from portalgen.language import message
from portalgen.links import update_anchor
from portalgen.model.billing import Invoice
from portalgen.render.events import UPDATE, Event
from portalgen.render.scope import Scope

_AGREED_SPEC = message("Agreement on the specification")
_AGREED_CHANGE = message("Agreement on a change: {title}")
_APPROVED = message("Approved: {title}")
_APPROVED_WHOLE = message("Approval of the whole work")
_APPROVALS = message("Agreements and approvals")
_JOURNAL = message("Journal")
_WITHDRAWN = message("Correction no. {number} withdrawn")


@dataclass(frozen=True, slots=True)
class Said:
    """Something that the client said.

    Attributes:
        on: None where nobody wrote down the day.
        what: in the client's words.
        about: the id of what it is about; of an invoice, its number or its id.
        by, via: who said it, and how.
    """

    on: date | None
    what: str
    about: str
    by: str | None
    via: str | None


def approvals(scope: Scope, invoices: Sequence[Invoice]) -> tuple[Said, ...]:
    """Everything that the client agreed to, approved or withdrew, the oldest first."""
    found = [*_approvals(scope, invoices)]
    return tuple(sorted(found, key=lambda said: said.on or date.max))


def _approvals(scope: Scope, invoices: Sequence[Invoice]) -> Iterator[Said]:
    portal, text = scope.portal, scope.words.text
    if agreed := portal.spec.agreed:
        yield Said(agreed.on, text(_AGREED_SPEC), "spec", _by(scope, agreed.by), agreed.via)
    for amendment in portal.amendments:
        if agreed := amendment.agreed:
            what = text(_AGREED_CHANGE, title=amendment.title)
            yield Said(agreed.on, what, amendment.id, _by(scope, agreed.by), agreed.via)
    for item in portal.deliverables:
        if agreed := item.approved:
            what = text(_APPROVED, title=item.title)
            yield Said(agreed.on, what, item.id, _by(scope, agreed.by), agreed.via)
    for number, correction in enumerate(portal.corrections, 1):
        if correction.withdrawn:
            what = text(_WITHDRAWN, number=number)
            yield Said(correction.withdrawn, what, correction.id, None, None)
    for invoice in invoices:
        if (approval := invoice.approval) and asks_completeness(invoice):
            name = invoice.number or invoice.id
            by = _by(scope, approval.by)
            yield Said(approval.on, text(_APPROVED_WHOLE), name, by, approval.via)


def _by(scope: Scope, name: str | None) -> str | None:
    return scope.person(name) if name else None


def approvals_text(scope: Scope, said: Sequence[Said]) -> str:
    """The approvals as a text."""
    lines = [f"{_when(scope, one.on)}{one.what}{_who(one)}" for one in said]
    return _page(scope, scope.words.text(_APPROVALS), lines)


def _when(scope: Scope, day: date | None) -> str:
    return f"{scope.words.date(day)} – " if day else ""


def _who(one: Said) -> str:
    who = ", ".join(filter(None, (one.by, one.via)))
    return f" ({who})" if who else ""


def journal_text(scope: Scope, told: Sequence[Event], clear: Callable[[str], str]) -> str:
    """The journal as a text, the oldest first.

    Args:
        told: all events, the newest first.
        clear: makes a part of a page one that needs no script.
    """
    updates = {update_anchor(number): it for number, it in enumerate(scope.portal.updates, 1)}
    entries = []
    for event in reversed(told):
        head = f"{event.when.text} – {event.text}"
        if event.kind == UPDATE:
            update = updates[event.anchor]
            if update.by:
                head = f"{head} ({scope.person(update.by)})"
            body = scope.body(update.text, event.anchor, below=3)
            told_in_full = plain_text(clear(str(body))) if body else ""
            head = f"{head}\n\n{indent(told_in_full, '    ')}\n" if told_in_full else head
        entries.append(head)
    return _page(scope, scope.words.text(_JOURNAL), entries)


def _page(scope: Scope, title: str, lines: Sequence[str]) -> str:
    heading = f"{scope.portal.client.project.title} – {title}"
    return "\n".join((heading, "=" * len(heading), "", *lines, ""))
