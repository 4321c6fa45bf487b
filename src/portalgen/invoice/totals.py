"""What a bill comes to, by the rules of EN 16931-1:2017.

Every amount is exact until the rule rounds it: a line, a discount or charge, the VAT of a
category and rate. Rounding is to the currency's minor unit, half a unit away from zero, so that
crediting something undoes it to the cent.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import cast, get_args

from portalgen.invoice.bill import Adjustment, Bill, Category, Line, Vat
from portalgen.invoice.currency import minor_unit_digits
from portalgen.invoice.exact import exact_context, rounded_quotient
from portalgen.invoice.flaws import OF_WORDS, problems

_ONE, _HUNDRED = Decimal(1), Decimal(100)
_CATEGORIES: tuple[Category, ...] = get_args(Category)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTotal:
    """What a line comes to, without VAT.

    Attributes:
        gross: quantity × price ÷ base quantity, rounded: the base of a percentage (BT-137, BT-142).
        discounts: the amount of each discount (BT-136).
        charges: the amount of each charge (BT-141).
        net: gross − discounts + charges (BT-131).
    """

    gross: Decimal
    discounts: tuple[Decimal, ...]
    charges: tuple[Decimal, ...]
    net: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class VatBreakdown:
    """The VAT of one category and rate (BG-23).

    Attributes:
        category: its code (BT-118).
        rate: in percent, without needless zeros (BT-119); None outside the scope of VAT.
        base: what is taxed (BT-116).
        tax: base × rate, rounded (BT-117).
        reason: why no VAT is due (BT-120); several reasons in alphabetical order, joined by "; ".
    """

    category: Category
    rate: Decimal | None
    base: Decimal
    tax: Decimal
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What a bill comes to (BG-22). Amounts have just the decimals of the currency.

    Attributes:
        lines: each line, in the bill's order.
        discounts: the amount of each discount on the whole (BT-92).
        charges: the amount of each charge on the whole (BT-99).
        lines_total: sum of the line nets (BT-106).
        discounts_total: sum of the discounts on the whole (BT-107).
        charges_total: sum of the charges on the whole (BT-108).
        without_vat: BT-106 − BT-107 + BT-108 (BT-109).
        vat: its breakdown: S first, as in `Category`, the highest rate first (BG-23).
        vat_total: sum of the VAT (BT-110).
        with_vat: BT-109 + BT-110 (BT-112).
        prepaid: what was paid before, with VAT (BT-113).
        rounding: added to make the amount due round (BT-114).
        due: BT-112 − BT-113 + BT-114 (BT-115).
    """

    lines: tuple[LineTotal, ...]
    discounts: tuple[Decimal, ...]
    charges: tuple[Decimal, ...]
    lines_total: Decimal
    discounts_total: Decimal
    charges_total: Decimal
    without_vat: Decimal
    vat: tuple[VatBreakdown, ...]
    vat_total: Decimal
    with_vat: Decimal
    prepaid: Decimal
    rounding: Decimal
    due: Decimal

    @property
    def line_nets(self) -> tuple[Decimal, ...]:
        """The net amount of each line, in the bill's order (BT-131)."""
        return tuple(line.net for line in self.lines)


def totals(bill: Bill) -> Totals:
    """Return what a bill comes to; the caller's decimal context plays no part in it.

    Raises:
        ValueError: the bill has flaws in its numbers; better no total than a wrong one.
    """
    flaws = [flaw for flaw in problems(bill) if flaw.code not in OF_WORDS]
    if flaws:
        raise ValueError("; ".join(flaw.message for flaw in flaws))
    with localcontext(exact_context()):
        return _totals(bill)


