"""Who sells and who buys, as an invoice has to name them (CGI ann. II, art. 242 nonies A)."""

from collections.abc import Iterator
from dataclasses import dataclass

from portalgen.model.studio import Address
from portalgen.render.scope import Scope


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what it says."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Party:
    """The seller or the buyer: a name, an address, and the facts the law asks for."""

    name: str
    lines: tuple[str, ...]
    facts: tuple[Fact, ...]


def seller(scope: Scope) -> Party:
    """The studio."""
    studio = scope.workspace.studio
    return Party(studio.name, tuple(_seller_lines(scope)), tuple(_seller_facts(scope)))


def _seller_lines(scope: Scope) -> Iterator[str]:
    """A sole trader's legal form stands beside the person's name (C. com. R526-27)."""
    studio = scope.workspace.studio
    holder = " ".join(filter(None, (studio.owner, studio.legal.form)))
    if holder:
        yield holder
    yield from _address(studio.address)
    yield from filter(None, (studio.phone, studio.email))


def _seller_facts(scope: Scope) -> Iterator[Fact]:
    legal, words = scope.workspace.studio.legal, scope.words
    if legal.siret:
        yield Fact("SIRET", legal.siret)
    elif legal.siren:
        yield Fact("SIREN", legal.siren)
    if legal.register_:
        yield Fact(words.text("Register"), legal.register_)
    if legal.vat_number and scope.charges_vat:
        yield Fact(words.text("VAT number"), legal.vat_number)


def buyer(scope: Scope) -> Party:
    """The client, under the name to bill."""
    client = scope.portal.client
    billing = client.billing
    name = billing.name or client.name
    contact = client.contacts[0].name if client.contacts else None
    lines = (*([contact] if contact and contact != name else []), *_address(billing.address))
    return Party(name, lines, tuple(_buyer_facts(scope)))


def _buyer_facts(scope: Scope) -> Iterator[Fact]:
    billing = scope.portal.client.billing
    if billing.siren:
        yield Fact("SIREN", billing.siren)
    if billing.vat_number:
        yield Fact(scope.words.text("VAT number"), billing.vat_number)


def _address(address: Address | None) -> Iterator[str]:
    if address is None:
        return
    yield from (address.street or "").splitlines()
    town = " ".join(filter(None, (address.postcode, address.city)))
    yield from filter(None, (town, address.country))
