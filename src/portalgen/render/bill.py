"""The page of an invoice, ready to pay and to print."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portalgen.invoice.document import Document, Reference
from portalgen.invoice.mentions.spoken import language_of
from portalgen.invoice.numbering import file_of
from portalgen.invoicing import document_of, drafted
from portalgen.language import Words, country_code, message
from portalgen.model.billing import Invoice
from portalgen.model.issued import ISSUED
from portalgen.model.values import Span, path_segment
from portalgen.render.bill_lines import LineView, line_views
from portalgen.render.bill_paper import paper_rules
from portalgen.render.bill_payment import Settlement, Transfer, settlement, transfer
from portalgen.render.bill_sums import Sums, shows_vat, sums
from portalgen.render.parties import Fact, Party, party
from portalgen.render.scope import Scope, When, attachment, maybe

KINDS = {
    "invoice": message("Invoice"),
    "deposit": message("Deposit invoice"),
    "final": message("Final invoice"),
    "credit note": message("Credit note"),
}
"""What each kind of invoice is called."""


@dataclass(frozen=True, slots=True)
class Approved:
    """The approval that opened the gate; a plain yes names neither person nor day."""

    by: str | None
    on: When | None
    via: str | None


@dataclass(frozen=True, slots=True)
class Dated:
    """A label and a date."""

    label: str
    when: When


@dataclass(frozen=True, slots=True)
class Thanks:
    """A word of thanks, as in a letter.

    Attributes:
        to: the client's people, by name; None when the text names one of them itself.
        by: who signs.
    """

    to: str | None
    text: str
    by: str


@dataclass(frozen=True, slots=True)
class MentionView:
    """A sentence that the law wants to read.

    Attributes:
        language: of the law (ISO 639-1), where the page speaks another.
    """

    text: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Download:
    """A file to take away: the attributes of its button, and its size in words."""

    attributes: Mapping[str, str]
    size: str


@dataclass(frozen=True, slots=True)
class BillView:
    """Everything on the page of an invoice.

    Attributes:
        draft: whether it is shown before its time, and is no invoice yet.
        settlement: whether it is paid; None for a draft and for a credit note.
        due_on: the day by which it is to be paid; None once it is.
        shows_vat: whether it speaks of VAT.
        transfer: how to pay it; None when nothing is left to pay.
        paper: a style sheet for what is printed in the margins.
        download: the same as a file, where one was made (`paper_path`).
    """

    title: str
    number: str | None
    draft: bool
    settlement: Settlement | None
    dates: tuple[Dated, ...]
    due_on: Dated | None
    facts: tuple[Fact, ...]
    seller: Party
    buyer: Party
    lines: tuple[LineView, ...]
    shows_vat: bool
    sums: Sums
    transfer: Transfer | None
    notes: str | None
    thanks: Thanks | None
    approved: Approved | None
    mentions: tuple[MentionView, ...]
    paper: str
    download: Download | None


def bill_view(scope: Scope, invoice: Invoice, *, draft: bool = False) -> BillView:
    """Lay out an invoice whose gate is open, or with `draft` one that is to be proofread."""
    make = drafted if draft else document_of
    document = make(invoice, scope.portal, scope.workspace)
    title, payments = scope.words.text(KINDS[document.kind]), invoice.payments
    settled = None if draft else settlement(scope, document, payments)
    return BillView(
        title=title,
        number=document.number,
        draft=draft,
        settlement=settled,
        dates=tuple(_dates(scope, document)),
        due_on=None if settled and settled.state == "paid" else _due_on(scope, document),
        facts=tuple(_facts(scope, document)),
        seller=party(scope.words, document.seller, taxed=shows_vat(document)),
        buyer=party(scope.words, document.buyer, taxed=shows_vat(document)),
        lines=line_views(scope, document),
        shows_vat=shows_vat(document),
        sums=sums(scope, document, payments),
        transfer=transfer(scope, document, payments),
        notes=document.notes,
        thanks=_thanks(scope, document),
        approved=_approved(scope, document),
        mentions=tuple(_mentions(scope, document)),
        paper=paper_rules(scope, document, title, draft=draft),
        download=_download(scope, document),
    )


def paper_path(document: Document) -> str:
    """Where the PDF of an issued invoice stands among the files of a portal: in a folder of its
    own, so that its name needs to tell it apart from no other."""
    number = document.number or ""
    kind = Words(document.language).text(KINDS[document.kind])
    folder = file_of(number).removesuffix(".json")
    return f"{ISSUED}/{folder}/{path_segment(f'{kind} {number}')}.pdf"


def _download(scope: Scope, document: Document) -> Download | None:
    file = scope.portal.files.get(paper_path(document)) if document.number else None
    if file is None:
        return None
    return Download(attachment(file).attributes, scope.words.size(file.size))


def _dates(scope: Scope, document: Document) -> Iterator[Dated]:
    words = scope.words
    if document.issued:
        yield Dated(words.text("Issued on"), scope.day(document.issued))
    if document.delivered:
        first, last = document.delivered
        yield Dated(words.text("Work delivered"), scope.when(Span(first, last)))


def _due_on(scope: Scope, document: Document) -> Dated | None:
    if document.due is None or document.kind == "credit note":
        return None
    return Dated(scope.words.text("Payment due"), scope.day(document.due))


def _facts(scope: Scope, document: Document) -> Iterator[Fact]:
    if document.purchase_order:
        yield Fact(scope.words.text("Your order number"), document.purchase_order)
    if document.corrects:
        yield Fact(scope.words.text("Corrects invoice"), _named(scope, document.corrects))


def _named(scope: Scope, other: Reference) -> str:
    """The number and day of another invoice (CGI, art. 289 I-5)."""
    if other.number is None or other.issued is None:
        return other.number or "–"
    date = scope.words.date(other.issued)
    return scope.words.text("{number} of {date}", number=other.number, date=date)


def _thanks(scope: Scope, document: Document) -> Thanks | None:
    text = document.thanks
    if not text:
        return None
    names = [contact.greeting or contact.name for contact in scope.portal.client.contacts]
    greets = names and not any(name in text for name in names)
    seller = document.seller
    return Thanks(scope.words.list(names) if greets else None, text, seller.owner or seller.name)


def _mentions(scope: Scope, document: Document) -> Iterator[MentionView]:
    """What the law wants to read, and why no VAT is due where that is not told yet."""
    country = document.seller.country
    code = country_code(country) if country else None
    for mention in document.mentions:
        language = language_of(mention, code)
        yield MentionView(mention.text, language if language != scope.words.language else None)
    told = [mention.text for mention in document.mentions]
    for reason in dict.fromkeys(row.reason for row in document.vat):
        if reason and reason not in told:
            yield MentionView(reason, None)


def _approved(scope: Scope, document: Document) -> Approved | None:
    approval = document.approval
    if approval is None:
        return None
    return Approved(approval.by, maybe(scope.day, approval.on), approval.via)
