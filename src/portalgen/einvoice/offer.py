"""The Factur-X files that a portal hands over, when the studio asks for them."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from portalgen.einvoice.make import FacturX, facturx_of
from portalgen.facturx import NoEngineError, load_engine
from portalgen.model.billing import Invoice
from portalgen.model.portal import Portal, Workspace
from portalgen.problem import Problem, warning
from portalgen.theme import Theme


def facturx_offered(
    root: Path,
    portal: Portal,
    workspace: Workspace,
    theme: Theme,
    invoices: Sequence[Invoice],
) -> tuple[list[FacturX], list[Problem]]:
    """The file of each invoice that is open and issued, and what keeps others from having one.

    Without the engine there is none, which `engine_missing` tells once for all portals.

    Raises:
        ThemeError: the theme's page of an invoice cannot be rendered.
    """
    if not workspace.studio.facturx or any(engine_missing(workspace)):
        return [], []
    issued = [invoice for invoice in invoices if portal.is_issued(invoice)]
    pairs = [facturx_of(root, portal, workspace, theme, invoice) for invoice in issued]
    made = [file for file, _ in pairs if file]
    return made, [problem for _, found in pairs for problem in found]


def engine_missing(workspace: Workspace) -> Iterator[Problem]:
    """The studio asks for Factur-X files, and this machine cannot make them."""
    if not workspace.studio.facturx:
        return
    try:
        load_engine()
    except NoEngineError as error:
        message = f"no invoice is handed over as Factur-X: {error}"
        yield warning("no-pdf-engine", message, workspace.studio.place("facturx"), error.hint)
