"""The lines of an invoice, as its table shows them, beside what was agreed and delivered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portalgen.agreement import lineage
from portalgen.invoice.document import Adjusted, Document, DocumentLine
from portalgen.render.amended import amendment_anchor
from portalgen.render.scope import Link, Scope


@dataclass(frozen=True, slots=True)
class Amount:
    """A label and an amount of money."""

    label: str
    money: str


@dataclass(frozen=True, slots=True)
class Point:
    """What a line bills: a requirement or an amendment, with where it is read.

    Attributes:
        href: None for one that the agreement has no more.
    """

    text: str
    href: str | None


@dataclass(frozen=True, slots=True)
class LineView:
    """A line, with its discounts and charges below it.

    Attributes:
        covers: what was agreed.
        delivered: what was handed over for it.
        gross: before its discounts and charges.
        net: what they leave.
    """

    text: str
    covers: tuple[Point, ...]
    delivered: tuple[Link, ...]
    quantity: str
    price: str
    vat: str
    gross: str
    adjustments: tuple[Amount, ...]
    net: str


def line_views(scope: Scope, document: Document) -> tuple[LineView, ...]:
    """Each line of a document, in its order."""
    return tuple(_line_view(scope, line, document.currency) for line in document.lines)


def adjustments(
    scope: Scope, discounts: Sequence[Adjusted], charges: Sequence[Adjusted], currency: str
) -> Iterator[Amount]:
    """Discounts, which lower, and charges, which raise, of a line or of the whole."""
    for sign, adjusted in ((-1, discounts), (1, charges)):
        for item in adjusted:
            yield Amount(_label(scope, item), scope.words.money(sign * item.amount, currency))


def _line_view(scope: Scope, line: DocumentLine, currency: str) -> LineView:
    return LineView(
        text=line.text,
        covers=tuple(_points(scope, line.covers)),
        delivered=tuple(_delivered(scope, line.covers)),
        quantity=_quantity(scope, line),
        price=_price(scope, line, currency),
        vat="–" if line.vat.rate is None else scope.words.percent(line.vat.rate),
        gross=scope.words.money(line.gross, currency),
        adjustments=tuple(adjustments(scope, line.discounts, line.charges, currency)),
        net=scope.words.money(line.net, currency),
    )


def _quantity(scope: Scope, line: DocumentLine) -> str:
    number = scope.words.number(line.quantity)
    return f"{number}\u00a0{line.unit}" if line.unit else number


def _price(scope: Scope, line: DocumentLine, currency: str) -> str:
    price = scope.words.money(line.price, currency)
    if line.base_quantity == 1:
        return price
    quantity = scope.words.number(line.base_quantity)
    return scope.words.text("{price} for {quantity}", price=price, quantity=quantity)


def _label(scope: Scope, item: Adjusted) -> str:
    if item.percent is None:
        return item.reason
    return f"{item.reason} ({scope.words.percent(item.percent)})"


# --- what was agreed and delivered ---------------------------------------------------------------


def _points(scope: Scope, covers: Sequence[str]) -> Iterator[Point]:
    amendments = {amendment.id for amendment in scope.portal.amendments}
    known = {link.text: link.href for link in scope.requirements(covers)}
    for name in covers:
        if name in amendments:
            yield Point(name, scope.href("spec", amendment_anchor(scope.portal, name)))
        else:
            yield Point(name, known.get(name))


def _delivered(scope: Scope, covers: Sequence[str]) -> Iterator[Link]:
    """What has arrived of all that serves these points, their parts, or what they are part of."""
    added = {r.id for r in scope.portal.requirements() if r.amendment in covers}
    billed = {*covers, *added}
    for item in scope.portal.deliverables:
        if item.delivered and any(_meet(a, b) for a in item.covers for b in billed):
            yield scope.link(item)


def _meet(one: str, other: str) -> bool:
    return one in lineage(other) or other in lineage(one)
