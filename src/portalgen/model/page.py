"""What rendering makes: whole HTML documents, still in clear, in memory only."""

from dataclasses import dataclass, field
from hashlib import sha256
from html.parser import HTMLParser

INDEX = "index"
ALWAYS = ("spec", "agreement", "deliverables", "journal")
"""Names of the pages that every portal has below its first one."""

_INVOICE_DIGITS = 10


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a portal: its name in the address, and its document."""

    name: str
    html: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class FileReference:
    """A locked file that a page refers to (docs/lock-format.md, section 6)."""

    path: str
    digest: str
    size: int


def references_in(html: str) -> frozenset[FileReference]:
    """The locked files that a document refers to, by its `data-file` attributes."""
    if "data-file" not in html:  # most pages: spare them the parser
        return frozenset()
    parser = _References()
    parser.feed(html)
    parser.close()
    return frozenset(parser.found)


class _References(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[FileReference] = set()

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if "data-file" in said:
            size = said.get("data-size", "")
            self.found.add(
                FileReference(
                    said["data-file"],
                    said.get("data-digest", ""),
                    int(size) if size.isdecimal() else -1,
                )
            )


def page_path(name: str) -> str:
    """The file of the page of that name, from the portal's folder."""
    return "index.html" if name == INDEX else f"{name}/index.html"


def invoice_page(portal: str, invoice: str) -> str:
    """The name of the page of an invoice: it stays with the invoice, whatever comes beside it
    (docs/lock-format.md, section 5).

    Args:
        portal: the portal's id.
        invoice: the invoice's own.
    """
    digest = sha256(f"{portal}/{invoice}".encode()).hexdigest()
    return f"invoice-{digest[:_INVOICE_DIGITS]}"
