"""Between the site and the invoice engine."""

from portalgen.invoicing.bills import bill_of, deposits_of, payment_due
from portalgen.invoicing.documents import document_of, drafted, lacking_for
from portalgen.invoicing.facts import franchise_reason, law_of
from portalgen.invoicing.payments import left_to_pay

__all__ = [
    "bill_of",
    "deposits_of",
    "document_of",
    "drafted",
    "franchise_reason",
    "lacking_for",
    "law_of",
    "left_to_pay",
    "payment_due",
]