def _totals(bill: Bill) -> Totals:
    digits = minor_unit_digits(bill.currency)
    lines = tuple(_line_total(line, digits) for line in bill.lines)
    lines_total = _sum((line.net for line in lines), digits)
    discounts = _amounts(bill.discounts, lines_total, digits)
    charges = _amounts(bill.charges, lines_total, digits)
    discounts_total, charges_total = _sum(discounts, digits), _sum(charges, digits)
    without_vat = lines_total - discounts_total + charges_total
    vat = _breakdown(_taxed(bill, lines, discounts, charges), digits)
    vat_total = _sum((group.tax for group in vat), digits)
    with_vat = without_vat + vat_total
    prepaid = _sum((_rounded(paid.amount, digits) for paid in bill.prepaid), digits)
    rounding = _rounded(bill.rounding, digits)
    return Totals(
        lines=lines,
        discounts=discounts,
        charges=charges,
        lines_total=lines_total,
        discounts_total=discounts_total,
        charges_total=charges_total,
        without_vat=without_vat,
        vat=vat,
        vat_total=vat_total,
        with_vat=with_vat,
        prepaid=prepaid,
        rounding=rounding,
        due=with_vat - prepaid + rounding,
    )


def _line_total(line: Line, digits: int) -> LineTotal:
    gross = rounded_quotient(line.quantity * line.price, line.base_quantity, digits)
    discounts = _amounts(line.discounts, gross, digits)
    charges = _amounts(line.charges, gross, digits)
    net = gross - _sum(discounts, digits) + _sum(charges, digits)
    return LineTotal(gross=gross, discounts=discounts, charges=charges, net=net)


def _amounts(adjustments: Iterable[Adjustment], base: Decimal, digits: int) -> tuple[Decimal, ...]:
    return tuple(_amount(adjustment, base, digits) for adjustment in adjustments)


def _amount(adjustment: Adjustment, base: Decimal, digits: int) -> Decimal:
    if adjustment.amount is not None:
        return _rounded(adjustment.amount, digits)
    percent = cast("Decimal", adjustment.percent)  # `problems` has seen to it
    return _percentage(base, percent, digits)


def _taxed(
    bill: Bill,
    lines: tuple[LineTotal, ...],
    discounts: tuple[Decimal, ...],
    charges: tuple[Decimal, ...],
) -> list[tuple[Vat, Decimal]]:
    """Everything that enters the VAT base, with its sign (BR-S-08 and the like)."""
    taxed = [(line.vat, total.net) for line, total in zip(bill.lines, lines, strict=True)]
    signed = ((bill.discounts, [-a for a in discounts]), (bill.charges, charges))
    for adjustments, amounts in signed:
        vats = (cast("Vat", adjustment.vat) for adjustment in adjustments)  # as above
        taxed.extend(zip(vats, amounts, strict=True))
    return taxed


def _breakdown(taxed: list[tuple[Vat, Decimal]], digits: int) -> tuple[VatBreakdown, ...]:
    groups: dict[tuple[Category, Decimal | None], list[tuple[Vat, Decimal]]] = {}
    for vat, amount in taxed:
        # Equal Decimals hash alike: 20, 20.0 and 20.00 are one group.
        groups.setdefault((vat.category, vat.rate), []).append((vat, amount))
    found = [
        _vat_breakdown(category, rate, groups[category, rate], digits) for category, rate in groups
    ]
    return tuple(sorted(found, key=lambda g: (_CATEGORIES.index(g.category), -(g.rate or 0))))


def _vat_breakdown(
    category: Category, rate: Decimal | None, taxed: list[tuple[Vat, Decimal]], digits: int
) -> VatBreakdown:
    base = _sum((amount for _, amount in taxed), digits)
    reasons = sorted({vat.reason.strip() for vat, _ in taxed if vat.reason})
    return VatBreakdown(
        category=category,
        rate=None if rate is None else _plain(rate),
        base=base,
        tax=_percentage(base, rate or Decimal(0), digits),
        reason="; ".join(reasons) or None,
    )


def _plain(number: Decimal) -> Decimal:
    """The same number without trailing zeros, nor the exponent that `normalize` makes of 20."""
    whole = number.to_integral_value()
    return whole if number == whole else number.normalize()


def _percentage(base: Decimal, percent: Decimal, digits: int) -> Decimal:
    return rounded_quotient(base * percent, _HUNDRED, digits)


def _rounded(amount: Decimal, digits: int) -> Decimal:
    return rounded_quotient(amount, _ONE, digits)


def _sum(amounts: Iterable[Decimal], digits: int) -> Decimal:
    return sum(amounts, Decimal(0).scaleb(-digits))
