"""One issued invoice as a file: its page as a PDF, with the electronic invoice inside."""

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from portalgen.einvoice.kept import Keeper
from portalgen.facturx import (
    NoEngineError,
    Sheet,
    UnknownSignsError,
    cii_xml,
    is_french,
    load_engine,
    obstacles,
    unissued,
)
from portalgen.invoice.document import Document
from portalgen.model.billing import Invoice
from portalgen.model.file import File
from portalgen.model.portal import Portal, Workspace
from portalgen.problem import Place, Problem, warning
from portalgen.render import paper_path, render_paper
from portalgen.theme import Theme


@dataclass(frozen=True, slots=True)
class FacturX:
    """A Factur-X file, which stands nowhere in the content.

    Attributes:
        is_french: whether the seller is in France, where the law says how it has to be sent.
    """

    file: File
    is_french: bool
    content: bytes = field(repr=False)

    @property
    def name(self) -> str:
        """What the file is called."""
        return self.file.name


def facturx_of(
    root: Path, portal: Portal, workspace: Workspace, theme: Theme, invoice: Invoice
) -> tuple[FacturX | None, list[Problem]]:
    """The Factur-X file of an issued invoice, made of what was frozen when it was issued.

    Args:
        root: the workspace, where finished files are kept.

    Returns:
        The file, and nothing wrong; or None, and what keeps it from being made.

    Raises:
        ThemeError: the theme's page of an invoice cannot be rendered.
    """
    issued = portal.issued.get(invoice.number or "")
    if issued is None:
        hint = f"run portalgen approve {portal.folder} {invoice.id}"
        return None, [_problem("it is not issued", invoice.place(), hint)]
    document = issued.document
    found = [*obstacles(document), *unissued(document)]
    if found:
        return None, [_problem(one.message, issued.place, one.hint) for one in found]
    page = render_paper(portal, workspace, theme, invoice)
    sheet = _sheet(document, page.html, theme)
    try:
        content = _drawn(sheet, Keeper(root, f"{portal.folder}/{document.number}", sheet))
    except NoEngineError as error:
        return None, [_problem(str(error), issued.place, error.hint)]
    except UnknownSignsError as error:
        hint = "install a font that has them, such as fonts-noto-core on Debian"
        return None, [_problem(f"no font of this machine has {error}", issued.place, hint)]
    file = File(paper_path(document), len(content), sha256(content).hexdigest())
    return FacturX(file, is_french(document), content), []


def _drawn(sheet: Sheet, keeper: Keeper) -> bytes:
    """The PDF, kept from an earlier build or made now."""
    content = keeper.get()
    if content is None:
        content = load_engine()(sheet)
        keeper.put(content)
    return content


def _sheet(document: Document, html: str, theme: Theme) -> Sheet:
    assert document.issued  # noqa: S101 - `unissued` has seen to it
    return Sheet(
        html=html,
        assets={asset.hashed_name: asset.content for asset in theme.assets},
        xml=cii_xml(document),
        title=" – ".join((document.number or "", document.seller.name)),
        author=document.seller.name,
        issued=document.issued,
        language=document.language,
    )


def _problem(message: str, place: Place, hint: str) -> Problem:
    """Nothing of it holds back the invoice itself."""
    return warning("no-electronic-invoice", f"there is no Factur-X file: {message}", place, hint)
