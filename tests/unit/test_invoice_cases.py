"""The cases of tests/invoices: bills, and what they come to to the cent.

A case says `why` it is there. Its `unlike` names ways of reckoning that are common and wrong;
each is carried out here, so that a case which no longer tells them apart fails.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from portalgen.invoice import (
    Adjustment,
    Bill,
    Category,
    Line,
    Prepaid,
    Totals,
    Vat,
    minor_unit_digits,
    totals,
)

Case = dict[str, Any]
Number = Any  # a Fraction or a float, according to the way


def load_cases() -> list[Case]:
    """All cases, their numbers still text: a YAML float would spoil what is tested."""
    files = sorted((Path(__file__).parent.parent / "invoices").glob("*.yaml"))
    return [case for file in files for case in yaml.load(file.read_text("utf-8"), yaml.BaseLoader)]


CASES = load_cases()


def to_vat(text: str) -> Vat:
    """`S 20`, `E 0 reason` or `O reason`."""
    category: Any
    category, _, rest = text.partition(" ")
    assert category in get_args(Category)
    rate, _, reason = (None, "", rest) if category == "O" else rest.partition(" ")
    return Vat(
        category=category, rate=None if rate is None else Decimal(rate), reason=reason or None
    )


def to_adjustments(cases: list[Case]) -> tuple[Adjustment, ...]:
    return tuple(to_adjustment(**case) for case in cases)


def to_adjustment(**fields: str) -> Adjustment:
    vat = fields.pop("vat", None)
    numbers: Case = {name: Decimal(text) for name, text in fields.items()}
    return Adjustment(reason="agreed", vat=to_vat(vat) if vat else None, **numbers)


def to_line(vat: str, discounts: Any = (), charges: Any = (), **fields: str) -> Line:
    numbers: Case = {name: Decimal(text) for name, text in fields.items()}
    return Line(
        text="work",
        vat=to_vat(vat),
        discounts=to_adjustments(discounts),
        charges=to_adjustments(charges),
        **numbers,
    )


def to_bill(
    *,
    currency: str,
    lines: list[Case],
    discounts: Any = (),
    charges: Any = (),
    prepaid: Any = (),
    rounding: str = "0",
) -> Bill:
    return Bill(
        currency=currency,
        lines=tuple(to_line(**line) for line in lines),
        discounts=to_adjustments(discounts),
        charges=to_adjustments(charges),
        prepaid=tuple(Prepaid(amount=Decimal(amount)) for amount in prepaid),
        rounding=Decimal(rounding),
    )


AMOUNTS = (
    *("lines_total", "discounts_total", "charges_total", "without_vat"),
    *("vat_total", "with_vat", "prepaid", "rounding", "due"),
)
ZERO_IF_LEFT_OUT = ("discounts_total", "charges_total", "prepaid", "rounding")


def found_in(result: Totals) -> Case:
    """Totals as a case states them."""
    names = [
        group.category if group.rate is None else f"{group.category} {group.rate}"
        for group in result.vat
    ]
    groups = list(zip(names, result.vat, strict=True))
    found: Case = {name: str(getattr(result, name)) for name in AMOUNTS}
    found["lines"] = [str(net) for net in result.line_nets]
    found["vat"] = [(name, [str(group.base), str(group.tax)]) for name, group in groups]
    found["reasons"] = {name: group.reason for name, group in groups if group.reason}
    return found


def expected_of(case: Case) -> Case:
    zero = format(Decimal(0).scaleb(-minor_unit_digits(case["bill"]["currency"])), "f")
    expected: Case = dict.fromkeys(ZERO_IF_LEFT_OUT, zero) | {"reasons": {}} | case["totals"]
    expected["vat"] = list(expected["vat"].items())
    return expected


def by_name(case: Case) -> str:
    return str(case["name"])


@pytest.mark.parametrize("case", CASES, ids=by_name)
def test_a_case_comes_to_its_totals(case: Case) -> None:
    assert case["why"]
    assert found_in(totals(to_bill(**case["bill"]))) == expected_of(case)


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
    base_rounded: bool = True
    vat_of: str = "each group"

    def due(self, bill: Bill) -> Decimal:
        digits = minor_unit_digits(bill.currency)
        nets = [self.net(line, digits) for line in bill.lines]
        taxed = [(line.vat, net) for line, net in zip(bill.lines, nets, strict=True)]
        for sign, adjustments in ((-1, bill.discounts), (1, bill.charges)):
            for adjustment in adjustments:
                assert adjustment.vat
                taxed.append((adjustment.vat, sign * self.amount(adjustment, sum(nets), digits)))
        paid = sum(self.number(prepaid.amount) for prepaid in bill.prepaid)
        due = sum(net for _, net in taxed) + self.tax(taxed, digits) - paid
        return to_decimal(due + self.number(bill.rounding), digits)

    def net(self, line: Line, digits: int) -> Number:
        exact = self.number(line.quantity) * self.number(line.price)
        exact /= self.number(line.base_quantity)
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
    "vat-per-line": Way(vat_of="each line"),
    "vat-once": Way(vat_of="all"),
}


@pytest.mark.parametrize("case", CASES, ids=by_name)
def test_another_engine_agrees(case: Case) -> None:
    assert Way().due(to_bill(**case["bill"])) == Decimal(case["totals"]["due"])


@pytest.mark.parametrize(
    ("case", "way"),
    [
        pytest.param(case, way, id=f"{case['name']}-{way}")
        for case in CASES
        for way in case.get("unlike", ())
    ],
)
def test_a_wrong_way_ends_elsewhere(case: Case, way: str) -> None:
    assert WRONG_WAYS[way].due(to_bill(**case["bill"])) != Decimal(case["totals"]["due"])


def test_every_wrong_way_is_told_apart() -> None:
    assert {way for case in CASES for way in case.get("unlike", ())} == set(WRONG_WAYS)


def test_cases_are_told_apart_by_name() -> None:
    assert len({case["name"] for case in CASES}) == len(CASES)
