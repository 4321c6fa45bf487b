"""What rendering makes: whole HTML documents, still in clear, in memory only."""

from dataclasses import dataclass, field

INDEX = "index"
ALWAYS = ("spec", "deliverables", "journal")
"""Names of the pages that every portal has below its first one."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a portal: its name in the address, and its document."""

    name: str
    html: str = field(repr=False)


def page_path(name: str) -> str:
    """The file of the page of that name, from the portal's folder."""
    return "index.html" if name == INDEX else f"{name}/index.html"


def invoice_page(position: int) -> str:
    """The name of the page of an invoice, by its position in the folder from 0."""
    return "invoice" if position == 0 else f"invoice-{position + 1}"
