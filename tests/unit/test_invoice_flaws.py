"""What is wrong with a bill: each flaw by itself, with its code, its message and its line."""

import re
from dataclasses import replace
from decimal import Decimal, localcontext
from typing import Any

import pytest

from portalgen.invoice import (
    Adjustment,
    Bill,
    Category,
    Flaw,
    Line,
    Prepaid,
    Vat,
    minor_unit_digits,
    problems,
    totals,
    vat_problems,
)
from portalgen.invoice.flaws import OF_WORDS

STANDARD = Vat(category="S", rate=Decimal(20))
OUTSIDE = Vat(category="O", rate=None, reason="Not subject to VAT")
WORK = Line(text="work", price=Decimal(100), vat=STANDARD)
BILL = Bill(currency="EUR", lines=(WORK,))
REBATE = Adjustment(reason="rebate", percent=Decimal(10))


def with_second_line(**changes: Any) -> Bill:
    return replace(BILL, lines=(WORK, replace(WORK, **changes)))


def with_discount(**changes: Any) -> Bill:
    return replace(BILL, discounts=(replace(REBATE, vat=STANDARD, **changes),))


FLAWED = [
    (
        replace(BILL, currency="eur"),
        Flaw(
            "bad-currency",
            '"eur" is not a currency code of three capital letters, such as EUR',
        ),
    ),
    (
        replace(BILL, lines=()),
        Flaw("no-lines", "nothing is billed: an invoice has at least one line"),
    ),
    (
        replace(BILL, rounding=Decimal("0.005")),
        Flaw("too-precise", "the rounding 0.005 has more than the 2 decimals of EUR"),
    ),
    (
        replace(BILL, currency="JPY", prepaid=(Prepaid(amount=Decimal("10.5")),)),
        Flaw("too-precise", "the prepaid amount 10.5 has more than the 0 decimals of JPY"),
    ),
    (
        replace(BILL, discounts=(REBATE,)),
        Flaw(
            "adjustment-without-vat",
            'the discount "rebate" on the whole invoice needs its own VAT',
        ),
    ),
    (
        with_discount(amount=Decimal(5)),
        Flaw("amount-or-percent", 'the discount "rebate" needs either an amount or a percentage'),
    ),
    (
        with_discount(percent=None),
        Flaw("amount-or-percent", 'the discount "rebate" needs either an amount or a percentage'),
    ),
    (
        with_discount(percent=Decimal("100.1")),
        Flaw("bad-percent", 'the discount "rebate" cannot be 100.1 percent'),
    ),
    (
        replace(BILL, charges=(replace(REBATE, vat=STANDARD, percent=Decimal(-1)),)),
        Flaw("bad-percent", 'the charge "rebate" cannot be -1 percent'),
    ),
    (
        with_discount(reason=" "),
        Flaw("adjustment-without-reason", "the discount has no reason"),
    ),
    (
        replace(BILL, discounts=(replace(REBATE, vat=OUTSIDE),)),
        Flaw(
            "vat-outside-scope-mixed",
            "what is outside the scope of VAT (O) needs an invoice of its own",
        ),
    ),
    (
        replace(BILL, discounts=(replace(REBATE, vat=replace(STANDARD, rate=Decimal(0))),)),
        Flaw("bad-vat-rate", "VAT category S needs a rate above 0, up to 100, and has 0"),
    ),
    (
        with_second_line(text=""),
        Flaw("line-without-text", "this line does not say what is billed", 1),
    ),
    (
        with_second_line(price=Decimal(-5)),
        Flaw(
            "negative-price",
            "the price -5 is negative: make the quantity negative, or the line a discount",
            1,
        ),
    ),
    (
        with_second_line(base_quantity=Decimal(0)),
        Flaw("bad-base-quantity", "the price is for 0 units: it must be for more than none", 1),
    ),
    (
        with_second_line(base_quantity=Decimal(-2)),
        Flaw("bad-base-quantity", "the price is for -2 units: it must be for more than none", 1),
    ),
    (
        with_second_line(charges=(replace(REBATE, vat=STANDARD),)),
        Flaw(
            "vat-on-line-adjustment",
            'the charge "rebate" is taxed like its line: leave out its VAT',
            1,
        ),
    ),
    (
        with_second_line(discounts=(replace(REBATE, percent=None),)),
        Flaw(
            "amount-or-percent", 'the discount "rebate" needs either an amount or a percentage', 1
        ),
    ),
    (
        with_second_line(vat=Vat(category="E", rate=Decimal(0))),
        Flaw(
            "vat-reason-missing",
            "VAT category E needs the reason why no VAT is due",
            1,
        ),
    ),
    (
        with_second_line(quantity=Decimal("NaN")),
        Flaw("bad-number", "the quantity is not a finite number: NaN", 1),
    ),
    (
        with_second_line(vat=Vat(category="S", rate=Decimal("Infinity"))),
        Flaw("bad-number", "the VAT rate is not a finite number: Infinity", 1),
    ),
    (
        with_second_line(price=Decimal("1E+15")),
        Flaw(
            "bad-number",
            "the price has more than 15 digits before its decimal point: 1E+15",
            1,
        ),
    ),
    (
        with_discount(percent=None, amount=Decimal("1E-31")),
        Flaw(
            "bad-number",
            'the amount of the discount "rebate" has more than 30 decimals: 1E-31',
        ),
    ),
    (
        with_discount(percent=Decimal("sNaN")),
        Flaw("bad-number", 'the percentage of the discount "rebate" is not a finite number: sNaN'),
    ),
    (
        replace(BILL, discounts=(replace(REBATE, vat=replace(STANDARD, rate=Decimal("NaN"))),)),
        Flaw("bad-number", "the VAT rate is not a finite number: NaN"),
    ),
    (
        replace(BILL, prepaid=(Prepaid(amount=Decimal("NaN")),)),
        Flaw("bad-number", "the prepaid amount is not a finite number: NaN"),
    ),
]


