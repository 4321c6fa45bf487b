"""The approval gate: what has to be there before an invoice may exist."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from portalgen.agreement import coverage, lineage
from portalgen.model.billing import Approval, Invoice
from portalgen.model.entry import Deliverable
from portalgen.model.portal import Portal
from portalgen.problem import Place, Problem

Kind = Literal["deliverable", "account", "correction", "requirement"]


@dataclass(frozen=True, slots=True)
class Missing:
    """Something still to come before the work is complete; `id` is what `waived` names."""

    kind: Kind
    id: str
    label: str
    place: Place


def asks_completeness(invoice: Invoice) -> bool:
    """Whether the kind of invoice bills finished work."""
    return invoice.kind in ("invoice", "final")


def missing(portal: Portal) -> tuple[Missing, ...]:
    """All that was agreed and is not there yet, in the order in which a reader asks for it."""
    return (
        *_deliverables(portal),
        *_accounts(portal),
        *_corrections(portal),
        *_requirements(portal),
    )


def has_work(portal: Portal) -> bool:
    """Whether anything was agreed or promised that an approval could be about."""
    return bool(portal.deliverables or coverage(portal))


def is_approved(portal: Portal) -> bool:
    """Whether the client approved the work, even if something still holds the invoice back."""
    return any(True for _ in _approvals(portal))


def awaits_approval(portal: Portal, item: Deliverable) -> bool:
    """Whether a deliverable has arrived and the client may still approve it.

    Nobody is asked about a part any more once they approved the whole, or the project is closed.
    """
    if item.delivered is None or item.approved or portal.client.project.closed:
        return False
    return not is_approved(portal)


def still_to_come(portal: Portal) -> tuple[Missing, ...]:
    """What is missing, less what the client accepts to go without."""
    approvals = tuple(_approvals(portal))
    return tuple(
        thing
        for thing in missing(portal)
        if not any(one.waives(name) for one in approvals for name in lineage(thing.id))
    )


def _approvals(portal: Portal) -> Iterator[Approval]:
    for invoice in portal.invoices:
        if invoice.approval and asks_completeness(invoice):
            yield invoice.approval


def open_invoices(portal: Portal, problems: Iterable[Problem]) -> tuple[Invoice, ...]:
    """The invoices whose page may exist: approved, and not withheld by any problem."""
    withheld = {problem.invoice for problem in problems}
    return tuple(i for i in portal.invoices if i.approval and i.id not in withheld)


def _deliverables(portal: Portal) -> Iterator[Missing]:
    for item in portal.deliverables:
        if item.delivered is None:
            yield Missing("deliverable", item.id, item.title, item.place())


def _accounts(portal: Portal) -> Iterator[Missing]:
    for item in portal.deliverables:
        for position, account in enumerate(item.accounts):
            if account.given is None:
                yield Missing("account", item.id, account.for_, item.place("accounts", position))


def _corrections(portal: Portal) -> Iterator[Missing]:
    for correction in portal.corrections:
        if correction.is_open:
            yield Missing("correction", correction.id, correction.id, correction.place())


def _requirements(portal: Portal) -> Iterator[Missing]:
    """Requirements nothing serves; a parent goes unnamed when its children are named."""
    unserved = [entry.requirement for entry in coverage(portal) if not entry.served]
    parents = {requirement.id.rpartition(".")[0] for requirement in unserved}
    for requirement in unserved:
        if requirement.id not in parents:
            yield Missing("requirement", requirement.id, requirement.text, requirement.place)
