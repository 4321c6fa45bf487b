"""What is left of an invoice once payments came in."""

from collections.abc import Iterable
from dataclasses import fields, replace
from decimal import Decimal, localcontext

from portalgen.invoice.document import DocumentTotals
from portalgen.invoice.exact import exact_context

_NAMES = tuple(field.name for field in fields(DocumentTotals))


def settled(totals: DocumentTotals, payments: Iterable[Decimal]) -> DocumentTotals:
    """The totals of an invoice as they stand today.

    A payment counts like what was paid before: it adds to BT-113 and comes off BT-115. What the
    invoice itself said when it was issued stays as it is.

    Raises:
        decimal.Inexact: a payment has more decimals than the currency.
    """
    with localcontext(exact_context()):
        paid = sum(payments, Decimal(0)).quantize(totals.due)
        return replace(totals, prepaid=totals.prepaid + paid, due=totals.due - paid)


def negated(totals: DocumentTotals) -> DocumentTotals:
    """The same totals from the other side; zero keeps no sign."""
    amounts = {name: getattr(totals, name) for name in _NAMES}
    return DocumentTotals(**{name: a.copy_negate() if a else a for name, a in amounts.items()})
