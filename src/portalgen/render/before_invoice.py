"""The invoice on the first page: what it still waits for, and what it says once it is there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portalgen import gate
from portalgen.invoicing import document_of, left_to_pay
from portalgen.language import message
from portalgen.links import correction_anchor
from portalgen.model.billing import Invoice
from portalgen.render.corrections import number_of
from portalgen.render.messages import Message, approval_of_all
from portalgen.render.scope import Link, Scope, When, maybe


@dataclass(frozen=True, slots=True)
class InvoiceCard:
    """An open invoice, in short.

    Attributes:
        amount: what is to be paid of it in all, or what a credit note gives back.
        is_credit: whether it is a credit note.
        left: what is still to be paid, once something was; None before and when nothing is left.
        is_paid: whether nothing is left to pay.
    """

    link: Link
    number: str | None
    amount: str
    is_credit: bool
    left: str | None
    is_paid: bool
    due: When | None


@dataclass(frozen=True, slots=True)
class Awaited:
    """Something that the invoice waits for, with where it is told."""

    text: str
    href: str | None


@dataclass(frozen=True, slots=True)
class BeforeInvoice:
    """The checklist.

    Attributes:
        approval: the message that approves the whole; None while there is nothing to approve yet.
        is_ready: whether nothing but this approval is still to come.
    """

    awaited: tuple[Awaited, ...]
    approval: Message | None
    is_ready: bool


_MISSING = {
    "deliverable": message("To be delivered: {label}"),
    "account": message("Access to hand over: {label}"),
    "correction": message("Correction to make: no. {label}"),
}


def invoice_card(scope: Scope, invoice: Invoice, link: Link) -> InvoiceCard:
    """What an open invoice asks for; payments are no part of it, and count here."""
    said = document_of(invoice, scope.portal, scope.workspace)
    due, currency = said.totals.due, said.currency
    left = left_to_pay(said, invoice.payments)
    is_credit = invoice.kind == "credit note"
    is_begun = bool(invoice.payments) and not is_credit
    return InvoiceCard(
        link=link,
        number=invoice.number,
        amount=scope.words.money(due, currency),
        is_credit=is_credit,
        left=scope.words.money(left, currency) if is_begun and left > 0 else None,
        is_paid=left <= 0 and not is_credit,
        due=maybe(scope.day, said.due),
    )


def before_invoice(scope: Scope, open_invoices: Sequence[Invoice]) -> BeforeInvoice | None:
    """What the invoice for the work waits for; None once it is there, or waits for nothing."""
    if any(gate.asks_completeness(invoice) for invoice in open_invoices):
        return None
    missing = tuple(_missing(scope))
    if gate.is_approved(scope.portal):
        return BeforeInvoice(missing, None, is_ready=False) if missing else None
    is_ready = not missing and gate.has_work(scope.portal)
    is_begun = is_ready or any(item.delivered for item in scope.portal.deliverables)
    return BeforeInvoice(
        awaited=(*missing, Awaited(scope.words.text("Your approval of the whole"), None)),
        approval=approval_of_all(scope, [one.text for one in missing]) if is_begun else None,
        is_ready=is_ready,
    )


def _missing(scope: Scope) -> Iterator[Awaited]:
    """What the gate misses, in its order; all requirements as one thing."""
    words, missing = scope.words, gate.still_to_come(scope.portal)
    for item in missing:
        if item.kind in _MISSING:
            label, href = _told(scope, item)
            yield Awaited(words.text(_MISSING[item.kind], label=label), href)
    agreed = [item.id for item in missing if item.kind == "requirement"]
    if agreed:
        text = words.text("Agreed and still to be done: {names}", names=words.list(agreed))
        yield Awaited(text, scope.href("spec"))


def _told(scope: Scope, item: gate.Missing) -> tuple[str, str]:
    """What something missing is called, and where it is told."""
    if item.kind == "correction":
        number = number_of(scope.portal, item.id)
        return str(number), scope.href("corrections", correction_anchor(number))
    return item.label, scope.href("deliverables", scope.anchors[item.id])
