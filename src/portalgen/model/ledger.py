"""The ledger of issued invoices: `content/invoices.lock`, as the tool wrote it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from portalgen.invoice.document import Kind
from portalgen.problem import Place

LEDGER = "invoices.lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """An invoice that was issued: a line of the ledger.

    Attributes:
        client: the client's folder.
        total: with VAT (BT-112).
        digest: SHA-256 of the frozen document's canonical text, in hexadecimal.
    """

    number: str
    issued: date
    client: str
    kind: Kind
    currency: str
    total: Decimal
    digest: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the ledger, and where it stands."""

    issue: Issue
    place: Place


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every issued invoice of all clients, in the order of issue."""

    entries: tuple[Entry, ...] = ()
