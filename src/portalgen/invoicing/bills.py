"""From an invoice as its author wrote it to the bill that the arithmetic starts from.

What is left out in the content is filled in here, by the studio's VAT regime, its currency, and
the deposits billed before.
"""

from datetime import date, timedelta
from decimal import Decimal

from portalgen.invoice import (
    Adjustment,
    Bill,
    Line,
    Prepaid,
    Vat,
    totals,
)
from portalgen.invoicing.facts import franchise_reason
from portalgen.model import billing
from portalgen.model.billing import Invoice, VatRate
from portalgen.model.portal import Portal, Workspace
from portalgen.model.studio import Studio


def bill_of(invoice: Invoice, portal: Portal, workspace: Workspace) -> Bill:
    """The bill of an invoice. It may have flaws: `invoice.problems` finds them."""
    studio = workspace.studio
    usual = _usual_vat(invoice, portal, studio)
    lines = tuple(_line(line, usual) for line in invoice.lines)
    common = _common_vat(lines)
    return Bill(
        currency=invoice.currency or studio.currency,
        lines=lines,
        discounts=tuple(_adjustment(item, common) for item in invoice.discounts),
        charges=tuple(_adjustment(item, common) for item in invoice.charges),
        prepaid=tuple(
            Prepaid(
                amount=totals(bill_of(deposit, portal, workspace)).with_vat,
                reference=deposit.number,
            )
            for deposit in deposits_of(invoice, portal)
        ),
        rounding=invoice.rounding or Decimal(0),
    )


def deposits_of(invoice: Invoice, portal: Portal) -> tuple[Invoice, ...]:
    """The deposits that an invoice deducts; a deposit itself deducts none."""
    if invoice.kind == "deposit":
        return ()
    return tuple(
        other
        for other in portal.invoices
        if other.id in invoice.deposits and other.kind == "deposit"
    )


def payment_due(invoice: Invoice, studio: Studio) -> date | None:
    """The day by which an invoice is to be paid: its own, or the one that the terms give."""
    if invoice.due or invoice.kind == "credit note":
        return invoice.due
    days = studio.terms.days
    return invoice.issued + timedelta(days) if invoice.issued and days is not None else None


def _usual_vat(invoice: Invoice, portal: Portal, studio: Studio) -> Vat | None:
    """The VAT of lines that say none; None when they have to."""
    if studio.legal.vat_regime != "franchise":
        return None
    reason = franchise_reason(invoice, portal, studio)
    return Vat(category="E", rate=Decimal(0), reason=reason)


def _line(line: billing.Line, usual: Vat | None) -> Line:
    return Line(
        text=line.text,
        quantity=Decimal(1) if line.quantity is None else line.quantity,
        unit=line.unit,
        price=line.price,
        base_quantity=Decimal(1) if line.base_quantity is None else line.base_quantity,
        discounts=tuple(_adjustment(item, None) for item in line.discounts),
        charges=tuple(_adjustment(item, None) for item in line.charges),
        vat=(_vat(line.vat) if line.vat else usual) or Vat(category="S", rate=None),
    )


def _adjustment(item: billing.Adjustment, common: Vat | None) -> Adjustment:
    vat = _vat(item.vat) if item.vat else common
    return Adjustment(reason=item.why, amount=item.amount, percent=item.percent, vat=vat)


def _vat(given: VatRate) -> Vat:
    """The VAT that an author wrote."""
    if given.category is None:
        return Vat(category="S", rate=given.rate)
    rate = given.rate
    if rate is None and given.category not in ("S", "O"):
        rate = Decimal(0)
    return Vat(category=given.category, rate=rate, reason=given.why)


def _common_vat(lines: tuple[Line, ...]) -> Vat | None:
    """The VAT of all lines when they share one: a discount on the whole is taxed like them.

    Lines that are exempt for several reasons are one group all the same (BG-23).
    """
    groups = {(line.vat.category, line.vat.rate) for line in lines}
    return lines[0].vat if len(groups) == 1 else None
