"""What the choice of mentions depends on, and what it finds missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from portalgen.invoice.document import Kind, VatRow

Customer = Literal["business", "consumer"]
Issuer = Literal["sole trader", "company", "other"]
Regime = Literal["standard", "franchise"]
Size = Literal["micro", "small", "medium", "large"]

_MEMBERS = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
UNION = frozenset(_MEMBERS.split())
"""The member states of the European Union (ISO 3166-1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """An invoice, as far as the law asks about it.

    Attributes:
        issued: None in a draft: then the law of before every date in the tables holds.
        language: ISO 639-1, of the portal.
        country: of the seller, ISO 3166-1 alpha-2; None when it is not known.
        issuer: by the legal form; None when that is not written.
        customer: None when nobody said.
        customer_country: the seller's when the address names none.
        destination: country of the delivery address, else of the customer.
        net: without VAT; `gross` with it.
        said: what the content says, by file and field, such as `studio.legal.siren`; fields that
            were left out are absent.
    """

    kind: Kind
    issued: date | None
    language: str
    country: str | None
    issuer: Issuer | None
    regime: Regime
    size: Size | None
    customer: Customer | None
    customer_country: str | None
    destination: str | None
    vat: tuple[VatRow, ...]
    net: Decimal
    gross: Decimal
    currency: str
    said: Mapping[str, str] = field(default_factory=dict)

    @property
    def day(self) -> date:
        """The day whose law holds."""
        return self.issued or date.min

    def say(self, fields: tuple[str, ...]) -> str | None:
        """What the first of those fields says that is filled in."""
        return next((self.said[name] for name in fields if name in self.said), None)


@dataclass(frozen=True, slots=True)
class Lacking:
    """Something that keeps an invoice from being lawful.

    Attributes:
        field: of which file, such as `client.billing.kind`; the file is the first part.
        source: the article that asks for it.
        write: what to write there; empty when the name of the field says enough.
        fault: what is wrong with what is there; empty when nothing is.
    """

    field: str
    source: str
    write: str = ""
    fault: str = ""
