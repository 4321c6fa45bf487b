"""The arithmetic of a bill: what holds for every bill, and what is refused.

The cases with their figures are in tests/invoices.
"""

from collections import Counter
from dataclasses import replace
from decimal import ROUND_UP, Decimal, FloatOperation, Inexact, getcontext, localcontext
from fractions import Fraction
from math import floor
from typing import Any

import pytest
from bills import BILLS, EXAMPLES, VATS
from hypothesis import given
from hypothesis import strategies as st

from portalgen.invoice import (
    Adjustment,
    Bill,
    Category,
    Line,
    Prepaid,
    Totals,
    Vat,
    minor_unit_digits,
    problems,
    totals,
)
from portalgen.invoice.exact import exact_context

NO_VAT = Vat(category="O", rate=None)
WORK = Line(text="work", price=Decimal(100), vat=VATS[0])
BILL = Bill(currency="EUR", lines=(WORK,))


def reckoned(bill: Bill) -> dict[str, Any]:
    """The same rules in fractions, naively: every amount as a count of minor units."""
    scale = 10 ** minor_unit_digits(bill.currency)

    def rounded(number: Fraction) -> int:
        return floor(abs(number) + Fraction(1, 2)) * (1 if number > 0 else -1)

    def amount(adjustment: Adjustment, base: int) -> int:
        if adjustment.percent is not None:
            return rounded(base * Fraction(adjustment.percent) / 100)
        return rounded(Fraction(adjustment.amount or 0) * scale)

    def net(line: Line) -> int:
        price = Fraction(line.price) / Fraction(line.base_quantity)
        gross = rounded(Fraction(line.quantity) * price * scale)
        less = sum(amount(discount, gross) for discount in line.discounts)
        return gross - less + sum(amount(charge, gross) for charge in line.charges)

    nets = [net(line) for line in bill.lines]
    less = [amount(discount, sum(nets)) for discount in bill.discounts]
    more = [amount(charge, sum(nets)) for charge in bill.charges]
    taxed = [(line.vat, units) for line, units in zip(bill.lines, nets, strict=True)]
    taxed += [(a.vat or NO_VAT, -units) for a, units in zip(bill.discounts, less, strict=True)]
    taxed += [(a.vat or NO_VAT, units) for a, units in zip(bill.charges, more, strict=True)]
    bases: Counter[tuple[Category, Fraction]] = Counter()
    for vat, units in taxed:
        bases[vat.category, Fraction(vat.rate or 0)] += units
    groups = {key: (base, rounded(base * key[1] / 100)) for key, base in bases.items()}
    with_vat = sum(units for _, units in taxed) + sum(tax for _, tax in groups.values())
    paid = sum(prepaid.amount for prepaid in bill.prepaid)
    return {
        "nets": nets,
        "adjustments": (less, more),
        "vat": groups,
        "with_vat": with_vat,
        "due": with_vat - (paid - bill.rounding) * scale,
    }


def in_minor_units(found: Totals, scale: int) -> dict[str, Any]:
    less, more = ([amount * scale for amount in a] for a in (found.discounts, found.charges))
    return {
        "nets": [net * scale for net in found.line_nets],
        "adjustments": (less, more),
        "vat": {
            (group.category, Fraction(group.rate or 0)): (group.base * scale, group.tax * scale)
            for group in found.vat
        },
        "with_vat": found.with_vat * scale,
        "due": found.due * scale,
    }


@EXAMPLES
@given(BILLS)
def test_fractions_agree(bill: Bill) -> None:
    scale = 10 ** minor_unit_digits(bill.currency)
    assert in_minor_units(totals(bill), scale) == reckoned(bill)


@EXAMPLES
@given(BILLS)
def test_the_sums_of_en_16931_hold(bill: Bill) -> None:
    found = totals(bill)
    assert found.lines_total == sum(found.line_nets)  # BR-CO-10
    assert found.discounts_total == sum(found.discounts)  # BR-CO-11
    assert found.charges_total == sum(found.charges)  # BR-CO-12
    net = found.lines_total - found.discounts_total + found.charges_total
    assert found.without_vat == net  # BR-CO-13
    assert found.without_vat == sum(group.base for group in found.vat)
    assert found.vat_total == sum(group.tax for group in found.vat)  # BR-CO-14
    assert found.with_vat == found.without_vat + found.vat_total  # BR-CO-15
    assert found.due == found.with_vat - found.prepaid + found.rounding  # BR-CO-16
    for line in found.lines:
        assert line.net == line.gross - sum(line.discounts) + sum(line.charges)


def written(found: Totals) -> str:
    """Every figure as it is written: 1.0 and 1.00 are equal, but not alike."""
    return repr(found)


