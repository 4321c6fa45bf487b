"""What was issued against what the content says today, and what is not issued yet.

An issued invoice says what its frozen document says: the page is made from that alone. What the
content bills has to stay the same, so that nobody reads there what was never billed.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from portalgen.check.ledger import CORRECT
from portalgen.gate import open_invoices
from portalgen.invoice.document import Adjusted, Document, DocumentLine
from portalgen.invoice.numbering import LONGEST, is_number
from portalgen.invoicing import deposits_of
from portalgen.model.billing import Adjustment, Invoice, Line, VatRate
from portalgen.model.portal import Portal
from portalgen.problem import Problem, warning, withholding

Path = tuple[str | int, ...]
Difference = tuple[Path, str]
"""Where the content differs, and what stood there when the invoice was issued."""


def issued_and_edited(portal: Portal) -> Iterator[Problem]:
    """An issued invoice that the content bills differently today."""
    for invoice in portal.invoices:
        issued = portal.issued.get(invoice.number or "")
        if issued is None:
            continue
        for path, was in list(_differences(invoice, issued.document, portal))[:1]:
            what = next(str(step) for step in reversed(path) if isinstance(step, str))
            message = f"{invoice.number} was issued, and {what} was changed since"
            hint = f"put it back: {what} was {was}\n{CORRECT}"
            problem = Problem("issued-and-edited", message, invoice.place(*path), hint)
            yield withholding(invoice.id, problem)


def approval_taken_back(portal: Portal) -> Iterator[Problem]:
    """An issued invoice whose approval is gone. Nothing is lost, and nothing goes out."""
    for invoice in portal.invoices:
        if invoice.approval is None and portal.is_issued(invoice):
            message = f"{invoice.number} was issued, and its approval was taken away"
            hint = f"put the approval back\n{CORRECT}"
            place = invoice.place("approval")
            problem = Problem("issued-without-approval", message, place, hint)
            yield withholding(invoice.id, problem)


def number_of_a_draft(portal: Portal) -> Iterator[Problem]:
    """A number on an invoice that nobody approved: only what is issued has one."""
    for invoice in portal.invoices:
        if invoice.number and invoice.approval is None and not portal.is_issued(invoice):
            message = "this invoice is not approved, and has a number already"
            hint = "remove number and issued: portalgen approve gives it the next number"
            yield warning("draft-with-number", message, invoice.place("number"), hint)


def bad_number(portal: Portal) -> Iterator[Problem]:
    """A number that cannot be the name of a file, nor go into an electronic invoice."""
    for invoice in portal.invoices:
        if invoice.number and not is_number(invoice.number):
            message = f'"{invoice.number}" cannot be the number of an invoice'
            hint = f"write letters, digits, - + _ . and /, {LONGEST} at most, such as 2026-001"
            problem = Problem("bad-invoice-number", message, invoice.place("number"), hint)
            yield withholding(invoice.id, problem)


def not_issued(portal: Portal, found: Iterable[Problem]) -> Iterator[Problem]:
    """An invoice that was approved and numbered by hand; its page stands, and nothing guards it."""
    for invoice in open_invoices(portal, found):
        if invoice.number and invoice.issued and not portal.is_issued(invoice):
            message = f"{invoice.number} is not issued yet: nothing keeps it from being changed"
            hint = f"run portalgen approve {portal.folder} {invoice.id}"
            yield warning("not-issued", message, invoice.place("number"), hint)


def _differences(invoice: Invoice, was: Document, portal: Portal) -> Iterator[Difference]:
    """What is billed, as it is written; what was left out is not asked for, since it came from
    elsewhere (the studio's currency, its VAT regime) and stays as it was."""
    yield from _unlike(("kind",), invoice.kind, was.kind)
    yield from _unlike(("issued",), invoice.issued, was.issued)
    if invoice.currency:
        yield from _unlike(("currency",), invoice.currency, was.currency)
    if len(invoice.lines) != len(was.lines):
        yield ("lines",), f"{len(was.lines)} lines"
    for position, (line, old) in enumerate(zip(invoice.lines, was.lines, strict=False)):
        yield from _line(("lines", position), line, old)
    yield from _adjustments(("discounts",), invoice.discounts, was.discounts)
    yield from _adjustments(("charges",), invoice.charges, was.charges)
    numbers = [deposit.number for deposit in deposits_of(invoice, portal)]
    deducted = [deposit.number for deposit in was.deposits]
    if numbers != deducted:
        yield ("deposits",), ", ".join(map(str, deducted)) or "empty"
    if invoice.kind == "credit note":
        yield from _corrected(invoice, was, portal)
    yield from _unlike(("rounding",), invoice.rounding or Decimal(0), was.totals.rounding)
    if invoice.due:
        yield from _unlike(("due",), invoice.due, was.due)
    span = invoice.delivered_on
    delivered = (span.first, span.last) if span else None
    if delivered != was.delivered:
        yield ("delivered_on",), "/".join(map(str, was.delivered or ())) or "empty"


def _line(path: Path, line: Line, was: DocumentLine) -> Iterator[Difference]:
    one = Decimal(1)
    yield from _unlike((*path, "text"), line.text, was.text)
    yield from _unlike(
        (*path, "quantity"), one if line.quantity is None else line.quantity, was.quantity
    )
    yield from _unlike((*path, "unit"), line.unit, was.unit)
    yield from _unlike((*path, "price"), line.price, was.price)
    base = one if line.base_quantity is None else line.base_quantity
    yield from _unlike((*path, "base_quantity"), base, was.base_quantity)
    yield from _adjustments((*path, "discounts"), line.discounts, was.discounts)
    yield from _adjustments((*path, "charges"), line.charges, was.charges)
    if line.vat:
        yield from _vat((*path, "vat"), line.vat, was.vat.category, was.vat.rate)


def _adjustments(
    path: Path, items: tuple[Adjustment, ...], was: tuple[Adjusted, ...]
) -> Iterator[Difference]:
    if len(items) != len(was):
        yield path, f"{len(was)} of them"
    for position, (item, old) in enumerate(zip(items, was, strict=False)):
        here = (*path, position)
        yield from _unlike((*here, "why"), item.why, old.reason)
        yield from _unlike((*here, "percent"), item.percent, old.percent)
        if item.amount is not None and not _rounds_to(item.amount, old.amount):
            yield (*here, "amount"), str(old.amount)
        if item.vat and old.vat:
            yield from _vat((*here, "vat"), item.vat, old.vat.category, old.vat.rate)


def _rounds_to(amount: Decimal, was: Decimal) -> bool:
    """Whether an amount, as written, gives that one in the decimals of its currency."""
    unit = Decimal(1).scaleb(int(was.as_tuple().exponent))
    return abs(amount - was) * 2 <= unit


def _vat(path: Path, vat: VatRate, category: str, rate: Decimal | None) -> Iterator[Difference]:
    yield from _unlike(path, vat.category or "S", category)
    if vat.rate is not None:
        yield from _unlike(path, vat.rate, rate)


def _corrected(invoice: Invoice, was: Document, portal: Portal) -> Iterator[Difference]:
    number = was.corrects.number if was.corrects else None
    names = {number, *(i.id for i in portal.invoices if i.number == number)}
    if invoice.corrects not in names:
        yield ("corrects",), str(number)


def _unlike(path: Path, now: Any, was: Any) -> Iterator[Difference]:
    if now != was:
        yield path, "empty" if was is None else str(was)
