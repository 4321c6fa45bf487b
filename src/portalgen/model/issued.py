"""An issued invoice, frozen: `issued/NUMBER.json`, as the tool wrote it."""

from dataclasses import dataclass
from hashlib import sha256

from portalgen.invoice.document import Document
from portalgen.model.ledger import Issue
from portalgen.problem import Place

ISSUED = "issued"
"""The folder of a client's issued invoices."""


@dataclass(frozen=True, slots=True)
class Issued:
    """What an invoice said when it was issued, and says forever; it has a number and a day."""

    document: Document
    place: Place

    def issue(self, client: str) -> Issue:
        """Its line in the ledger; `client` is the folder it belongs to."""
        return issue_of(self.document, client)


def issue_of(document: Document, client: str) -> Issue:
    """The line of the ledger for a document with a number and a day.

    Args:
        client: the client's folder.
    """
    assert document.number  # noqa: S101 - nothing is issued without
    assert document.issued  # noqa: S101
    return Issue(
        number=document.number,
        issued=document.issued,
        client=client,
        kind=document.kind,
        currency=document.currency,
        total=document.totals.with_vat,
        digest=sha256(document.to_json().encode()).hexdigest(),
    )
