"""Numbers of companies and accounts that cannot be right.

One is a warning while nothing is billed with it. It holds back the invoices that would say it,
once they are approved; what was issued stays as it was.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from portalgen.identifiers import (
    SIREN,
    bare,
    bic_fault,
    iban_fault,
    siren_fault,
    siret_fault,
    vat_fault,
)
from portalgen.model.billing import Invoice
from portalgen.model.client import Billing
from portalgen.model.portal import Portal, Workspace
from portalgen.model.studio import Studio
from portalgen.problem import Place, Problem, warning, withholding


@dataclass(frozen=True, slots=True)
class _Wrong:
    """A number that cannot be right: what it is called, what is wrong with it, and where."""

    name: str
    fault: str
    place: Place

    @property
    def on_credit_notes(self) -> bool:
        """Whether credit notes say it as well: nobody pays them into an account."""
        return self.name not in ("IBAN", "BIC")


def wrong_identifiers(portal: Portal, workspace: Workspace) -> Iterator[Problem]:
    """Numbers of the studio and of its client that somebody mistyped."""
    wrong = (*_of_studio(workspace.studio), *_of_client(portal.client.billing))
    for number in wrong:
        message = f"the {number.name} {number.fault}"
        invoices = [invoice for invoice in _waiting(portal) if _says(invoice, number)]
        for invoice in invoices:
            hint = f"invoice {invoice.number or invoice.id} waits for the right one"
            problem = Problem("wrong-identifier", message, number.place, hint)
            yield withholding(invoice.id, problem)
        if not invoices:
            hint = "copy it again from the paper that it stands on"
            yield warning("wrong-identifier", message, number.place, hint)


def _waiting(portal: Portal) -> Iterator[Invoice]:
    """The invoices that are about to say these numbers; issued ones say what is frozen."""
    for invoice in portal.invoices:
        if invoice.approval and not portal.is_issued(invoice):
            yield invoice


def _says(invoice: Invoice, wrong: _Wrong) -> bool:
    return invoice.kind != "credit note" or wrong.on_credit_notes


def _of_studio(studio: Studio) -> Iterator[_Wrong]:
    legal, bank = studio.legal, studio.bank
    if legal.siren and (fault := siren_fault(legal.siren)):
        yield _Wrong("SIREN", fault, studio.place("legal", "siren"))
    if legal.siret and (fault := siret_fault(legal.siret, legal.siren)):
        yield _Wrong("SIRET", fault, studio.place("legal", "siret"))
    siren = legal.siren or (bare(legal.siret)[:SIREN] if legal.siret else None)
    if legal.vat_number and (fault := vat_fault(legal.vat_number, siren)):
        yield _Wrong("VAT number", fault, studio.place("legal", "vat_number"))
    if bank and (fault := iban_fault(bank.iban)):
        yield _Wrong("IBAN", fault, studio.place("bank", "iban"))
    if bank and bank.bic and (fault := bic_fault(bank.bic)):
        yield _Wrong("BIC", fault, studio.place("bank", "bic"))


def _of_client(billing: Billing) -> Iterator[_Wrong]:
    if billing.siren and (fault := siren_fault(billing.siren)):
        yield _Wrong("SIREN", fault, billing.place("siren"))
    if billing.vat_number and (fault := vat_fault(billing.vat_number, billing.siren)):
        yield _Wrong("VAT number", fault, billing.place("vat_number"))
