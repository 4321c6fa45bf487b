"""Who sells and who buys, as an invoice has to name them (CGI ann. II, art. 242 nonies A)."""

from collections.abc import Iterator
from dataclasses import dataclass

from portalgen.invoice import document
from portalgen.invoicing.facts import issuer_of
from portalgen.language import Words


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


def party(words: Words, who: document.Party, *, taxed: bool) -> Party:
    """The seller or the buyer of a document.

    Args:
        taxed: whether the invoice has to do with VAT, so that VAT numbers matter.
    """
    name = who.name if _is_person(who) else _joined(who.name, who.legal_form)
    return Party(name, tuple(_lines(who)), tuple(_facts(words, who, taxed)))


def _lines(who: document.Party) -> Iterator[str]:
    person = _joined(who.owner, who.legal_form) if _is_person(who) else who.owner
    if person and person != who.name:
        yield person
    yield from (who.street or "").splitlines()
    yield from filter(None, (_joined(who.postcode, who.city), who.country, who.phone, who.email))


def _is_person(who: document.Party) -> bool:
    """Whether the legal form is that of the person named below, a sole trader: it stands right
    beside their name (C. com. R526-27). A company's stands beside its own."""
    return who.owner is not None and issuer_of(who.legal_form) == "sole trader"


def _joined(*parts: str | None) -> str:
    return " ".join(filter(None, parts))


def _facts(words: Words, who: document.Party, taxed: bool) -> Iterator[Fact]:
    if who.siret:
        yield Fact("SIRET", who.siret)
    elif who.siren:
        yield Fact("SIREN", who.siren)
    if who.register:
        yield Fact(words.text("Register"), who.register)
    if who.vat_number and taxed:
        yield Fact(words.text("VAT number"), who.vat_number)
