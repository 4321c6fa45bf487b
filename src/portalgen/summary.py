"""What one portal tells its studio: plain facts, small enough to be sent from worker to parent."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from portalgen import outstanding
from portalgen.gate import open_invoices
from portalgen.invoicing import document_of, left_to_pay
from portalgen.model.billing import Invoice
from portalgen.model.entry import Step
from portalgen.model.portal import Portal, Workspace
from portalgen.model.values import Span
from portalgen.problem import Problem


@dataclass(frozen=True, slots=True)
class Promise:
    """Something that is promised and not there yet; `what` is None for the project as a whole."""

    what: str | None
    due: Span
    is_internal: bool = False


@dataclass(frozen=True, slots=True)
class Awaited:
    """Something that only the client can give: a thing, or an answer."""

    about: str
    text: str
    who: str | None = None
    before: date | None = None


@dataclass(frozen=True, slots=True)
class Unpaid:
    """An open invoice that is not, or not all, paid.

    Attributes:
        left: what is still to be paid.
        currency: ISO 4217 code.
        due: the day to pay it by.
    """

    kind: str
    number: str | None
    left: Decimal
    currency: str
    due: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """How a project stands.

    Attributes:
        client: the client's name, or the folder's while that cannot be read.
        language: of the content.
        title: the project's; None while it cannot be read.
        health: its state, as the content says it.
        says: the studio's words for it.
        done: how many steps are done, of those that the client sees.
        total: how many steps the client sees.
        promises: the nearest first; empty once the project is closed.
        withheld: the names of invoices that an error keeps back.
    """

    client: str
    language: str
    title: str | None = None
    accent: str | None = None
    health: str | None = None
    says: str | None = None
    done: int = 0
    total: int = 0
    closed: bool = False
    promises: tuple[Promise, ...] = ()
    awaited: tuple[Awaited, ...] = ()
    unpaid: tuple[Unpaid, ...] = ()
    withheld: tuple[str, ...] = ()


def summary_of(portal: Portal, workspace: Workspace, problems: Sequence[Problem]) -> Summary:
    """Sum up a portal, as far as it can be read.

    Args:
        workspace: whose studio was read: the invoices are reckoned with it.
        problems: everything that is known to be wrong with the portal.
    """
    client, project = portal.client, portal.client.project
    is_read = "client.yaml" not in portal.unread
    health = project.health
    return Summary(
        client=client.name if is_read else portal.folder,
        language=client.language or workspace.studio.language,
        title=project.title if is_read else None,
        accent=client.look.accent,
        health=health.state if health else None,
        says=health.says if health else None,
        done=sum(step.state == "done" for step in portal.public_steps),
        total=len(portal.public_steps),
        closed=project.closed is not None,
        promises=_promises(portal),
        awaited=tuple(_awaited(portal)),
        unpaid=tuple(_unpaid(portal, workspace, open_invoices(portal, problems))),
        withheld=tuple(_withheld(portal, problems)),
    )


def _promises(portal: Portal) -> tuple[Promise, ...]:
    project = portal.client.project
    if project.closed:
        return ()
    found = [
        Promise(work.title, due, isinstance(work, Step) and work.internal)
        for due, work in outstanding.promised(portal, internal=True)
    ]
    if project.due:
        found.append(Promise(None, project.due))
    return tuple(sorted(found, key=lambda promise: (promise.due.last, promise.due.first)))


def _awaited(portal: Portal) -> Iterator[Awaited]:
    for step, waiting in outstanding.awaited(portal):
        contact = portal.person(waiting.from_) if waiting.from_ else None
        who = contact.name if contact else waiting.from_
        yield Awaited(step.title, waiting.what, who, waiting.before)
    for work, question in outstanding.asked(portal):
        yield Awaited(work.title, question)


def _unpaid(portal: Portal, workspace: Workspace, invoices: Sequence[Invoice]) -> Iterator[Unpaid]:
    """The invoices that payments and credit notes do not settle."""
    left = {i.id: _left(i, portal, workspace) for i in invoices if i.kind != "credit note"}
    for note in invoices:
        corrected = _corrected(note, invoices)
        if note.kind == "credit note" and corrected:
            left[corrected.id] -= _left(note, portal, workspace)
    for invoice in invoices:
        if left.get(invoice.id, 0) > 0:
            said = document_of(invoice, portal, workspace)
            yield Unpaid(invoice.kind, invoice.number, left[invoice.id], said.currency, said.due)


def _left(invoice: Invoice, portal: Portal, workspace: Workspace) -> Decimal:
    return left_to_pay(document_of(invoice, portal, workspace), invoice.payments)


def _corrected(note: Invoice, invoices: Iterable[Invoice]) -> Invoice | None:
    """The invoice that a credit note corrects, by its id or its number."""
    names = (i for i in invoices if i.kind != "credit note" and note.corrects in (i.id, i.number))
    return next(names, None)


def _withheld(portal: Portal, problems: Iterable[Problem]) -> Iterator[str]:
    numbers = {invoice.id: invoice.number for invoice in portal.invoices}
    for name in dict.fromkeys(problem.invoice for problem in problems if problem.invoice):
        yield numbers.get(name) or name
