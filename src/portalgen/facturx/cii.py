"""An invoice as Cross Industry Invoice XML, in the profile EN 16931 of Factur-X 1.09.

The French rules that go with it are those of the FNFE (BR-FR-…), which approved platforms apply.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from portalgen.facturx import amounts, parties
from portalgen.facturx.codes import NOTES, REGULATORY, SEPA_TRANSFER, TRANSFER, TYPES
from portalgen.facturx.elements import Part, day, filled, group, maybe, text, written
from portalgen.invoice.document import Document, Reference
from portalgen.language import Words, message

PROFILE = "urn:cen.eu:en16931:2017"
"""BT-24."""

_CREDITED, _DUE = message("Amount credited"), message("Amount due")
"""What stands in place of a day to pay by, and promises none that nobody wrote."""

_NOT_FOR_THIS = "Sans objet"
"""French law's words, in French whatever the invoice's language."""


def cii_xml(document: Document) -> bytes:
    """The electronic invoice of a document that has no `obstacles`."""
    root = group(
        "rsm:CrossIndustryInvoice",
        group(
            "rsm:ExchangedDocumentContext",
            group("BusinessProcessSpecifiedDocumentContextParameter", text("ID", frame(document))),
            group("GuidelineSpecifiedDocumentContextParameter", text("ID", PROFILE)),
        ),
        _head(document),
        group(
            "rsm:SupplyChainTradeTransaction",
            amounts.lines(document),
            _agreement(document),
            _delivery(document),
            _settlement(document),
        ),
    )
    return written(root)


def frame(document: Document) -> str:
    """BT-23 as French platforms know it: what is billed (goods, services, both), and whether
    deposits were billed before."""
    said = next((m.text for m in document.mentions if m.code == "nature"), "")
    goods, services = "livraison de biens" in said, "prestation de services" in said
    nature = {(True, False): "B", (True, True): "M"}.get((goods, services), "S")
    return nature + ("4" if document.deposits else "1")


def _head(document: Document) -> Element:
    issued = document.issued
    return group(
        "rsm:ExchangedDocument",
        text("ID", document.number or ""),
        text("TypeCode", TYPES[document.kind]),
        day("IssueDateTime", issued) if issued else None,
        (_note(content, subject) for subject, content in _notes(document)),
    )


def _note(content: str, subject: str) -> Element:
    return group("IncludedNote", text("Content", content), maybe("SubjectCode", subject))


def _notes(document: Document) -> Iterator[tuple[str, str]]:
    """BG-1: a subject code and a text each. What is told in its own place is not told again."""
    if document.notes:
        yield "", document.notes
    reasons = {row.reason for row in document.vat}
    for mention in document.mentions:
        if mention.text not in reasons:
            yield NOTES.get(mention.code, REGULATORY), mention.text
    yield from ((code, _NOT_FOR_THIS) for code in _without_object(document))


def _without_object(document: Document) -> Iterator[str]:
    """What the platforms want to read even where the law says nothing: a credit note, which
    nobody pays, and a consumer, to whom no such term applies."""
    if document.kind != "credit note" and document.buyer.kind != "consumer":
        return
    said = {mention.code for mention in document.mentions}
    if parties.is_french(document):
        yield from (code for mention, code in NOTES.items() if mention not in said)


def _agreement(document: Document) -> Element:
    order = maybe("IssuerAssignedID", document.purchase_order)
    return group(
        "ApplicableHeaderTradeAgreement",
        parties.seller(document),
        parties.buyer(document),
        filled("BuyerOrderReferencedDocument", order),
    )


def _delivery(document: Document) -> Element:
    """BT-72: the last day of the delivery."""
    last = document.delivered[1] if document.delivered else None
    return group(
        "ApplicableHeaderTradeDelivery",
        parties.ship_to(document),
        group("ActualDeliverySupplyChainEvent", day("OccurrenceDateTime", last)) if last else None,
    )


def _settlement(document: Document) -> Element:
    return group(
        "ApplicableHeaderTradeSettlement",
        maybe("PaymentReference", document.number),
        amounts.vat_currency(document),
        text("InvoiceCurrencyCode", document.currency),
        _payment(document),
        amounts.vat_breakdown(document),
        _period(document),
        amounts.adjustments(document),
        _terms(document),
        amounts.totals(document),
        (_reference(other) for other in _references(document)),
    )


def _payment(document: Document) -> Part:
    """BG-16: a transfer, when there is something to pay and an account to pay it on."""
    account = document.account
    if account is None or document.kind == "credit note" or document.totals.due <= 0:
        return None
    return group(
        "SpecifiedTradeSettlementPaymentMeans",
        text("TypeCode", SEPA_TRANSFER if document.currency == "EUR" else TRANSFER),
        group(
            "PayeePartyCreditorFinancialAccount",
            text("IBANID", "".join(account.iban.split()).upper()),
            text("AccountName", account.holder),
        ),
        filled("PayeeSpecifiedCreditorFinancialInstitution", maybe("BICID", account.bic)),
    )


def _period(document: Document) -> Part:
    """BG-14, when the delivery took several days."""
    if document.delivered is None or document.delivered[0] == document.delivered[1]:
        return None
    first, last = document.delivered
    return group("BillingSpecifiedPeriod", day("StartDateTime", first), day("EndDateTime", last))


def _terms(document: Document) -> Part:
    """BT-9; without it what is due needs words (BT-20, BR-CO-25)."""
    if document.due:
        return group("SpecifiedTradePaymentTerms", day("DueDateDateTime", document.due))
    if document.totals.due <= 0:
        return None
    said = _CREDITED if document.kind == "credit note" else _DUE
    words = Words(document.language).text(said)
    return group("SpecifiedTradePaymentTerms", text("Description", words))


def _references(document: Document) -> Iterator[Reference]:
    """BG-3: the deposits billed before (BOI-TVA-DECLA-30-20-20-10, § 60), and the invoice that a
    credit note corrects (CGI, art. 289 I-5)."""
    if document.corrects:
        yield document.corrects
    for deposit in document.deposits:
        yield Reference(number=deposit.number, issued=deposit.issued)


def _reference(other: Reference) -> Element:
    return group(
        "InvoiceReferencedDocument",
        text("IssuerAssignedID", other.number or ""),
        day("FormattedIssueDateTime", other.issued, "qdt:DateTimeString") if other.issued else None,
    )
