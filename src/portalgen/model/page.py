"""What rendering makes: whole HTML documents, still in clear, in memory only."""

from dataclasses import dataclass, field

INDEX = "index"
ALWAYS = ("spec", "deliverables", "journal")
"""Names of the pages that every portal has below its first one."""

NAMES = (*ALWAYS, "invoice")
"""Names that a portal's path may not have; further invoices are `invoice-2` and so on."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a portal: its name in the address, and its document."""

    name: str
    html: str = field(repr=False)

    @property
    def path(self) -> str:
        """Where it stands, from the portal's own folder."""
        return page_path(self.name)


def page_path(name: str) -> str:
    """The file of the page of that name, from the portal's folder."""
    return "index.html" if name == INDEX else f"{name}/index.html"


def invoice_page(position: int) -> str:
    """The name of the page of an invoice, by its position in the folder from 0."""
    return "invoice" if position == 0 else f"invoice-{position + 1}"
