"""The lines of an invoice (BG-25), its discounts and charges, its VAT and its totals."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from xml.etree.ElementTree import Element

from portalgen.facturx.codes import DUE_ON_INVOICE, ONE, exemption_code, unit_code
from portalgen.facturx.elements import Part, group, maybe, number, plain, text
from portalgen.facturx.parties import is_french
from portalgen.invoice.bill import Vat
from portalgen.invoice.document import Adjusted, Document, DocumentLine, VatRow

_VAT = "VAT"


def lines(document: Document) -> Iterator[Element]:
    """Each line, numbered from 1."""
    for position, line in enumerate(document.lines, 1):
        yield group(
            "IncludedSupplyChainTradeLineItem",
            group("AssociatedDocumentLineDocument", text("LineID", position)),
            _product(line),
            _price(line),
            _quantity(line),
            _line_settlement(line),
        )


def adjustments(document: Document) -> Iterator[Element]:
    """Discounts and charges on the whole (BG-20, BG-21)."""
    yield from _adjusted(document.discounts, document.charges, document.totals.lines)


def vat_breakdown(document: Document) -> Iterator[Element]:
    """BG-23."""
    on_debits = any(mention.code == "vat-on-debits" for mention in document.mentions)
    for row in document.vat:
        yield _vat_row(row, on_debits=on_debits)


def totals(document: Document) -> Element:
    """BG-22."""
    total = document.totals
    return group(
        "SpecifiedTradeSettlementHeaderMonetarySummation",
        number("LineTotalAmount", total.lines),
        number("ChargeTotalAmount", total.charges),
        number("AllowanceTotalAmount", total.discounts),
        number("TaxBasisTotalAmount", total.without_vat),
        number("TaxTotalAmount", total.vat, currencyID=document.currency),
        _vat_in_euro(document),
        number("RoundingAmount", total.rounding) if total.rounding else None,
        number("GrandTotalAmount", total.with_vat),
        number("TotalPrepaidAmount", total.prepaid),
        number("DuePayableAmount", total.due),
    )


def needs_euro(document: Document) -> bool:
    """Whether the VAT has to be told in euro as well (CGI, art. 289, IV; BR-FR-CO-12)."""
    return document.currency != "EUR" and is_french(document)


def vat_currency(document: Document) -> Part:
    """BT-6, where BT-111 can be told: no VAT is none in any currency, and any other amount would
    need a rate of exchange."""
    tells = needs_euro(document) and not document.totals.vat
    return text("TaxCurrencyCode", "EUR") if tells else None


def _vat_in_euro(document: Document) -> Part:
    """BT-111."""
    if vat_currency(document) is None:
        return None
    return number("TaxTotalAmount", Decimal("0.00"), currencyID="EUR")


# --- a line --------------------------------------------------------------------------------------


def _product(line: DocumentLine) -> Element:
    """What is billed; a unit that has no code is told in words."""
    untold = line.unit if unit_code(line.unit) is None else None
    return group("SpecifiedTradeProduct", text("Name", line.text), maybe("Description", untold))


def _price(line: DocumentLine) -> Element:
    return group(
        "SpecifiedLineTradeAgreement",
        group(
            "NetPriceProductTradePrice",
            number("ChargeAmount", line.price),
            number("BasisQuantity", plain(line.base_quantity), unitCode=_unit(line)),
        ),
    )


def _quantity(line: DocumentLine) -> Element:
    quantity = number("BilledQuantity", plain(line.quantity), unitCode=_unit(line))
    return group("SpecifiedLineTradeDelivery", quantity)


def _unit(line: DocumentLine) -> str:
    return unit_code(line.unit) or ONE


def _line_settlement(line: DocumentLine) -> Element:
    return group(
        "SpecifiedLineTradeSettlement",
        _tax("ApplicableTradeTax", line.vat),
        _adjusted(line.discounts, line.charges, line.gross),
        group("SpecifiedTradeSettlementLineMonetarySummation", number("LineTotalAmount", line.net)),
    )


# --- what lines and the whole share --------------------------------------------------------------


def _adjusted(
    discounts: Sequence[Adjusted], charges: Sequence[Adjusted], base: Decimal
) -> Iterator[Element]:
    for raises, items in ((False, discounts), (True, charges)):
        for item in items:
            yield _adjustment(item, base, raises=raises)


def _adjustment(item: Adjusted, base: Decimal, *, raises: bool) -> Element:
    """A discount below zero is a charge, and the other way round: amounts stand without a sign."""
    turned = item.amount < 0
    of_base = item.percent is not None and not turned
    return group(
        "SpecifiedTradeAllowanceCharge",
        group("ChargeIndicator", text("udt:Indicator", "true" if raises != turned else "false")),
        number("CalculationPercent", plain(item.percent)) if item.percent and of_base else None,
        number("BasisAmount", base) if of_base else None,
        number("ActualAmount", abs(item.amount)),
        text("Reason", item.reason),
        _tax("CategoryTradeTax", item.vat) if item.vat else None,
    )


def _tax(tag: str, vat: Vat) -> Element:
    """BT-151 and BT-152; there is no rate outside the scope of VAT (BR-O-05)."""
    return group(
        tag,
        text("TypeCode", _VAT),
        text("CategoryCode", vat.category),
        None if vat.rate is None else number("RateApplicablePercent", plain(vat.rate)),
    )


def _vat_row(row: VatRow, *, on_debits: bool) -> Element:
    return group(
        "ApplicableTradeTax",
        number("CalculatedAmount", row.tax),
        text("TypeCode", _VAT),
        maybe("ExemptionReason", row.reason),
        number("BasisAmount", row.base),
        text("CategoryCode", row.category),
        maybe("ExemptionReasonCode", exemption_code(row.category, row.reason)),
        text("DueDateTypeCode", DUE_ON_INVOICE) if on_debits and row.tax else None,
        None if row.rate is None else number("RateApplicablePercent", plain(row.rate)),
    )
