"""What must not change a total: other quantities at another price, or a line cut in two."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from bills import BILLS, EXAMPLES, VATS, numbers
from hypothesis import given
from hypothesis import strategies as st

from portalgen.invoice import Bill, Line, minor_unit_digits, totals

INVERSES = {
    Decimal(k): Decimal(part)
    for k, part in (("2", "0.5"), ("4", "0.25"), ("5", "0.2"), ("8", "0.125"), ("1000", "0.001"))
}
"""Factors whose inverse is a decimal number, so that a price can be divided exactly."""


def with_lines(bill: Bill, changes: Any) -> Bill:
    return replace(bill, lines=tuple(replace(line, **changes(line)) for line in bill.lines))


@EXAMPLES
@given(BILLS, st.sampled_from(sorted(INVERSES)))
def test_k_times_as_many_at_a_kth_of_the_price_cost_the_same(bill: Bill, k: Decimal) -> None:
    more = with_lines(
        bill, lambda line: {"quantity": line.quantity * k, "price": line.price * INVERSES[k]}
    )
    assert totals(more) == totals(bill)


@EXAMPLES
@given(BILLS, st.integers(1, 12).map(Decimal))
def test_a_price_for_k_units_is_that_of_one(bill: Bill, k: Decimal) -> None:
    """Any k, also one whose inverse never ends: the quotient is rounded once."""
    more = with_lines(
        bill, lambda line: {"price": line.price * k, "base_quantity": line.base_quantity * k}
    )
    assert totals(more) == totals(bill)


# Whole minor units for whole quantities: no line has anything to round.
WHOLE_LINES = st.builds(
    Line,
    text=st.just("work"),
    quantity=st.integers(-9, 9).map(Decimal),
    price=numbers(0, 99, 2),
    vat=st.sampled_from(VATS),
)


@EXAMPLES
@given(st.lists(WHOLE_LINES, min_size=1, max_size=5), st.integers(-9, 9).map(Decimal))
def test_a_line_cut_in_two_costs_the_same(lines: list[Line], part: Decimal) -> None:
    first, *others = lines
    halves = (replace(first, quantity=part), replace(first, quantity=first.quantity - part))
    whole = totals(Bill(currency="EUR", lines=tuple(lines)))
    cut = totals(Bill(currency="EUR", lines=(*halves, *others)))
    assert replace(cut, lines=()) == replace(whole, lines=())


@EXAMPLES
@given(BILLS)
def test_vat_turns_its_sign_with_its_base(bill: Bill) -> None:
    plain = replace(bill, discounts=(), charges=())
    plain = with_lines(plain, lambda _: {"discounts": (), "charges": ()})
    turned = with_lines(plain, lambda line: {"quantity": -line.quantity})
    before, after = totals(plain), totals(turned)
    assert [(g.base, g.tax) for g in after.vat] == [(-g.base, -g.tax) for g in before.vat]


@EXAMPLES
@given(BILLS)
def test_rounded_vat_is_never_further_off_than_half_a_minor_unit(bill: Bill) -> None:
    half = Decimal("0.5").scaleb(-minor_unit_digits(bill.currency))
    for group in totals(bill).vat:
        exact = group.base * (group.rate or Decimal(0)) / 100
        assert abs(group.tax - exact) <= half
