"""What came in for an invoice. Payments lie outside of what it says."""

from collections.abc import Iterable
from decimal import Decimal

from portalgen.invoice.document import Document
from portalgen.model.billing import Payment


def left_to_pay(document: Document, payments: Iterable[Payment]) -> Decimal:
    """What is left of the amount due, in the document's currency; below zero when too much came.

    Of a credit note, what is still to be given back.
    """
    return document.totals.due - sum((payment.amount for payment in payments), Decimal(0))
