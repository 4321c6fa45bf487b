"""What would keep an invoice from being an electronic one, told before it is issued for good."""

from collections.abc import Iterable, Iterator

from portalgen.facturx import Obstacle, obstacles
from portalgen.invoicing import drafted
from portalgen.model.billing import Invoice
from portalgen.model.portal import Portal, Workspace
from portalgen.problem import Problem, withholding


def not_electronic(
    portal: Portal, workspace: Workspace, invoices: Iterable[Invoice]
) -> Iterator[Problem]:
    """An approved invoice that cannot become the Factur-X file which the studio asks for.

    Args:
        invoices: those that can be reckoned, and are not issued.
    """
    if not workspace.is_read or not workspace.studio.facturx or "client.yaml" in portal.unread:
        return
    for invoice in invoices:
        for found in _obstacles(invoice, portal, workspace):
            place = invoice.place() if found.line is None else invoice.place("lines", found.line)
            message = f"this cannot be an electronic invoice: {found.message}"
            hint = f"{found.hint}; or take facturx: yes out of studio.yaml"
            yield withholding(invoice.id, Problem("not-electronic", message, place, hint))


def _obstacles(invoice: Invoice, portal: Portal, workspace: Workspace) -> Iterable[Obstacle]:
    if invoice.approval is None:
        return ()
    try:
        return obstacles(drafted(invoice, portal, workspace))
    except ValueError:  # a deposit that it deducts cannot be reckoned, and `bills` says why
        return ()
