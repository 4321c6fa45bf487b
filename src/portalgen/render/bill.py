"""The page of an open invoice, ready to print on A4."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from portalgen.invoice import Bill, Totals, totals
from portalgen.invoicing import FRANCHISE, bill_of, payment_due
from portalgen.language import message
from portalgen.model.billing import Invoice
from portalgen.render.bill_lines import Amount, LineView, line_views
from portalgen.render.parties import Fact, Party, buyer, seller
from portalgen.render.scope import Scope, When, maybe

KINDS = {
    "invoice": message("Invoice"),
    "deposit": message("Deposit invoice"),
    "final": message("Final invoice"),
    "credit note": message("Credit note"),
}
"""What each kind of invoice is called."""


@dataclass(frozen=True, slots=True)
class Approved:
    """The approval that opened the gate; a plain yes names neither person nor day."""

    by: str | None
    on: When | None
    via: str | None


@dataclass(frozen=True, slots=True)
class BillView:
    """Everything on the page of an invoice."""

    title: str
    number: str | None
    dates: tuple["Dated", ...]
    facts: tuple[Fact, ...]
    seller: Party
    buyer: Party
    lines: tuple[LineView, ...]
    shows_vat: bool
    sums: tuple[Amount, ...]
    due: Amount
    payments: tuple[Amount, ...]
    left: Amount | None
    mentions: tuple[str, ...]
    terms: tuple[Fact, ...]
    bank: tuple[Fact, ...]
    approved: Approved | None
    thanks: str | None
    notes: str | None


@dataclass(frozen=True, slots=True)
class Dated:
    """A label and a date."""

    label: str
    when: When


def bill_view(scope: Scope, invoice: Invoice) -> BillView:
    """Lay out an invoice whose gate is open."""
    bill = bill_of(invoice, scope.portal, scope.workspace)
    total = totals(bill)
    is_credit = invoice.kind == "credit note"
    return BillView(
        title=scope.words.text(KINDS[invoice.kind]),
        number=invoice.number,
        dates=tuple(_dates(scope, invoice)),
        facts=tuple(_facts(scope, invoice)),
        seller=seller(scope),
        buyer=buyer(scope),
        lines=line_views(scope, invoice, bill, total),
        shows_vat=scope.charges_vat,
        sums=tuple(_sums(scope, bill, total)),
        due=_due(scope, invoice, bill, total),
        payments=tuple(_payments(scope, invoice, bill)),
        left=_left(scope, invoice, bill, total),
        mentions=tuple(_mentions(scope, total)),
        terms=() if is_credit else tuple(_terms(scope, bill)),
        bank=() if is_credit else tuple(_bank(scope)),
        approved=_approved(scope, invoice),
        thanks=invoice.thanks,
        notes=invoice.notes,
    )


def _dates(scope: Scope, invoice: Invoice) -> Iterator[Dated]:
    words = scope.words
    if invoice.issued:
        yield Dated(words.text("Issued on"), scope.day(invoice.issued))
    if invoice.delivered_on:
        yield Dated(words.text("Work delivered"), scope.when(invoice.delivered_on))
    due = payment_due(invoice, scope.workspace.studio)
    if due:
        yield Dated(words.text("Payment due"), scope.day(due))


def _facts(scope: Scope, invoice: Invoice) -> Iterator[Fact]:
    order = scope.portal.client.billing.purchase_order
    if order:
        yield Fact(scope.words.text("Your order number"), order)
    if invoice.corrects:
        yield Fact(scope.words.text("Corrects invoice"), _named(scope, invoice.corrects))


def _named(scope: Scope, name: str) -> str:
    """The number and day of another invoice, given by id or number (CGI, art. 289 I-5)."""
    found = next((i for i in scope.portal.invoices if name in (i.id, i.number)), None)
    if found is None or found.number is None:
        return name
    if found.issued is None:
        return found.number
    return scope.words.text(
        "{number} of {date}", number=found.number, date=scope.words.date(found.issued)
    )


# --- sums ----------------------------------------------------------------------------------------


def _sums(scope: Scope, bill: Bill, total: Totals) -> Iterator[Amount]:
    """From the sum of the lines down to what is to be paid."""
    words = scope.words
    for signed, adjustments, amounts in (
        (-1, bill.discounts, total.discounts),
        (1, bill.charges, total.charges),
    ):
        for adjustment, amount in zip(adjustments, amounts, strict=True):
            yield Amount(adjustment.reason, words.money(signed * amount, bill.currency))
    if scope.charges_vat:
        yield Amount(words.text("Total without VAT"), words.money(total.without_vat, bill.currency))
        yield from _vat(scope, bill, total)
    label = words.text("Total with VAT") if scope.charges_vat else words.text("Total")
    yield Amount(label, words.money(total.with_vat, bill.currency))
    for paid in bill.prepaid:
        what = words.text("Already paid")
        if paid.reference:
            deposit = _named(scope, paid.reference)
            what = words.text("Deposit paid: invoice {number}", number=deposit)
        yield Amount(what, words.money(-paid.amount, bill.currency))
    if total.rounding:
        yield Amount(words.text("Rounding"), words.money(total.rounding, bill.currency))


def _vat(scope: Scope, bill: Bill, total: Totals) -> Iterator[Amount]:
    words = scope.words
    for group in total.vat:
        label = words.text(
            "VAT {rate} on {base}",
            rate=words.percent(group.rate or Decimal(0)),
            base=words.money(group.base, bill.currency),
        )
        yield Amount(label, words.money(group.tax, bill.currency))


def _due(scope: Scope, invoice: Invoice, bill: Bill, total: Totals) -> Amount:
    words, is_credit = scope.words, invoice.kind == "credit note"
    label = words.text("Amount credited") if is_credit else words.text("Amount due")
    return Amount(label, words.money(total.due, bill.currency))


def _payments(scope: Scope, invoice: Invoice, bill: Bill) -> Iterator[Amount]:
    """What came in since. Payments are no part of the invoice as it was issued."""
    for payment in invoice.payments:
        label = scope.words.text("Paid on {date}", date=scope.words.date(payment.on))
        yield Amount(label, scope.words.money(-payment.amount, bill.currency))


def _left(scope: Scope, invoice: Invoice, bill: Bill, total: Totals) -> Amount | None:
    if not invoice.payments:
        return None
    left = total.due - sum((payment.amount for payment in invoice.payments), Decimal(0))
    return Amount(scope.words.text("Left to pay"), scope.words.money(left, bill.currency))


# --- small print ---------------------------------------------------------------------------------


def _mentions(scope: Scope, total: Totals) -> Iterator[str]:
    """Why no VAT is due, for each reason once."""
    reasons = dict.fromkeys(group.reason for group in total.vat)
    if not scope.charges_vat:
        reasons = {FRANCHISE: None, **reasons}
    yield from filter(None, reasons)


def _terms(scope: Scope, bill: Bill) -> Iterator[Fact]:
    """Penalties and the recovery fee are owed by businesses alone (C. com. L441-9, L441-10)."""
    words, terms = scope.words, scope.workspace.studio.terms
    if terms.days is not None:
        yield Fact(
            words.text("Payment"),
            words.plural("within {n} day", "within {n} days", terms.days),
        )
    if scope.portal.client.billing.kind == "consumer":
        return
    if terms.early_discount:
        yield Fact(words.text("Discount for early payment"), terms.early_discount)
    if terms.late_rate:
        yield Fact(words.text("Late payment penalty"), terms.late_rate)
    if terms.recovery_fee is not None:
        fee = words.money(terms.recovery_fee, bill.currency)
        yield Fact(words.text("Fixed fee for recovery costs"), fee)


def _bank(scope: Scope) -> Iterator[Fact]:
    bank = scope.workspace.studio.bank
    if bank is None:
        return
    words = scope.words
    yield Fact(words.text("Account holder"), bank.holder or scope.workspace.studio.name)
    yield Fact("IBAN", grouped(bank.iban))
    if bank.bic:
        yield Fact("BIC", bank.bic)


def grouped(iban: str) -> str:
    """An IBAN in groups of four, as printed (ISO 13616)."""
    bare = "".join(iban.split())
    return " ".join(bare[at : at + 4] for at in range(0, len(bare), 4))


def _approved(scope: Scope, invoice: Invoice) -> Approved | None:
    approval = invoice.approval
    if approval is None:
        return None
    return Approved(
        maybe(scope.person, approval.by),
        maybe(scope.day, approval.on),
        approval.via,
    )
