"""The invoice engine: what a bill says, what it lacks, and what it comes to.

It needs nothing of the site, and nothing but the standard library. Numbers are `Decimal`
throughout; the rules are those of EN 16931-1:2017, cited by their names (BR-…), its fields by
their numbers (BT-…, BG-…).
"""

from portalgen.invoice.bill import Adjustment, Bill, Category, Line, Prepaid, Vat
from portalgen.invoice.currency import minor_unit_digits
from portalgen.invoice.flaws import Flaw, problems, vat_problems
from portalgen.invoice.totals import LineTotal, Totals, VatBreakdown, totals

__all__ = [
    "Adjustment",
    "Bill",
    "Category",
    "Flaw",
    "Line",
    "LineTotal",
    "Prepaid",
    "Totals",
    "Vat",
    "VatBreakdown",
    "minor_unit_digits",
    "problems",
    "totals",
    "vat_problems",
]
