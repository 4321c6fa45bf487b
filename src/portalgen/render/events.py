"""Everything dated that a client may know, as events: what the journal and "new" are made of."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256

from portalgen.gate import asks_completeness
from portalgen.language import message
from portalgen.links import correction_anchor, update_anchor
from portalgen.model.billing import Invoice
from portalgen.model.client import Project
from portalgen.model.entry import Account, Correction, Deliverable, Step
from portalgen.model.page import INDEX, page_path
from portalgen.model.portal import Portal
from portalgen.render.amended import named
from portalgen.render.invoice_title import invoice_title
from portalgen.render.scope import Scope, When

_ID_LENGTH = 10
_WHOLE_PAGE = "content"
"""The anchor of everything on a page (base.html)."""

UPDATE = "update"
"""The kind of an event that is an entry of the journal, told there in full."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day.

    Attributes:
        id: the same in every build for the same portal, kind, entry and day, whatever its words.
        when: the day in the reader's words.
        text: what happened, in one line.
        path: the page that tells it, from the portal's folder.
        anchor: where on that page; empty for the page as a whole.
    """

    id: str
    kind: str
    day: date
    when: When
    text: str
    path: str
    anchor: str

    def href(self, scope: Scope) -> str:
        """Its address from the page of the scope."""
        if self.path == page_path(scope.page):
            return f"#{self.anchor or _WHOLE_PAGE}"
        return f"{scope.root}{self.path}" + (f"#{self.anchor}" if self.anchor else "")


@dataclass(frozen=True, slots=True)
class _Fact:
    """An event before it has its id; `href` is from the portal's folder."""

    kind: str
    entry: str
    day: date
    text: str
    href: str


def events(scope: Scope, open_invoices: Sequence[Invoice]) -> tuple[Event, ...]:
    """All events of a portal, the newest first.

    Args:
        scope: of the portal's first page.
        open_invoices: those whose gate is open; no other invoice is mentioned.
    """
    facts = (
        *_project(scope),
        *_agreements(scope),
        *(fact for step in scope.portal.public_steps for fact in _step(scope, step)),
        *(fact for item in scope.portal.deliverables for fact in _deliverable(scope, item)),
        *(
            fact
            for n, item in enumerate(scope.portal.corrections, 1)
            for fact in _asked(scope, n, item)
        ),
        *(fact for invoice in open_invoices for fact in _invoice(scope, invoice)),
        *_end(scope),
        *_updates(scope),
    )
    found = [_event(scope, fact, again) for fact, again in _counted(facts)]
    found.sort(key=lambda event: event.day)
    return tuple(reversed(found))


def marks(told: Sequence[Event], path: str) -> str:
    """The events that the page at that path tells, for its tab: `ID#ANCHOR`, a space between."""
    return " ".join(f"{event.id}#{event.anchor}" for event in told if event.path == path)


def _counted(facts: Sequence[_Fact]) -> Iterator[tuple[_Fact, int]]:
    """Each fact, with how many of the same kind, entry and day came before it."""
    before: Counter[tuple[str, str, date]] = Counter()
    for fact in facts:
        key = (fact.kind, fact.entry, fact.day)
        yield fact, before[key]
        before[key] += 1


def _event(scope: Scope, fact: _Fact, again: int) -> Event:
    parts = (fact.kind, fact.entry, fact.day.isoformat(), *([str(again)] if again else []))
    path, _, anchor = fact.href.partition("#")
    return Event(
        id=stable_id(scope.portal, *parts)[:_ID_LENGTH],
        kind=fact.kind,
        day=fact.day,
        when=scope.day(fact.day),
        text=fact.text,
        path=path or page_path(INDEX),
        anchor=anchor,
    )


def stable_id(portal: Portal, *parts: str) -> str:
    """64 hexadecimal digits for something of a portal, the same in every build."""
    own = (portal.access and portal.access.portal) or portal.folder
    return sha256("\0".join((own, *parts)).encode()).hexdigest()


# --- the project and what was agreed -------------------------------------------------------------


def _project(scope: Scope) -> Iterator[_Fact]:
    project, words = scope.portal.client.project, scope.words
    href = scope.href("plan")
    if project.started:
        text = words.text("Beginning of the project")
        yield _Fact("project-started", "", project.started, text, href)
    yield from _moves(scope, project, "", words.text("the project"), href)


def _end(scope: Scope) -> Iterator[_Fact]:
    closed = scope.portal.client.project.closed
    if closed:
        text = scope.words.text("The project is finished")
        yield _Fact("project-closed", "", closed, text, scope.href(INDEX))