OF_NUMBERS = [(bill, flaw) for bill, flaw in FLAWED if flaw.code not in OF_WORDS]
UNSAID = [bill for bill, flaw in FLAWED if flaw.code in OF_WORDS]


@pytest.mark.parametrize(("bill", "flaw"), FLAWED, ids=[flaw.code for _, flaw in FLAWED])
def test_a_flaw_is_named(bill: Bill, flaw: Flaw) -> None:
    assert problems(bill) == (flaw,)


@pytest.mark.parametrize(("bill", "flaw"), OF_NUMBERS, ids=[flaw.code for _, flaw in OF_NUMBERS])
def test_better_no_total_than_a_wrong_one(bill: Bill, flaw: Flaw) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(flaw.message)}$"):
        totals(bill)


def test_what_a_bill_fails_to_say_does_not_change_what_it_comes_to() -> None:
    assert [str(totals(bill).without_vat) for bill in UNSAID] == ["90.00", "200.00", "200.00"]


SOUND = [
    BILL,
    with_second_line(price=Decimal(0)),
    with_second_line(price=Decimal(999999999999999)),
    with_second_line(quantity=Decimal("0.000000000000000000000000000001")),
    replace(BILL, currency="KWD", rounding=Decimal("0.005")),
    replace(BILL, currency="JPY", rounding=Decimal("5.000")),
    with_discount(percent=Decimal(100)),
    replace(BILL, charges=(replace(REBATE, vat=STANDARD, percent=Decimal(250)),)),
    replace(BILL, lines=(replace(WORK, vat=OUTSIDE), replace(WORK, vat=OUTSIDE))),
]


@pytest.mark.parametrize("bill", SOUND)
def test_what_stands_at_the_edge_is_sound(bill: Bill) -> None:
    assert problems(bill) == ()


def test_all_flaws_are_found_at_once() -> None:
    lines = (
        replace(WORK, text="", base_quantity=Decimal(0)),
        replace(WORK, vat=Vat(category="S", rate=None, reason="none")),
    )
    found = problems(Bill(currency="", lines=lines, discounts=(REBATE,)))
    assert [(flaw.code, flaw.line) for flaw in found] == [
        ("bad-currency", None),
        ("adjustment-without-vat", None),
        ("line-without-text", 0),
        ("bad-base-quantity", 0),
        ("bad-vat-rate", 1),
        ("vat-reason-unexpected", 1),
    ]


RATES = [None, Decimal(-1), Decimal("0.0"), Decimal(20), Decimal(100), Decimal("100.5")]
ACCEPTED: list[tuple[Category, list[Decimal | None]]] = [
    ("S", [Decimal(20), Decimal(100)]),
    ("Z", [Decimal("0.0")]),
    ("E", [Decimal("0.0")]),
    ("AE", [Decimal("0.0")]),
    ("K", [Decimal("0.0")]),
    ("G", [Decimal("0.0")]),
    ("O", [None]),
]


@pytest.mark.parametrize(("category", "accepted"), ACCEPTED)
def test_a_category_accepts_its_rates_only(
    category: Category, accepted: list[Decimal | None]
) -> None:
    reason = None if category in "SZ" else "why"
    vats = [Vat(category=category, rate=rate, reason=reason) for rate in RATES]
    assert [vat.rate for vat in vats if not vat_problems(vat)] == accepted
    refused = {flaw.code for vat in vats for flaw in vat_problems(vat)}
    assert refused == {"bad-vat-rate"}


@pytest.mark.parametrize(("category", "accepted"), ACCEPTED)
def test_an_exemption_has_a_reason_and_a_rate_has_none(
    category: Category, accepted: list[Decimal | None]
) -> None:
    bare = Vat(category=category, rate=accepted[0])
    explained = replace(bare, reason="why")
    taxed = category in "SZ"
    codes = [[flaw.code for flaw in vat_problems(vat)] for vat in (bare, explained)]
    assert codes == ([[], ["vat-reason-unexpected"]] if taxed else [["vat-reason-missing"], []])


def test_a_rate_that_is_no_number_is_a_flaw_too() -> None:
    flaws = vat_problems(Vat(category="S", rate=Decimal("NaN")), 3)
    assert flaws == (Flaw("bad-number", "the VAT rate is not a finite number: NaN", 3),)


def test_the_callers_context_does_not_change_what_is_found() -> None:
    with localcontext(prec=1):
        assert problems(replace(BILL, rounding=Decimal("12345.67"))) == ()
        assert problems(replace(BILL, rounding=Decimal("12345.678")))


@pytest.mark.parametrize(
    ("digits", "currencies"),
    [(0, "CLP JPY KRW XPF"), (2, "CHF EUR USD"), (3, "BHD KWD TND"), (4, "CLF")],
)
def test_minor_units(digits: int, currencies: str) -> None:
    assert {minor_unit_digits(currency) for currency in currencies.split()} == {digits}
