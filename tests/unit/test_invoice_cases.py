"""The cases of tests/invoices come to what they say, to the cent.

The `unlike` of a case names ways of reckoning that are common and wrong; each is carried out
here, so that a case which no longer tells them apart fails.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

import pytest
from invoice_cases import CASES, Case, by_name, parsed, totals_of, vat_of

from portalgen.invoice import Adjustment, Bill, Line, Vat, minor_unit_digits, totals
from portalgen.invoice.document import Document
from portalgen.invoicing import bill_of, document_of, left_to_pay

Number = Any  # a Fraction or a float, according to the way


def document_in(case: Case) -> Document:
    found = parsed(case)
    return document_of(found.invoice, found.portal, found.workspace)


def bill_in(case: Case) -> Bill:
    found = parsed(case)
    return bill_of(found.invoice, found.portal, found.workspace)


def paid_in(case: Case) -> list[Decimal]:
    return [payment.amount for payment in parsed(case).invoice.payments]


@pytest.mark.parametrize("case", CASES, ids=by_name)
def test_a_case_comes_to_its_nets_and_its_vat(case: Case) -> None:
    found = totals(bill_in(case))
    assert case["why"]
    assert [str(net) for net in found.line_nets] == case["nets"]
    groups = [
        {
            "category": g.category,
            "rate": None if g.rate is None else str(g.rate),
            "base": str(g.base),
            "tax": str(g.tax),
        }
        for g in found.vat
    ]
    assert groups == vat_of(case)


@pytest.mark.parametrize("case", [case for case in CASES if "reasons" in case], ids=by_name)
def test_a_case_says_why_no_vat_is_due(case: Case) -> None:
    rows = document_in(case).vat
    names = {
        f"{row.category} {row.rate}" if row.rate is not None else row.category: row for row in rows
    }
    assert {name: row.reason for name, row in names.items() if row.reason} == case["reasons"]


@pytest.mark.parametrize("case", CASES, ids=by_name)
def test_the_page_asks_for_what_the_list_says(case: Case) -> None:
    payments = parsed(case).invoice.payments
    assert left_to_pay(document_in(case), payments) == Decimal(totals_of(case)["BT-115"])


def half_away(number: Fraction, digits: int) -> Fraction:
    units = floor(abs(number) * 10**digits + Fraction(1, 2))
    return Fraction(units if number > 0 else -units, 10**digits)


def half_towards_plus_infinity(number: Fraction, digits: int) -> Fraction:
    return Fraction(floor(number * 10**digits + Fraction(1, 2)), 10**digits)


def unrounded(number: Number, digits: int) -> Number:
    return number


@dataclass(frozen=True)
class Way:
    """A way of reckoning the amount due, right as it stands, wrong with any other value.

    Python's `round` rounds half to even, for fractions and floats alike.
    """

    number: Callable[[Decimal], Number] = Fraction
    rounded: Callable[[Number, int], Number] = half_away
    line_rounded: Callable[[Number, int], Number] | None = None
    price_rounded: bool = False
    base_rounded: bool = True
    vat_of: str = "each group"

    def due(self, case: Case) -> Decimal:
        bill = bill_in(case)
        digits = minor_unit_digits(bill.currency)
        nets = [self.net(line, digits) for line in bill.lines]
        taxed = [(line.vat, net) for line, net in zip(bill.lines, nets, strict=True)]
        for sign, adjustments in ((-1, bill.discounts), (1, bill.charges)):
            for adjustment in adjustments:
                assert adjustment.vat
                taxed.append((adjustment.vat, sign * self.amount(adjustment, sum(nets), digits)))
        prepaid = [*(deposit.amount for deposit in bill.prepaid), *paid_in(case)]
        paid = sum(self.number(amount) for amount in prepaid)
        due = sum(net for _, net in taxed) + self.tax(taxed, digits) - paid
        return to_decimal(due + self.number(bill.rounding), digits)

    def net(self, line: Line, digits: int) -> Number:
        price = self.number(line.price) / self.number(line.base_quantity)
        if self.price_rounded:
            price = self.rounded(price, digits)
        exact = self.number(line.quantity) * price
        gross = (self.line_rounded or self.rounded)(exact, digits)
        base = gross if self.base_rounded else exact
        discounts = sum(self.amount(discount, base, digits) for discount in line.discounts)
        return gross - discounts + sum(self.amount(c, base, digits) for c in line.charges)

    def amount(self, adjustment: Adjustment, base: Number, digits: int) -> Number:
        if adjustment.amount is not None:
            return self.rounded(self.number(adjustment.amount), digits)
        assert adjustment.percent is not None
        return self.rounded(base * self.number(adjustment.percent) / 100, digits)

    def tax(self, taxed: list[tuple[Vat, Number]], digits: int) -> Number:
        groups: dict[object, list[Number]] = defaultdict(list)
        for position, (vat, net) in enumerate(taxed):
            group = {"each group": (vat.category, vat.rate), "each line": position, "all": None}
            groups[group[self.vat_of]].append(net * self.number(vat.rate or Decimal(0)) / 100)
        return sum(self.rounded(sum(taxes), digits) for taxes in groups.values())


def to_decimal(number: Number, digits: int) -> Decimal:
    """To the decimals of the currency; a way that keeps more rounds here at last."""
    if isinstance(number, float):
        return Decimal(str(round(number, digits)))
    return Decimal(int(half_away(number, digits) * 10**digits)).scaleb(-digits)


WRONG_WAYS = {
    "half-even": Way(rounded=round),
    "floats": Way(number=float, rounded=round),
    "toward-plus-infinity": Way(rounded=half_towards_plus_infinity),
    "unrounded-lines": Way(line_rounded=unrounded),
    "percent-of-unrounded": Way(base_rounded=False),
    "rounded-price": Way(price_rounded=True),
    "vat-per-line": Way(vat_of="each line"),
    "vat-once": Way(vat_of="all"),
}


@pytest.mark.parametrize("case", CASES, ids=by_name)
def test_another_engine_agrees(case: Case) -> None:
    assert Way().due(case) == Decimal(totals_of(case)["BT-115"])


@pytest.mark.parametrize(
    ("case", "way"),
    [
        pytest.param(case, way, id=f"{case['name']}-{way}")
        for case in CASES
        for way in case.get("unlike", ())
    ],
)
def test_a_wrong_way_ends_elsewhere(case: Case, way: str) -> None:
    assert WRONG_WAYS[way].due(case) != Decimal(totals_of(case)["BT-115"])


def test_every_wrong_way_is_told_apart() -> None:
    assert {way for case in CASES for way in case.get("unlike", ())} == set(WRONG_WAYS)


def test_cases_are_told_apart_by_name() -> None:
    assert len({case["name"] for case in CASES}) == len(CASES)