def _agreements(scope: Scope) -> Iterator[_Fact]:
    words, spec = scope.words, scope.portal.spec
    if spec.agreed:
        text = words.text("Agreement on the specification")
        yield _Fact("spec-agreed", "", spec.agreed.on, text, scope.href("spec"))
    for amendment in scope.portal.amendments:
        if amendment.agreed:
            text = words.text("Agreement on a change: {title}", title=amendment.title)
            href = named(scope, amendment, amendment.agreed).href
            yield _Fact("amendment-agreed", amendment.id, amendment.agreed.on, text, href)


def _moves(
    scope: Scope, work: Project | Step, entry: str, title: str, href: str
) -> Iterator[_Fact]:
    """The dates that moved, as far as it is known when: what each was, and what it became."""
    for move, view in zip(work.moved, scope.moves(work.moved, work.due), strict=True):
        if move.on is None:
            continue
        was = view.was.text
        if view.new:
            text = scope.words.text(
                "New date for {title}: {new} (before: {was})",
                title=title,
                new=view.new.text,
                was=was,
            )
        else:
            text = scope.words.text("No date yet for {title} (before: {was})", title=title, was=was)
        yield _Fact("date-moved", entry, move.on, text, href)


# --- the work ------------------------------------------------------------------------------------


def _step(scope: Scope, step: Step) -> Iterator[_Fact]:
    words, href = scope.words, scope.link(step).href
    if step.started:
        text = words.text("Step begun: {title}", title=step.title)
        yield _Fact("step-started", step.id, step.started, text, href)
    title = words.text("“{title}”", title=step.title)
    yield from _moves(scope, step, step.id, title, href)
    if step.finished:
        text = words.text("Step done: {title}", title=step.title)
        yield _Fact("step-finished", step.id, step.finished, text, href)


def _deliverable(scope: Scope, item: Deliverable) -> Iterator[_Fact]:
    words, href = scope.words, scope.link(item).href
    if item.delivered:
        text = words.text("Delivered: {title}", title=_versioned(scope, item))
        yield _Fact("delivered", item.id, item.delivered, text, href)
    for account in item.accounts:
        yield from _account(scope, item, account, href)
    if item.approved:
        text = words.text("Approved: {title}", title=item.title)
        yield _Fact("approved", item.id, item.approved.on, text, href)


def _versioned(scope: Scope, item: Deliverable) -> str:
    if not item.version:
        return item.title
    return scope.words.text("{title}, version {version}", title=item.title, version=item.version)


def _account(scope: Scope, item: Deliverable, account: Account, href: str) -> Iterator[_Fact]:
    words = scope.words
    if account.given:
        text = words.text("Access handed over: {name}", name=account.for_)
        yield _Fact("account-given", item.id, account.given, text, href)
    if account.received:
        text = words.text("Access received: {name}", name=account.for_)
        yield _Fact("account-received", item.id, account.received, text, href)


_ASKED = {
    "correction-asked": message("Correction no. {number} asked for"),
    "correction-done": message("Correction no. {number} made"),
    "correction-withdrawn": message("Correction no. {number} withdrawn"),
}


def _asked(scope: Scope, number: int, correction: Correction) -> Iterator[_Fact]:
    href = scope.href("corrections", correction_anchor(number))
    days = (correction.on, correction.done, correction.withdrawn)
    for (kind, text), day in zip(_ASKED.items(), days, strict=True):
        if day:
            said = scope.words.text(text, number=number)
            yield _Fact(kind, correction.id, day, _about(scope, said, correction), href)


def _about(scope: Scope, said: str, correction: Correction) -> str:
    """The line, with what the correction is about; what the client may not see is not named."""
    about = scope.portal.public_work(correction.about)
    return scope.words.text("{said} ({about})", said=said, about=about.title) if about else said


def _updates(scope: Scope) -> Iterator[_Fact]:
    for number, update in enumerate(scope.portal.updates, 1):
        href = scope.href("journal", update_anchor(number))
        yield _Fact(UPDATE, update.id, update.on, update.title, href)


# --- invoices ------------------------------------------------------------------------------------


def _invoice(scope: Scope, invoice: Invoice) -> Iterator[_Fact]:
    words, href = scope.words, scope.href(scope.invoice_page(invoice))
    approval = invoice.approval
    if approval and approval.on and asks_completeness(invoice):
        text = words.text("Approval of the whole work")
        yield _Fact("work-approved", invoice.id, approval.on, text, href)
    if invoice.issued:
        text = invoice_title(words, invoice.kind, invoice.number)
        yield _Fact("invoice-issued", invoice.id, invoice.issued, text, href)
    for payment in invoice.payments:
        amount = _money(scope, payment.amount, invoice)
        text = words.text("Payment received: {amount}", amount=amount)
        yield _Fact("payment-received", invoice.id, payment.on, text, href)


def _money(scope: Scope, amount: Decimal, invoice: Invoice) -> str:
    return scope.words.money(amount, invoice.currency or scope.currency)
