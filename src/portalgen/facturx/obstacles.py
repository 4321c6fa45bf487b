"""What keeps an invoice from being an electronic one, although its page is right.

EN 16931 wants codes where a page has words, and French platforms take fewer decimals and fewer
kinds of numbers than a page does.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from portalgen.facturx.amounts import needs_euro
from portalgen.facturx.parties import buyer_country, is_french, seller_country, siren_of, siret_of
from portalgen.invoice.currency import minor_unit_digits
from portalgen.invoice.document import Document, Party
from portalgen.invoice.mentions.france import HOME

_NUMBER = re.compile(r"[A-Za-z0-9+\-_/]{1,35}")
_DIGITS_OF_AMOUNT, _DIGITS_OF_QUANTITY, _DIGITS_OF_PRICE = 2, 4, 6
_TOO_MUCH = Decimal(10) ** 13
_RATES = frozenset(
    Decimal(rate)
    for rate in (
        *("0", "0.9", "1.05", "1.75", "2.1", "5.5", "7", "8.5"),
        *("9.2", "9.6", "10", "13", "19.6", "20", "20.6"),
    )
)
"""VAT rates that France has or had (BR-FR-16)."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something that an electronic invoice cannot say.

    Attributes:
        line: position of the line it is on, from 0; None for the whole invoice.
    """

    message: str
    hint: str
    line: int | None = None


def obstacles(document: Document) -> tuple[Obstacle, ...]:
    """All that keeps a document from being an electronic invoice.

    Its number and its day are asked for only by `unissued`, since a draft has none.
    """
    rules = [*_RULES, *(_FRENCH_RULES if is_french(document) else ())]
    return tuple(found for rule in rules for found in rule(document))


def unissued(document: Document) -> tuple[Obstacle, ...]:
    """What a document lacks that an issued one has: its own number and day, and those of the
    invoices it refers to."""
    others = [(item.number, item.issued) for item in document.deposits]
    if document.corrects:
        others.append((document.corrects.number, document.corrects.issued))
    named = [(document.number, document.issued), *others]
    if all(number and issued for number, issued in named):
        return ()
    return (Obstacle("an invoice without a number or a date is no invoice yet", "issue it first"),)


def _country(document: Document) -> Iterator[Obstacle]:
    """BR-9, BR-11."""
    for who, code, name in (
        (document.seller, seller_country(document), "your address in studio.yaml"),
        (document.buyer, buyer_country(document), "the client's billing address"),
    ):
        if code is None:
            written = f'"{who.country}" is no country' if who.country else "a country is missing"
            yield Obstacle(f"{written} in {name}", "write country: with its name, such as France")


def _unidentified_seller(document: Document) -> Iterator[Obstacle]:
    """BR-CO-26."""
    seller = document.seller
    if not siren_of(seller) and not seller.vat_number:
        message = "nothing identifies the seller"
        yield Obstacle(message, "add legal: {siren: …} or {vat_number: …} to studio.yaml")


def _currency(document: Document) -> Iterator[Obstacle]:
    """BR-DEC-09 and its like. A verifier sums amounts as floats, which hold 15 digits."""
    if minor_unit_digits(document.currency) > _DIGITS_OF_AMOUNT:
        message = f"electronic invoices count in hundredths, and {document.currency} does not"
        yield Obstacle(message, "bill in another currency")
    total = document.totals
    if max(abs(amount) for amount in (total.lines, total.with_vat)) >= _TOO_MUCH:
        yield Obstacle("an amount has more than 15 digits", "bill it on several invoices")


def _number(document: Document) -> Iterator[Obstacle]:
    """BR-FR-01, BR-FR-02."""
    numbers = [document.number, document.corrects.number if document.corrects else None]
    for number in (*numbers, *(item.number for item in document.deposits)):
        if number and not _NUMBER.fullmatch(number):
            message = f'the number "{number}" is not one that platforms take'
            yield Obstacle(message, "up to 35 letters, digits and + - _ / make a number")


def _identifiers(document: Document) -> Iterator[Obstacle]:
    """BR-FR-09, BR-FR-10, BR-FR-12, BR-FR-32."""
    if not siren_of(document.seller):
        yield Obstacle("the seller has no SIREN", "add legal: {siren: …} to studio.yaml")
    for who, name in ((document.seller, "your"), (document.buyer, "the client's")):
        yield from _wrong_digits(who, name)
    at_home = buyer_country(document) in HOME and document.buyer.kind != "consumer"
    if at_home and not siren_of(document.buyer):
        message = "the client has no SIREN, by which platforms find them"
        yield Obstacle(message, "add billing: {siren: …} to client.yaml")


def _wrong_digits(who: Party, name: str) -> Iterator[Obstacle]:
    siren, siret = siren_of(who), siret_of(who)
    if siren and not re.fullmatch(r"\d{9}", siren):
        yield Obstacle(f"{name} SIREN has not 9 digits", "write the 9 digits of the company")
    elif siren and siret and not re.fullmatch(rf"{siren}\d{{5}}", siret):
        yield Obstacle(f"{name} SIRET does not begin with the SIREN", "write its 14 digits")


def _lines(document: Document) -> Iterator[Obstacle]:
    """BR-FR-DEC-02, BR-FR-DEC-03."""
    for position, line in enumerate(document.lines):
        quantities = (line.quantity, line.base_quantity)
        if any(_digits(quantity) > _DIGITS_OF_QUANTITY for quantity in quantities):
            message = f"a quantity has more than {_DIGITS_OF_QUANTITY} decimals"
            yield Obstacle(message, "bill another unit, or round it", position)
        if _digits(line.price) > _DIGITS_OF_PRICE:
            message = f"a price has more than {_DIGITS_OF_PRICE} decimals"
            yield Obstacle(message, "give the price of more units with base_quantity", position)


def _digits(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _rates(document: Document) -> Iterator[Obstacle]:
    """BR-FR-16."""
    for row in document.vat:
        if row.rate is not None and row.rate not in _RATES:
            yield Obstacle(f"France has no VAT of {row.rate} percent", "write a French rate")


def _foreign_currency(document: Document) -> Iterator[Obstacle]:
    """BR-FR-CO-12: VAT is told in euro as well."""
    if needs_euro(document) and document.totals.vat:
        message = f"VAT in {document.currency} would have to be told in euro as well"
        yield Obstacle(message, "bill in euro")


def _overdue(document: Document) -> Iterator[Obstacle]:
    """BR-FR-CO-07."""
    day, due = document.issued, document.due
    if day and due and due < day and document.kind != "deposit":
        yield Obstacle("it is due before it is issued", "write a later due")


_Rule = Callable[[Document], Iterator[Obstacle]]
_RULES: tuple[_Rule, ...] = (_country, _unidentified_seller, _currency)
_FRENCH_RULES: tuple[_Rule, ...] = (
    _number,
    _identifiers,
    _lines,
    _rates,
    _foreign_currency,
    _overdue,
)
