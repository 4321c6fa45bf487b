"""A page as PDF/A-3b with the electronic invoice inside. The home of WeasyPrint."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time
from importlib.resources import files
from typing import Any

import pydyf
from weasyprint import CSS, HTML, Attachment
from weasyprint.document import Document as Laid
from weasyprint.document import DocumentMetadata
from weasyprint.urls import URLFetcher, URLFetcherResponse

from portalgen.facturx.sheet import Sheet, UnknownSignsError
from portalgen.facturx.xmp import FILE_NAME, with_invoice

_ORIGIN = "https://portal.invalid/"
"""Addresses in the page start here (RFC 2606, section 2): none leads anywhere by itself."""

_OUTWARD = ("https:", "http:", "mailto:", "tel:")
_DIFFERENCES = "weasyprint.css"


def pdf_of(sheet: Sheet) -> bytes:
    """The PDF; the same sheet gives the same bytes on the same machine.

    Raises:
        UnknownSignsError: PDF/A knows no sign without a shape (ISO 19005-3, section 6.2.11.8).
    """
    html = HTML(string=sheet.html, base_url=f"{_ORIGIN}invoice/", url_fetcher=_Assets(sheet.assets))
    _cut_links(html)
    differences = (files("portalgen.facturx") / _DIFFERENCES).read_text("utf-8")
    laid = html.render(stylesheets=[CSS(string=differences)])
    laid.metadata = _metadata(sheet)
    written: bytes = laid.write_pdf(
        pdf_variant="pdf/a-3b",
        pdf_tags=True,
        finisher=_name_invoice_once,
        pdf_identifier=hashlib.sha256(sheet.xml).hexdigest()[:32].encode(),
    )
    _refuse_unknown_signs(laid)
    return written


class _Assets(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Hands over what the page loads from its theme, and nothing else: no network, no disk."""

    def __init__(self, assets: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=("data",))
        self._assets = assets

    def fetch(self, url: str, headers: Any = None) -> Any:
        name = url.partition("?")[0].partition("#")[0].rpartition("/")[2]
        if url.startswith(_ORIGIN) and name in self._assets:
            kind = "text/css" if name.endswith(".css") else "application/octet-stream"
            return URLFetcherResponse(url, self._assets[name], {"Content-Type": kind})
        return super().fetch(url, headers)


class _Metadata(DocumentMetadata):  # type: ignore[misc]  # WeasyPrint has no types
    """WeasyPrint's metadata, with those of the invoice among them."""

    def generate_rdf_metadata(self, variant: str, version: int, conformance: str) -> bytes:
        return with_invoice(super().generate_rdf_metadata(variant, version, conformance))


def _metadata(sheet: Sheet) -> DocumentMetadata:
    day = datetime.combine(sheet.issued, time(), UTC)
    invoice = Attachment(
        string=sheet.xml,
        name=FILE_NAME,
        description="Factur-X, EN 16931",
        created=day,
        modified=day,
        relationship="Data",
    )
    return _Metadata(
        title=sheet.title,
        authors=[sheet.author],
        generator="portalgen",
        created=day.isoformat(),
        modified=day.isoformat(),
        attachments=[invoice],
        lang=sheet.language,
    )


def _cut_links(html: HTML) -> None:
    """Links to other pages of a portal lead nowhere from a file that went elsewhere."""
    for link in html.etree_element.iter("a"):
        if not link.get("href", "").startswith(_OUTWARD):
            link.attrib.pop("href", None)


def _name_invoice_once(_laid: Laid, pdf: Any) -> None:
    """WeasyPrint names each attachment twice among the associated files."""
    pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def _refuse_unknown_signs(laid: Laid) -> None:
    unknown: Iterable[int] = sorted({code for font in laid.fonts.values() for code in font.missing})
    if signs := " ".join(map(chr, unknown)):
        raise UnknownSignsError(signs)
