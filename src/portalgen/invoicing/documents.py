"""From an invoice as its author wrote it to the document that says everything."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from portalgen.invoice import Adjustment, Line, LineTotal, Totals, VatBreakdown, totals
from portalgen.invoice.document import (
    Account,
    Adjusted,
    Approved,
    DeductedDeposit,
    Document,
    DocumentLine,
    DocumentTotals,
    Party,
    Reference,
    VatRow,
)
from portalgen.invoice.mentions import Lacking, mentions
from portalgen.invoicing.bills import bill_of, deposits_of, payment_due
from portalgen.invoicing.facts import facts_of, mentions_of
from portalgen.model.billing import Invoice
from portalgen.model.client import Client
from portalgen.model.portal import Portal, Workspace
from portalgen.model.studio import Address, Studio


def document_of(invoice: Invoice, portal: Portal, workspace: Workspace) -> Document:
    """Everything that an invoice says: what was frozen when it was issued, else what the content
    says today.

    Raises:
        ValueError: it is not issued, and its bill has flaws.
    """
    issued = portal.issued.get(invoice.number or "")
    return issued.document if issued else drafted(invoice, portal, workspace)


def drafted(invoice: Invoice, portal: Portal, workspace: Workspace) -> Document:
    """Everything that an invoice says by the content of today, issued or not.

    Raises:
        ValueError: its bill has flaws.
    """
    document = _unsaid(invoice, portal, workspace)
    facts = facts_of(document, invoice, portal, workspace, invoice.issued)
    return replace(document, mentions=mentions_of(facts, workspace.studio))


def lacking_for(
    invoice: Invoice, portal: Portal, workspace: Workspace, today: date
) -> tuple[Lacking, ...]:
    """What the law misses in an invoice that is not issued, on the day that it says, else today.

    Raises:
        ValueError: its bill has flaws.
    """
    document = _unsaid(invoice, portal, workspace)
    _, lacking = mentions(facts_of(document, invoice, portal, workspace, invoice.issued or today))
    return lacking


def _unsaid(invoice: Invoice, portal: Portal, workspace: Workspace) -> Document:
    """The document without its mentions, which follow from all the rest of it."""
    studio, client = workspace.studio, portal.client
    bill = bill_of(invoice, portal, workspace)
    total = totals(bill)
    return Document(
        kind=invoice.kind,
        number=invoice.number,
        issued=invoice.issued,
        currency=bill.currency,
        language=client.language or studio.language,
        seller=_seller(studio),
        buyer=_buyer(client),
        purchase_order=client.billing.purchase_order,
        lines=tuple(
            _document_line(line, amounts, written.covers)
            for line, amounts, written in zip(bill.lines, total.lines, invoice.lines, strict=True)
        ),
        discounts=_adjusted(bill.discounts, total.discounts),
        charges=_adjusted(bill.charges, total.charges),
        vat=tuple(_vat_row(group) for group in total.vat),
        totals=_document_totals(total),
        deposits=tuple(
            _deducted(document_of(deposit, portal, workspace))
            for deposit in deposits_of(invoice, portal)
        ),
        corrects=_corrected(invoice.corrects, portal) if invoice.corrects else None,
        due=payment_due(invoice, studio),
        delivered=_delivered(invoice),
        account=_account(studio),
        approval=_approved(invoice, portal),
        thanks=invoice.thanks,
        notes=invoice.notes,
    )


def _seller(studio: Studio) -> Party:
    legal, address = studio.legal, studio.address or Address.empty()
    return Party(
        name=studio.name,
        legal_form=legal.form,
        owner=studio.owner,
        street=address.street,
        postcode=address.postcode,
        city=address.city,
        country=address.country,
        siren=legal.siren,
        siret=legal.siret,
        register=legal.register_,
        vat_number=legal.vat_number,
        email=studio.email,
        phone=studio.phone,
    )


def _buyer(client: Client) -> Party:
    billing, address = client.billing, client.billing.address or Address.empty()
    return Party(
        name=billing.name or client.name,
        owner=client.contacts[0].name if client.contacts else None,
        street=address.street,
        postcode=address.postcode,
        city=address.city,
        country=address.country,
        siren=billing.siren,
        vat_number=billing.vat_number,
        kind=billing.kind,
    )


def _document_line(line: Line, amounts: LineTotal, covers: tuple[str, ...]) -> DocumentLine:
    return DocumentLine(
        text=line.text,
        quantity=line.quantity,
        unit=line.unit,
        price=line.price,
        base_quantity=line.base_quantity,
        vat=line.vat,
        gross=amounts.gross,
        discounts=_adjusted(line.discounts, amounts.discounts),
        charges=_adjusted(line.charges, amounts.charges),
        net=amounts.net,
        covers=covers,
    )


def _adjusted(items: tuple[Adjustment, ...], amounts: tuple[Decimal, ...]) -> tuple[Adjusted, ...]:
    return tuple(
        Adjusted(reason=item.reason, percent=item.percent, amount=amount, vat=item.vat)
        for item, amount in zip(items, amounts, strict=True)
    )


def _vat_row(group: VatBreakdown) -> VatRow:
    return VatRow(
        category=group.category,
        rate=group.rate,
        reason=group.reason,
        base=group.base,
        tax=group.tax,
    )


def _document_totals(total: Totals) -> DocumentTotals:
    return DocumentTotals(
        lines=total.lines_total,
        discounts=total.discounts_total,
        charges=total.charges_total,
        without_vat=total.without_vat,
        vat=total.vat_total,
        with_vat=total.with_vat,
        prepaid=total.prepaid,
        rounding=total.rounding,
        due=total.due,
    )


def _deducted(deposit: Document) -> DeductedDeposit:
    return DeductedDeposit(
        number=deposit.number,
        issued=deposit.issued,
        net=deposit.totals.without_vat,
        tax=deposit.totals.vat,
        gross=deposit.totals.with_vat,
        vat=deposit.vat,
    )


def _corrected(name: str, portal: Portal) -> Reference:
    """The number and day of the invoice with that id or number (CGI, art. 289 I-5)."""
    found = next((other for other in portal.invoices if name in (other.id, other.number)), None)
    return Reference(number=found.number, issued=found.issued) if found else Reference(number=name)


def _delivered(invoice: Invoice) -> tuple[date, date] | None:
    span = invoice.delivered_on
    return (span.first, span.last) if span else None


def _account(studio: Studio) -> Account | None:
    bank = studio.bank
    if bank is None:
        return None
    return Account(holder=bank.holder or studio.name, iban=bank.iban, bic=bank.bic)


def _approved(invoice: Invoice, portal: Portal) -> Approved | None:
    approval = invoice.approval
    if approval is None:
        return None
    by = portal.full_name(approval.by) if approval.by else None
    return Approved(by=by, on=approval.on, via=approval.via)
