"""What is billed: the numbers an invoice starts from, before any arithmetic.

The records hold whatever they are given; `flaws.problems` says what is wrong with it.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Category = Literal["S", "Z", "E", "AE", "K", "G", "O"]
"""A VAT category code (BT-151, UNTDID 5305): S standard or reduced rate, Z zero-rated, E exempt
(a franchise too), AE reverse charge, K supply within the European Union, G export, O outside the
scope of VAT."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vat:
    """How something is taxed.

    Attributes:
        rate: in percent (BT-152): above 0 for S, 0 for the others, None for O.
        reason: why no VAT is due (BT-120), for E, AE, K, G and O.
    """

    category: Category
    rate: Decimal | None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """A discount or a charge (BG-20, BG-21 on the whole; BG-27, BG-28 on a line).

    Exactly one of `amount` and `percent` is given. A negative amount undoes an earlier one, on
    a line that credits.

    Attributes:
        amount: in the bill's currency, without VAT (BT-92, BT-99, BT-136, BT-141).
        percent: of the line before its discounts and charges (BT-138, BT-143), or of the sum of
            the line nets (BT-94, BT-101).
        reason: as printed (BT-97, BT-104, BT-139, BT-144).
        vat: its own VAT when it is on the whole; None on a line, which has one already.
    """

    reason: str
    amount: Decimal | None = None
    percent: Decimal | None = None
    vat: Vat | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line (BG-25). A negative quantity credits.

    Attributes:
        text: what is billed (BT-153).
        price: of `base_quantity` units, without VAT, in the bill's currency, with as many
            decimals as it takes (BT-146).
        quantity: how many units (BT-129).
        unit: the unit, as printed (BT-130).
        base_quantity: how many units the price is for (BT-149).
    """

    text: str
    price: Decimal
    vat: Vat
    quantity: Decimal = Decimal(1)
    unit: str | None = None
    base_quantity: Decimal = Decimal(1)
    discounts: tuple[Adjustment, ...] = ()
    charges: tuple[Adjustment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepaid:
    """What was paid before this bill: its part of the paid amount (BT-113).

    Attributes:
        amount: with VAT, in the bill's currency.
        reference: the number of the deposit invoice it paid, if any (BT-25).
    """

    amount: Decimal
    reference: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """Everything that the totals follow from.

    Attributes:
        currency: ISO 4217 code (BT-5).
        discounts: on the whole (BG-20), each with its VAT.
        charges: on the whole (BG-21), each with its VAT.
        rounding: added to the amount due, to make it round (BT-114); may be negative.
    """

    currency: str
    lines: tuple[Line, ...]
    discounts: tuple[Adjustment, ...] = ()
    charges: tuple[Adjustment, ...] = ()
    prepaid: tuple[Prepaid, ...] = ()
    rounding: Decimal = Decimal(0)
