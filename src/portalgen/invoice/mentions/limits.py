"""What French law does not allow an invoice to say."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from portalgen.invoice.mentions.facts import UNION, Facts, Lacking
from portalgen.invoice.mentions.france import HOME

RECOVERY_FEE = Decimal(40)
"""Euro; C. com., art. D441-5."""

_MULTIPLES = {
    "deux": 2,
    "two": 2,
    "double": 2,
    "trois": 3,
    "three": 3,
    "triple": 3,
    "quatre": 4,
    "four": 4,
    "cinq": 5,
    "five": 5,
}
_LEAST_MULTIPLE = 3
_FIGURE = re.compile(r"\d+(?:[.,]\d+)?\s*%")
_CENTRAL_BANK = re.compile(r"\b(?:bce|ecb)\b|banque centrale|central bank|refinanc", re.IGNORECASE)


def fee_not_as_fixed(facts: Facts) -> Iterator[Lacking]:
    """The recovery fee is fixed by decree; more may be asked for on proof, not printed ahead."""
    fee = facts.said.get("studio.terms.recovery_fee")
    if fee is not None and facts.customer == "business" and Decimal(fee) != RECOVERY_FEE:
        fault = f"the fee is fixed at 40 €, and {fee} is written"
        yield Lacking("studio.terms.recovery_fee", "C. com., art. D441-5", "40", fault)


def penalty_too_low(facts: Facts) -> Iterator[Lacking]:
    """An agreed rate is at least three times the legal interest rate."""
    rate = facts.said.get("studio.terms.late_rate")
    if rate is None or facts.customer != "business" or facts.kind == "credit note":
        return
    if is_on_legal_rate(rate) and multiple_of(rate) < _LEAST_MULTIPLE:
        fault = "a penalty is at least three times the legal interest rate"
        write = "trois fois le taux d’intérêt légal"
        yield Lacking("studio.terms.late_rate", "C. com., art. L441-10, II", write, fault)


def is_on_legal_rate(rate: str) -> bool:
    """Whether a rate is told as a multiple of the legal interest rate."""
    words = rate.lower()
    return ("légal" in words or "legal" in words) and not _CENTRAL_BANK.search(words)


def multiple_of(rate: str) -> int:
    """How many times the legal rate, in words or as a figure; 1 when nothing says so."""
    words = re.findall(r"\w+", rate.lower())
    return max(_MULTIPLES.get(word, int(word) if word.isdecimal() else 1) for word in words)


def is_bare_figure(rate: str) -> bool:
    """Whether a rate is a figure alone, which nobody can hold against a rate that changes."""
    return bool(_FIGURE.search(rate)) and not is_on_legal_rate(rate) and not _central(rate)


def _central(rate: str) -> bool:
    return _CENTRAL_BANK.search(rate) is not None


def reverse_charge_to_a_consumer(facts: Facts) -> Iterator[Lacking]:
    """Only who is taxable can owe the VAT in the seller's place (CGI, art. 283)."""
    categories = {row.category for row in facts.vat} & {"AE", "K"}
    if categories and facts.customer == "consumer":
        fault = f"VAT category {min(categories)} is for a business, and this is a consumer"
        yield Lacking("client.billing.kind", "CGI, art. 283 et 262 ter, I", "business", fault)


def supply_within_one_country(facts: Facts) -> Iterator[Lacking]:
    """A supply within the Union goes from France to another member state."""
    inside = facts.destination in UNION - HOME
    if any(row.category == "K" for row in facts.vat) and not inside:
        fault = "VAT category K is for goods sent to another member state of the Union"
        write = "the country that they are delivered to"
        field = "client.billing.delivery_address.country"
        yield Lacking(field, "CGI, art. 262 ter, I", write, fault)


def vat_under_franchise(facts: Facts) -> Iterator[Lacking]:
    """Whoever writes VAT on an invoice owes it."""
    if facts.regime == "franchise" and any(row.tax for row in facts.vat):
        fault = "this invoice charges VAT, under a franchise"
        yield Lacking("studio.legal.vat_regime", "CGI, art. 283, 3 et 293 E", "standard", fault)


LIMITS: tuple[Callable[[Facts], Iterator[Lacking]], ...] = (
    fee_not_as_fixed,
    penalty_too_low,
    reverse_charge_to_a_consumer,
    supply_within_one_country,
    vat_under_franchise,
)
