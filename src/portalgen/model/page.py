"""What rendering makes: whole HTML documents, still in clear, in memory only."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

INDEX = "index"
ALWAYS = ("spec", "deliverables", "journal")
"""Names of the pages that every portal has below its first one."""


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


def invoice_page(position: int) -> str:
    """The name of the page of an invoice, by its position in the folder from 0."""
    return "invoice" if position == 0 else f"invoice-{position + 1}"
