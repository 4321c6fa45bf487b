"""What an invoice comes to: its VAT, what was billed before, what is paid and what is left."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from portalgen.invoice.document import DeductedDeposit, Document, VatRow
from portalgen.invoicing import left_to_pay
from portalgen.model.billing import Payment
from portalgen.render.bill_lines import Amount, adjustments
from portalgen.render.scope import Scope, When, maybe


@dataclass(frozen=True, slots=True)
class VatView:
    """The VAT of one rate.

    Attributes:
        reason: why none is due, if so.
    """

    rate: str
    base: str
    tax: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class DepositView:
    """A deposit that was billed before, or what all of them leave.

    Attributes:
        net: without VAT.
        gross: with VAT.
    """

    number: str | None
    issued: When | None
    net: str
    tax: str
    gross: str


@dataclass(frozen=True, slots=True)
class Sums:
    """From the sum of the lines down to what is left to pay.

    Attributes:
        headline: the one that matters most: what is to be paid, else the total.
        rows: from the first one that matters down to the total.
        vat: the VAT of each rate, when there are several; a single one is among the rows.
        deposits: those billed before, and taken off.
        balance: what they leave; None without any.
        due: what the invoice asks for, or gives back.
        payments: what came in since.
        left: what is left after them; None when nothing came in.
    """

    headline: Amount
    rows: tuple[Amount, ...]
    vat: tuple[VatView, ...]
    deposits: tuple[DepositView, ...]
    balance: DepositView | None
    due: Amount
    payments: tuple[Amount, ...]
    left: Amount | None


def shows_vat(document: Document) -> bool:
    """Whether an invoice speaks of VAT. Who is exempt may print none (CGI, art. 283-3)."""
    return any(row.category != "E" for row in document.vat)


def sums(scope: Scope, document: Document, payments: Sequence[Payment]) -> Sums:
    """What a document comes to, and what has been paid of it."""
    rows = tuple(_vat(scope, row, document.currency) for row in document.vat)
    due = _due(scope, document)
    left = _left(scope, document, payments) if payments else None
    is_paid = left_to_pay(document, payments) == 0
    return Sums(
        headline=_total(scope, document) if is_paid else left or due,
        rows=tuple(_rows(scope, document)),
        vat=rows if len(rows) > 1 and shows_vat(document) else (),
        deposits=tuple(_deposit(scope, item, document.currency) for item in document.deposits),
        balance=_balance(scope, document) if document.deposits else None,
        due=due,
        payments=tuple(_payments(scope, document, payments)),
        left=left,
    )


def _rows(scope: Scope, document: Document) -> Iterator[Amount]:
    words, currency, total = scope.words, document.currency, document.totals
    if document.discounts or document.charges:
        yield Amount(words.text("Total of the lines"), words.money(total.lines, currency))
        yield from adjustments(scope, document.discounts, document.charges, currency)
    if shows_vat(document):
        yield Amount(words.text("Total without VAT"), words.money(total.without_vat, currency))
        yield Amount(_vat_label(scope, document), words.money(total.vat, currency))
    yield _total(scope, document)
    if document.deposits:
        label = words.text("Deposits already billed")
        yield Amount(label, words.money(-total.prepaid, currency))
    if total.rounding:
        yield Amount(words.text("Rounding"), words.money(total.rounding, currency))


def _total(scope: Scope, document: Document) -> Amount:
    words = scope.words
    label = words.text("Total with VAT") if shows_vat(document) else words.text("Total")
    return Amount(label, scope.words.money(document.totals.with_vat, document.currency))


def _vat_label(scope: Scope, document: Document) -> str:
    rates = {row.rate for row in document.vat}
    rate = rates.pop() if len(rates) == 1 else None
    if rate is None:
        return scope.words.text("Total VAT")
    return scope.words.text("VAT {rate}", rate=scope.words.percent(rate))


def _vat(scope: Scope, row: VatRow, currency: str) -> VatView:
    words = scope.words
    return VatView(
        rate="–" if row.rate is None else words.percent(row.rate),
        base=words.money(row.base, currency),
        tax=words.money(row.tax, currency),
        reason=row.reason,
    )


def _deposit(scope: Scope, item: DeductedDeposit, currency: str) -> DepositView:
    words = scope.words
    return DepositView(
        number=item.number,
        issued=maybe(scope.day, item.issued),
        net=words.money(item.net, currency),
        tax=words.money(item.tax, currency),
        gross=words.money(item.gross, currency),
    )


def _balance(scope: Scope, document: Document) -> DepositView:
    """What the deposits leave, before any rounding (BOI-TVA-DECLA-30-20-20-10, § 60)."""
    total, deposits = document.totals, document.deposits
    left = DeductedDeposit(
        net=total.without_vat - sum((item.net for item in deposits), Decimal(0)),
        tax=total.vat - sum((item.tax for item in deposits), Decimal(0)),
        gross=total.with_vat - sum((item.gross for item in deposits), Decimal(0)),
    )
    return _deposit(scope, left, document.currency)


def _due(scope: Scope, document: Document) -> Amount:
    if document.kind == "credit note":
        label = scope.words.text("Amount credited")
        return Amount(label, scope.words.money(document.totals.due, document.currency))
    return _owed(scope, scope.words.text("Amount due"), document.totals.due, document.currency)


def _payments(scope: Scope, document: Document, payments: Sequence[Payment]) -> Iterator[Amount]:
    words = scope.words
    for payment in payments:
        label = words.text("Paid on {date}", date=words.date(payment.on))
        yield Amount(label, words.money(-payment.amount, document.currency))


def _left(scope: Scope, document: Document, payments: Sequence[Payment]) -> Amount:
    left = left_to_pay(document, payments)
    return _owed(scope, scope.words.text("Left to pay"), left, document.currency)


def _owed(scope: Scope, label: str, amount: Decimal, currency: str) -> Amount:
    """What the client owes; what is below zero is theirs."""
    if amount < 0:
        return Amount(scope.words.text("In your favour"), scope.words.money(-amount, currency))
    return Amount(label, scope.words.money(amount, currency))
