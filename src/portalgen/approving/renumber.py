"""The way out when two branches issued the same number: one of the two gets the next one."""

from portalgen.approving.choice import ApproveError
from portalgen.check.issued import issued_and_edited
from portalgen.model.billing import Invoice
from portalgen.model.ledger import Issue, Ledger
from portalgen.model.portal import Portal


def line_to_drop(invoice: Invoice, portal: Portal, ledger: Ledger) -> Issue:
    """The line of the ledger that an invoice gives up.

    Raises:
        ApproveError: its number stands there once, as it should.
    """
    number = invoice.number
    same = [entry.issue for entry in ledger.entries if entry.issue.number == number]
    own = [issue for issue in same if issue.client == portal.folder]
    if len(same) <= 1 or not own:
        message = f"{number or invoice.id} was not issued twice, and keeps its number"
        raise ApproveError(message, "what is issued is corrected by a credit note")
    if len(own) == 1:
        return own[0]
    return _other_line(invoice, portal, own)


def _other_line(invoice: Invoice, portal: Portal, own: list[Issue]) -> Issue:
    """Of two lines of one client: that of the invoice which is not the frozen one."""
    issued = portal.issued.get(invoice.number or "")
    kept = issued.issue(portal.folder) if issued else None
    edited = {problem.invoice for problem in issued_and_edited(portal)}
    if kept not in own or invoice.id not in edited:
        message = f"the file of {invoice.number} in issued/ is that of {invoice.id}"
        raise ApproveError(message, "renumber the other invoice with this number")
    return next(issue for issue in own if issue != kept)