@EXAMPLES
@given(BILLS, st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_matter(bill: Bill, random: Any) -> None:
    shuffled = list(bill.lines)
    random.shuffle(shuffled)
    other = totals(replace(bill, lines=tuple(shuffled)))
    assert written(replace(other, lines=())) == written(replace(totals(bill), lines=()))


@EXAMPLES
@given(BILLS)
def test_crediting_everything_undoes_the_bill(bill: Bill) -> None:
    found, credit = totals(bill), totals(credited(bill))
    assert credit.due == -found.due
    assert [g.tax for g in credit.vat] == [-g.tax for g in found.vat]
    assert credit.line_nets == tuple(-net for net in found.line_nets)


def credited(bill: Bill) -> Bill:
    lines = (
        replace(
            line,
            quantity=-line.quantity,
            discounts=undone(line.discounts),
            charges=undone(line.charges),
        )
        for line in bill.lines
    )
    return Bill(
        currency=bill.currency,
        lines=tuple(lines),
        discounts=undone(bill.discounts),
        charges=undone(bill.charges),
        prepaid=tuple(Prepaid(amount=-prepaid.amount) for prepaid in bill.prepaid),
        rounding=-bill.rounding,
    )


def undone(stated: tuple[Adjustment, ...]) -> tuple[Adjustment, ...]:
    """A percentage turns with its base; an amount has to be turned."""
    return tuple(a if a.amount is None else replace(a, amount=-a.amount) for a in stated)


@EXAMPLES
@given(BILLS, st.sampled_from(["EUR", "JPY", "KWD", "CLF"]))
def test_only_the_minor_unit_tells_currencies_apart(bill: Bill, currency: str) -> None:
    """12.34 in a currency with cents reckons like 1234 in one without."""
    shift = minor_unit_digits(bill.currency) - minor_unit_digits(currency)
    found, moved = totals(bill), totals(scaled(bill, currency, shift))
    assert moved.due == found.due.scaleb(shift)
    assert moved.line_nets == tuple(net.scaleb(shift) for net in found.line_nets)
    assert [g.tax for g in moved.vat] == [g.tax.scaleb(shift) for g in found.vat]


def scaled(bill: Bill, currency: str, shift: int) -> Bill:
    lines = (
        replace(
            line,
            price=line.price.scaleb(shift),
            discounts=shifted(line.discounts, shift),
            charges=shifted(line.charges, shift),
        )
        for line in bill.lines
    )
    return Bill(
        currency=currency,
        lines=tuple(lines),
        discounts=shifted(bill.discounts, shift),
        charges=shifted(bill.charges, shift),
        prepaid=tuple(Prepaid(amount=p.amount.scaleb(shift)) for p in bill.prepaid),
        rounding=bill.rounding.scaleb(shift),
    )


def shifted(stated: tuple[Adjustment, ...], shift: int) -> tuple[Adjustment, ...]:
    return tuple(
        a if a.amount is None else replace(a, amount=a.amount.scaleb(shift)) for a in stated
    )


@EXAMPLES
@given(BILLS)
def test_amounts_have_the_decimals_of_the_currency_and_zero_has_no_sign(bill: Bill) -> None:
    found = totals(bill)
    amounts = [found.lines_total, found.discounts_total, found.charges_total, found.without_vat]
    amounts += [found.vat_total, found.with_vat, found.prepaid, found.rounding, found.due]
    amounts += [*found.line_nets, *found.discounts, *found.charges]
    amounts += [amount for group in found.vat for amount in (group.base, group.tax)]
    digits = minor_unit_digits(bill.currency)
    assert {amount.as_tuple().exponent for amount in amounts} == {-digits}
    assert not [amount for amount in amounts if amount == 0 and amount.is_signed()]


@EXAMPLES
@given(BILLS)
def test_the_callers_context_is_neither_used_nor_touched(bill: Bill) -> None:
    expected = totals(bill)
    with localcontext(prec=2, rounding=ROUND_UP, Emax=5, Emin=-5) as context:
        context.clear_flags()
        assert written(totals(bill)) == written(expected)
        assert getcontext() is context
        assert not any(context.flags.values())


BIG = Decimal("999999999999999.999999999999999999999999999999")
SMALL = Decimal("0.000000000000000000000000000001")


def test_the_largest_numbers_are_reckoned_exactly() -> None:
    adjustment = Adjustment(reason="why", percent=BIG)
    line = replace(WORK, quantity=BIG, price=BIG, base_quantity=SMALL, charges=(adjustment,))
    charge = replace(adjustment, vat=VATS[0])
    bill = replace(BILL, lines=(line,) * 50, charges=(charge, charge))
    assert totals(bill).due.adjusted() > 70
    with localcontext(prec=300):
        assert in_minor_units(totals(bill), 100) == reckoned(bill)


def test_a_float_is_refused() -> None:
    price: Any = 0.1
    bill = replace(BILL, lines=(replace(WORK, price=price),))
    assert [flaw.code for flaw in problems(bill)] == ["bad-number"]
    with pytest.raises(ValueError, match="the price is not a Decimal"):
        totals(bill)


def test_what_does_not_fit_raises_instead_of_being_rounded() -> None:
    with localcontext(exact_context()):
        with pytest.raises(Inexact):
            Decimal(1) / 3
        with pytest.raises(FloatOperation):
            getcontext().create_decimal(0.5)
