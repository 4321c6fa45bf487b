"""What keeps a bill from being reckoned, or from being one at all."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, localcontext

from portalgen.invoice.bill import Adjustment, Bill, Line, Vat
from portalgen.invoice.currency import is_currency_code, minor_unit_digits
from portalgen.invoice.exact import exact_context, has_decimals_beyond

MAX_DIGITS, MAX_DECIMALS = 15, 30
"""Digits that a number may have before its decimal point, and after it. Every sum and product of
such numbers fits the precision that `totals` reckons with."""

OF_WORDS = frozenset(
    {
        "adjustment-without-reason",
        "line-without-text",
        "vat-reason-missing",
        "vat-reason-unexpected",
    }
)
"""Codes of flaws in what a bill says: what it comes to is right all the same."""

_HUNDRED = Decimal(100)
_CATEGORIES_WITHOUT_REASON = ("S", "Z")

_Number = tuple[str, Decimal, int | None]
"""What a number is, the number, and the position of its line if it has one."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong with a bill.

    Attributes:
        code: a stable name, in lower case with hyphens.
        message: one line, without a full stop.
        line: the position in `Bill.lines`, counted from 0; None for the bill as a whole.
    """

    code: str
    message: str
    line: int | None = None


def problems(bill: Bill) -> tuple[Flaw, ...]:
    """Return all that is wrong with a bill: the whole first, then line by line.

    A number that cannot be compared with others hides everything else, until it is mended.
    """
    unusable = tuple(_unusable(_numbers(bill)))
    if unusable:
        return unusable
    with localcontext(exact_context()):
        return tuple(flaw for rule in _RULES for flaw in rule(bill)) + _line_problems(bill)


def vat_problems(vat: Vat, line: int | None = None) -> tuple[Flaw, ...]:
    """Return what is wrong with a VAT category, its rate and its reason."""
    unusable = tuple(_unusable(_numbers_of_vat(vat, line)))
    return unusable or (*_rate_problems(vat, line), *_reason_problems(vat, line))


def _line_problems(bill: Bill) -> tuple[Flaw, ...]:
    return tuple(
        flaw
        for position, line in enumerate(bill.lines)
        for rule in _LINE_RULES
        for flaw in rule(line, position)
    )


def _unusable(numbers: Iterable[_Number]) -> Iterator[Flaw]:
    for name, number, line in numbers:
        fault = _fault_of(number)
        if fault:
            yield Flaw("bad-number", f"the {name} {fault}: {number}", line)


def _fault_of(number: object) -> str:
    if not isinstance(number, Decimal):
        return "is not a Decimal"
    exponent = number.as_tuple().exponent
    if isinstance(exponent, str):
        return "is not a finite number"
    if number.adjusted() >= MAX_DIGITS:
        return f"has more than {MAX_DIGITS} digits before its decimal point"
    if exponent < -MAX_DECIMALS:
        return f"has more than {MAX_DECIMALS} decimals"
    return ""


def _numbers(bill: Bill) -> Iterator[_Number]:
    yield "rounding", bill.rounding, None
    for prepaid in bill.prepaid:
        yield "prepaid amount", prepaid.amount, None
    yield from _numbers_of_adjustments(bill, None)
    for position, line in enumerate(bill.lines):
        yield "quantity", line.quantity, position
        yield "price", line.price, position
        yield "base quantity", line.base_quantity, position
        yield from _numbers_of_vat(line.vat, position)
        yield from _numbers_of_adjustments(line, position)


def _numbers_of_adjustments(owner: Bill | Line, line: int | None) -> Iterator[_Number]:
    for kind, adjustment in _adjustments(owner):
        if adjustment.amount is not None:
            yield f"amount of {_named(kind, adjustment)}", adjustment.amount, line
        if adjustment.percent is not None:
            yield f"percentage of {_named(kind, adjustment)}", adjustment.percent, line
        if adjustment.vat is not None:
            yield from _numbers_of_vat(adjustment.vat, line)


def _numbers_of_vat(vat: Vat, line: int | None) -> Iterator[_Number]:
    if vat.rate is not None:
        yield "VAT rate", vat.rate, line


def _adjustments(owner: Bill | Line) -> Iterator[tuple[str, Adjustment]]:
    for discount in owner.discounts:
        yield "discount", discount
    for charge in owner.charges:
        yield "charge", charge


def _named(kind: str, adjustment: Adjustment) -> str:
    return f'the {kind} "{adjustment.reason}"' if adjustment.reason.strip() else f"the {kind}"


def _currency_without_code(bill: Bill) -> Iterator[Flaw]:
    if not is_currency_code(bill.currency):
        message = f'"{bill.currency}" is not a currency code of three capital letters, such as EUR'
        yield Flaw("bad-currency", message)


def _no_line(bill: Bill) -> Iterator[Flaw]:
    """BR-16."""
    if not bill.lines:
        yield Flaw("no-lines", "nothing is billed: an invoice has at least one line")


def _unpayable_amount(bill: Bill) -> Iterator[Flaw]:
    """Money that changed hands is stated, not computed: rounding it would hide a mistake."""
    digits = minor_unit_digits(bill.currency)
    stated = [("rounding", bill.rounding), *(("prepaid amount", p.amount) for p in bill.prepaid)]
    for name, amount in stated:
        if has_decimals_beyond(amount, digits):
            message = f"the {name} {amount} has more than the {digits} decimals of {bill.currency}"
            yield Flaw("too-precise", message)


def _bad_adjustment_of_bill(bill: Bill) -> Iterator[Flaw]:
    """BR-32 and BR-37 ask for the VAT."""
    for kind, adjustment in _adjustments(bill):
        yield from _adjustment_problems(kind, adjustment, None)
        if adjustment.vat is None:
            message = f"{_named(kind, adjustment)} on the whole invoice needs its own VAT"
            yield Flaw("adjustment-without-vat", message)
        else:
            yield from vat_problems(adjustment.vat)


def _outside_scope_mixed(bill: Bill) -> Iterator[Flaw]:
    """BR-O-11 to BR-O-14."""
    vats = [line.vat for line in bill.lines]
    vats += [adjustment.vat for _, adjustment in _adjustments(bill) if adjustment.vat]
    categories = {vat.category for vat in vats}
    if "O" in categories and len(categories) > 1:
        message = "what is outside the scope of VAT (O) needs an invoice of its own"
        yield Flaw("vat-outside-scope-mixed", message)


def _line_without_text(line: Line, position: int) -> Iterator[Flaw]:
    """BR-25."""
    if not line.text.strip():
        yield Flaw("line-without-text", "this line does not say what is billed", position)


def _negative_price(line: Line, position: int) -> Iterator[Flaw]:
    """BR-27."""
    if line.price < 0:
        message = f"the price {line.price} is negative: make the quantity negative, or the line"
        yield Flaw("negative-price", f"{message} a discount", position)


def _bad_base_quantity(line: Line, position: int) -> Iterator[Flaw]:
    if line.base_quantity <= 0:
        message = f"the price is for {line.base_quantity} units: it must be for more than none"
        yield Flaw("bad-base-quantity", message, position)


def _bad_adjustment_of_line(line: Line, position: int) -> Iterator[Flaw]:
    for kind, adjustment in _adjustments(line):
        yield from _adjustment_problems(kind, adjustment, position)
        if adjustment.vat is not None:
            message = f"{_named(kind, adjustment)} is taxed like its line: leave out its VAT"
            yield Flaw("vat-on-line-adjustment", message, position)


def _bad_vat_of_line(line: Line, position: int) -> Iterator[Flaw]:
    yield from vat_problems(line.vat, position)


def _adjustment_problems(kind: str, adjustment: Adjustment, line: int | None) -> Iterator[Flaw]:
    """BR-33, BR-38, BR-42 and BR-44 ask for the reason."""
    name = _named(kind, adjustment)
    if not adjustment.reason.strip():
        yield Flaw("adjustment-without-reason", f"{name} has no reason", line)
    if (adjustment.amount is None) == (adjustment.percent is None):
        message = f"{name} needs either an amount or a percentage"
        yield Flaw("amount-or-percent", message, line)
    if adjustment.percent is not None and not _is_sensible(kind, adjustment.percent):
        message = f"{name} cannot be {adjustment.percent} percent"
        yield Flaw("bad-percent", message, line)


def _is_sensible(kind: str, percent: Decimal) -> bool:
    return percent >= 0 and (kind == "charge" or percent <= _HUNDRED)


def _rate_problems(vat: Vat, line: int | None) -> Iterator[Flaw]:
    """BR-S-05, BR-Z-05, BR-E-05, BR-AE-05, BR-IC-05, BR-G-05 and BR-O-05, and their like for
    discounts and charges."""
    rate = vat.rate
    if vat.category == "O":
        expected, holds = "no rate", rate is None
    elif vat.category == "S":
        expected, holds = "a rate above 0, up to 100", rate is not None and 0 < rate <= _HUNDRED
    else:
        expected, holds = "the rate 0", rate == 0
    if not holds:
        found = "none" if rate is None else rate
        message = f"VAT category {vat.category} needs {expected}, and has {found}"
        yield Flaw("bad-vat-rate", message, line)


def _reason_problems(vat: Vat, line: int | None) -> Iterator[Flaw]:
    """BR-S-10, BR-Z-10, BR-E-10, BR-AE-10, BR-IC-10, BR-G-10 and BR-O-10."""
    has_reason = bool(vat.reason and vat.reason.strip())
    if vat.category in _CATEGORIES_WITHOUT_REASON and has_reason:
        message = f"VAT category {vat.category} is no exemption: leave out its reason"
        yield Flaw("vat-reason-unexpected", message, line)
    if vat.category not in _CATEGORIES_WITHOUT_REASON and not has_reason:
        message = f"VAT category {vat.category} needs the reason why no VAT is due"
        yield Flaw("vat-reason-missing", message, line)


_RULES: tuple[Callable[[Bill], Iterator[Flaw]], ...] = (
    _currency_without_code,
    _no_line,
    _unpayable_amount,
    _bad_adjustment_of_bill,
    _outside_scope_mixed,
)

_LINE_RULES: tuple[Callable[[Line, int], Iterator[Flaw]], ...] = (
    _line_without_text,
    _negative_price,
    _bad_base_quantity,
    _bad_vat_of_line,
    _bad_adjustment_of_line,
)
