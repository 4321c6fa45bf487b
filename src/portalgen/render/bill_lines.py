"""The lines of an invoice, as its table shows them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from portalgen.invoice import Adjustment, Bill, Line, LineTotal, Totals
from portalgen.model.billing import Invoice
from portalgen.render.scope import Link, Scope


@dataclass(frozen=True, slots=True)
class Amount:
    """A label and an amount of money."""

    label: str
    money: str


@dataclass(frozen=True, slots=True)
class LineView:
    """A line, with its discounts and charges below it; `net` is what they leave."""

    text: str
    covers: tuple[Link, ...]
    quantity: str
    price: str
    vat: str
    gross: str
    adjustments: tuple[Amount, ...]
    net: str


def line_views(scope: Scope, invoice: Invoice, bill: Bill, total: Totals) -> tuple[LineView, ...]:
    """Each line of a bill with what it comes to; the invoice tells what it covers."""
    rows = zip(invoice.lines, bill.lines, total.lines, strict=True)
    return tuple(
        LineView(
            text=line.text,
            covers=scope.requirements(written.covers),
            quantity=_quantity(scope, line),
            price=_price(scope, line, bill.currency),
            vat=_vat(scope, line),
            gross=scope.words.money(amounts.gross, bill.currency),
            adjustments=tuple(_adjustments(scope, line, amounts, bill.currency)),
            net=scope.words.money(amounts.net, bill.currency),
        )
        for written, line, amounts in rows
    )


def _quantity(scope: Scope, line: Line) -> str:
    number = scope.words.number(line.quantity)
    return f"{number}\u00a0{line.unit}" if line.unit else number


def _price(scope: Scope, line: Line, currency: str) -> str:
    price = scope.words.money(line.price, currency)
    if line.base_quantity == 1:
        return price
    quantity = scope.words.number(line.base_quantity)
    return scope.words.text("{price} for {quantity}", price=price, quantity=quantity)


def _vat(scope: Scope, line: Line) -> str:
    return "–" if line.vat.rate is None else scope.words.percent(line.vat.rate)


def _adjustments(scope: Scope, line: Line, total: LineTotal, currency: str) -> Iterator[Amount]:
    signed: Iterable[tuple[int, tuple[Adjustment, ...], tuple[Decimal, ...]]] = (
        (-1, line.discounts, total.discounts),
        (1, line.charges, total.charges),
    )
    for sign, adjustments, amounts in signed:
        for adjustment, amount in zip(adjustments, amounts, strict=True):
            yield Amount(_label(scope, adjustment), scope.words.money(sign * amount, currency))


def _label(scope: Scope, adjustment: Adjustment) -> str:
    if adjustment.percent is None:
        return adjustment.reason
    return f"{adjustment.reason} ({scope.words.percent(adjustment.percent)})"
