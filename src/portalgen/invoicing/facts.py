"""What the law asks about an invoice, gathered from everything that its author wrote."""

from collections.abc import Iterator
from datetime import date

from portalgen.invoice.document import Document, Mention
from portalgen.invoice.mentions import Facts, franchise_wording, mentions
from portalgen.invoice.mentions.facts import Issuer
from portalgen.language import country_code
from portalgen.model.billing import Invoice
from portalgen.model.portal import Portal, Workspace
from portalgen.model.record import Record
from portalgen.model.spellings import folded
from portalgen.model.studio import Address, Studio
from portalgen.model.values import Span

OWN = "own"
"""The code of a mention that the author wrote."""

_SOLE_TRADER = ("ei", "eirl", "entrepreneur individuel", "entreprise individuelle")
_NO_COMPANY = ("association", "fondation", "syndicat", "groupement")


def facts_of(
    document: Document, invoice: Invoice, portal: Portal, workspace: Workspace, day: date | None
) -> Facts:
    """Everything that the tables of mentions ask about.

    Args:
        document: the invoice as it is drafted, without its mentions.
        day: whose law holds: that of issue; None when it is not known.
    """
    studio, billing = workspace.studio, portal.client.billing
    country, language = law_of(portal, studio)
    at = code_of(billing.address) or country
    return Facts(
        kind=document.kind,
        issued=day,
        language=language,
        country=country,
        issuer=issuer_of(studio.legal.form),
        regime=studio.legal.vat_regime,
        size=studio.legal.size,
        customer=billing.kind,
        customer_country=at,
        destination=code_of(billing.delivery_address) or at,
        vat=document.vat,
        net=document.totals.without_vat,
        gross=document.totals.with_vat,
        currency=document.currency,
        said={
            **dict(_said("studio", studio)),
            **dict(_said("client.billing", billing)),
            **dict(_said("invoice", invoice)),
        },
    )


def mentions_of(facts: Facts, studio: Studio) -> tuple[Mention, ...]:
    """What the law has to read, then what the author wants to be read."""
    found, _ = mentions(facts)
    own = (Mention(code=OWN, text=text, source="studio.yaml") for text in studio.legal.mentions)
    return (*found, *own)


def franchise_reason(invoice: Invoice, portal: Portal, studio: Studio) -> str | None:
    """Why a studio under franchise charges no VAT: its own words, else those of its law.

    While it names no country nothing can go out, and that alone is told: the French words stand in.
    """
    own, (country, language) = studio.legal.franchise_wording, law_of(portal, studio)
    return own or franchise_wording(country or "FR", language, invoice.issued)


def law_of(portal: Portal, studio: Studio) -> tuple[str | None, str]:
    """The country whose law holds (ISO 3166-1), and the language of the invoice (ISO 639-1)."""
    return code_of(studio.address), portal.client.language or studio.language


def code_of(address: Address | None) -> str | None:
    """The country of an address, ISO 3166-1 alpha-2; None when it is missing or unknown."""
    return country_code(address.country) if address and address.country else None


def issuer_of(form: str | None) -> Issuer | None:
    """What a legal form makes of the issuer; None when none is written."""
    if form is None:
        return None
    words = folded(form).replace(".", "")
    if words in _SOLE_TRADER or words.startswith(("micro", "auto entrepreneur")):
        return "sole trader"
    return "other" if words.startswith(_NO_COMPANY) else "company"


def _said(path: str, record: Record) -> Iterator[tuple[str, str]]:
    """Every field of a record that is filled in, by its path; an address in one line as well."""
    if isinstance(record, Address):
        town = " ".join(filter(None, (record.postcode, record.city)))
        street = ", ".join((record.street or "").splitlines())
        yield path, ", ".join(filter(None, (street, town, record.country)))
    for name, info in type(record).model_fields.items():
        below, value = f"{path}.{info.alias or name}", getattr(record, name)
        if isinstance(value, Record):
            yield from _said(below, value)
        elif isinstance(value, Span):
            yield below, str(value.first)
        elif value is not None and value is not False and not isinstance(value, tuple):
            yield below, str(value)
