"""What a portal wants for itself alone, which others could want as well."""

from dataclasses import dataclass
from datetime import date

from portalgen.check.people import flaw_of
from portalgen.invoice.numbering import number_of
from portalgen.model.access import Access, Person
from portalgen.model.billing import Invoice
from portalgen.model.issued import ISSUED
from portalgen.model.ledger import Entry
from portalgen.model.portal import Portal
from portalgen.problem import Place


@dataclass(frozen=True, slots=True)
class Numbered:
    """An invoice's claim on a number."""

    invoice: str
    number: str | None
    issued: date | None
    approved: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Keyed:
    """A claim on a key id, by somebody on a portal's list.

    Attributes:
        fits: whether the keys were made for this list; those of a copied entry may not be.
    """

    kid: str
    name: str
    fits: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Claims:
    """What one portal wants for itself alone: its path, its id, its invoice numbers, its keys.

    Attributes:
        folder: the client's; empty for the studio's dashboard.
        issued: what is frozen in the folder, as the ledger should list it.
        unsure: numbers of issued invoices that cannot be read.
        invoices_read: whether `invoices` are all that the folder has.
    """

    folder: str
    path: str
    chosen: bool
    place: Place
    id: str | None
    id_place: Place
    invoices: tuple[Numbered, ...]
    keys: tuple[Keyed, ...] = ()
    issued: tuple[Entry, ...] = ()
    unsure: frozenset[str] = frozenset()
    invoices_read: bool = True

    @property
    def numbers_issued(self) -> frozenset[str]:
        """The numbers that are frozen in the folder."""
        return frozenset(entry.issue.number for entry in self.issued) | self.unsure


def claims_of(portal: Portal) -> Claims:
    """What that portal wants for itself alone."""
    chosen = portal.client.path is not None
    place = portal.client.place("path") if chosen else portal.client.place()
    access = portal.access
    return Claims(
        folder=portal.folder,
        path=portal.path,
        chosen=chosen,
        place=place,
        id=access.portal if access else None,
        id_place=access.place("portal") if access else place,
        invoices=tuple(_numbered(invoice) for invoice in portal.invoices),
        keys=_keys(access) if access else (),
        issued=tuple(
            Entry(issued.issue(portal.folder), issued.place) for issued in portal.issued.values()
        ),
        unsure=_unsure(portal),
        invoices_read=not portal.invoices_unread,
    )


def _unsure(portal: Portal) -> frozenset[str]:
    inside = (path for path in portal.unread if path.startswith(f"{ISSUED}/"))
    numbers = (number_of(path.removeprefix(f"{ISSUED}/")) for path in inside)
    return frozenset(number for number in numbers if number)


def _keys(access: Access) -> tuple[Keyed, ...]:
    return tuple(_keyed(person, access.salt) for person in access.people)


def _keyed(person: Person, salt: str) -> Keyed:
    fits = flaw_of(person, salt) is None
    return Keyed(person.kid, person.name, fits, person.place("kid"))


def _numbered(invoice: Invoice) -> Numbered:
    place = invoice.place("number") if invoice.number else invoice.place("approval")
    approved = invoice.approval is not None
    return Numbered(invoice.id, invoice.number, invoice.issued, approved, place)
