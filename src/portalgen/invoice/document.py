"""Everything that one invoice says: the page, the electronic invoice and what is kept are made
from it.

A document is complete in itself. Once an invoice is issued its document is frozen, so that no
later change of an address, a wording or a rate reaches it. Payments are no part of it.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from portalgen.invoice.bill import Category, Vat
from portalgen.invoice.frozen_json import dumps, loads

Kind = Literal["invoice", "deposit", "final", "credit note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """The seller (BG-4) or the buyer (BG-7).

    Attributes:
        legal_form: as written, such as EI or SARL.
        owner: the seller's person behind the name; the buyer's person whom it is sent to.
        country: as written, not a code.
        siren: 9 digits (BT-30, BT-47); `siret` 14.
        register: trade register and its town.
        vat_number: BT-31, BT-48.
        kind: of the buyer; None for the seller, and when nobody said.
    """

    name: str
    legal_form: str | None = None
    owner: str | None = None
    street: str | None = None
    postcode: str | None = None
    city: str | None = None
    country: str | None = None
    siren: str | None = None
    siret: str | None = None
    register: str | None = None
    vat_number: str | None = None
    email: str | None = None
    phone: str | None = None
    kind: Literal["business", "consumer"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjusted:
    """A discount or a charge, with what it comes to (BG-20, BG-21, BG-27, BG-28).

    Attributes:
        percent: of which it was reckoned, if it was (BT-94, BT-101, BT-138, BT-143).
        amount: without VAT; above zero lowers the price of a discount, raises that of a charge.
        vat: its own on the whole invoice; None on a line.
    """

    reason: str
    amount: Decimal
    percent: Decimal | None = None
    vat: Vat | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLine:
    """A line (BG-25).

    Attributes:
        price: of `base_quantity` units, without VAT, as written (BT-146).
        gross: quantity × price ÷ base quantity, rounded, before discounts and charges.
        net: what is left of it (BT-131).
        covers: ids of the requirements and amendments that it bills.
    """

    text: str
    quantity: Decimal
    price: Decimal
    vat: Vat
    gross: Decimal
    net: Decimal
    unit: str | None = None
    base_quantity: Decimal = Decimal(1)
    discounts: tuple[Adjusted, ...] = ()
    charges: tuple[Adjusted, ...] = ()
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VatRow:
    """The VAT of one category and rate (BG-23)."""

    category: Category
    base: Decimal
    tax: Decimal
    rate: Decimal | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentTotals:
    """What it comes to (BG-22), with just the decimals of the currency.

    Attributes:
        lines: sum of the line nets (BT-106).
        discounts: on the whole (BT-107).
        charges: on the whole (BT-108).
        without_vat: BT-109.
        vat: BT-110.
        with_vat: BT-112.
        prepaid: the deposits billed before, with VAT (BT-113).
        rounding: BT-114.
        due: BT-115.
    """

    lines: Decimal
    discounts: Decimal
    charges: Decimal
    without_vat: Decimal
    vat: Decimal
    with_vat: Decimal
    prepaid: Decimal
    rounding: Decimal
    due: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Another invoice (BG-3): its number (BT-25) and day (BT-26); None while it has none."""

    number: str | None = None
    issued: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeductedDeposit:
    """A deposit billed before, which this invoice deducts.

    Attributes:
        net: without VAT; `tax` its VAT, `gross` both.
        vat: its VAT by category and rate.
    """

    net: Decimal
    tax: Decimal
    gross: Decimal
    number: str | None = None
    issued: date | None = None
    vat: tuple[VatRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A sentence that the law wants to read: its name in our table, its words, its article."""

    code: str
    text: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Where to pay (BG-17): BT-85, BT-84, BT-86."""

    holder: str
    iban: str
    bic: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """Who approved the work, when, and how they said it; a plain yes tells none of these."""

    by: str | None = None
    on: date | None = None
    via: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An invoice, complete.

    Attributes:
        number: BT-1; None in a draft.
        issued: BT-2; None in a draft.
        currency: ISO 4217 (BT-5).
        language: ISO 639-1, of the portal.
        purchase_order: the buyer's own number (BT-13).
        vat: S first, the highest rate first.
        deposits: those that it deducts, in the order of the folder.
        corrects: the invoice that a credit note corrects.
        due: the day by which it is to be paid (BT-9).
        delivered: first and last day of the delivery; the same for a single day (BT-72).
        approval: what opened the gate; None in a draft, and when a plain yes did.
    """

    kind: Kind
    currency: str
    language: str
    seller: Party
    buyer: Party
    lines: tuple[DocumentLine, ...]
    vat: tuple[VatRow, ...]
    totals: DocumentTotals
    number: str | None = None
    issued: date | None = None
    purchase_order: str | None = None
    discounts: tuple[Adjusted, ...] = ()
    charges: tuple[Adjusted, ...] = ()
    deposits: tuple[DeductedDeposit, ...] = ()
    corrects: Reference | None = None
    due: date | None = None
    delivered: tuple[date, date] | None = None
    mentions: tuple[Mention, ...] = ()
    account: Account | None = None
    approval: Approved | None = None
    thanks: str | None = None
    notes: str | None = None

    def to_json(self) -> str:
        """The document as text, in the one form that `from_json` takes."""
        return dumps(self)

    @classmethod
    def from_json(cls, text: str) -> "Document":
        """Read what `to_json` wrote.

        Raises:
            ValueError: it is not exactly what `to_json` writes; the text says what.
        """
        return loads(cls, text)
