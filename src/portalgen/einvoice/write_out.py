"""The Factur-X files of a client, for the studio: of those invoices that a build would publish."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from portalgen.check import check_across, check_portal, claims_of
from portalgen.desk import Desk, open_desk
from portalgen.einvoice.make import FacturX, facturx_of
from portalgen.gate import open_invoices
from portalgen.model.billing import Invoice
from portalgen.model.folder import CONTENT
from portalgen.model.portal import Portal
from portalgen.parse import parse_client
from portalgen.problem import Place, Problem, Severity, Source, in_reading_order
from portalgen.read import client_names, read_client
from portalgen.theme import Theme, ThemeError

_CODE = "no-electronic-invoice"


@dataclass(frozen=True, slots=True)
class _Books:
    """A client, with the theme of its pages and all that is wrong with it."""

    desk: Desk
    portal: Portal
    theme: Theme | None
    problems: tuple[Problem, ...]


def facturx_files(
    root: Path, client: str, name: str | None, today: date
) -> tuple[tuple[FacturX, ...], tuple[Problem, ...]]:
    """The Factur-X files of a client's issued invoices.

    Args:
        client: name of the folder.
        name: id or number of the only one wanted; all that are issued when None.

    Returns:
        The files, and all that kept one from being made.

    Raises:
        FileNotFoundError: there is no content folder.
    """
    books = _open(root, client, today)
    blocking = [problem for problem in books.problems if problem.blocks_portal]
    if blocking or books.theme is None:
        return (), in_reading_order(blocking)
    invoices = books.portal.invoices
    wanted = [invoice for invoice in invoices if _is_wanted(books.portal, invoice, name)]
    if not wanted:
        return (), (_nothing(books.portal, name),)
    pairs = [_file(books, books.theme, invoice) for invoice in wanted]
    made = tuple(file for file, _ in pairs if file)
    return made, in_reading_order([problem for _, found in pairs for problem in found])


def _open(root: Path, client: str, today: date) -> _Books:
    """Read everything, as a build does."""
    desk, problems = open_desk(root)
    folder, unreadable = read_client(root, client)
    portal, unparsed = parse_client(folder)
    theme, flaws = desk.theme_of(portal)
    found = [*unreadable, *unparsed, *_between(desk, portal, today)]
    found += check_portal(portal, desk.workspace, today, found)
    return _Books(desk, portal, theme, (*problems, *flaws, *found))


def _between(desk: Desk, portal: Portal, today: date) -> list[Problem]:
    """What is wrong between this client, the others and the ledger."""
    names = (name for name in client_names(desk.root) if name != portal.folder)
    others = [claims_of(parse_client(read_client(desk.root, name)[0])[0]) for name in names]
    series = desk.workspace.studio.series
    claims = [*others, claims_of(portal)]
    return check_across(claims, today, {}, None, ledger=desk.ledger, series=series)[portal.folder]


def _is_wanted(portal: Portal, invoice: Invoice, name: str | None) -> bool:
    return portal.is_issued(invoice) if name is None else name in (invoice.id, invoice.number)


def _nothing(portal: Portal, name: str | None) -> Problem:
    place = Place(Source(f"{CONTENT}/{portal.folder}"))
    if name is None:
        hint = f"run portalgen approve {portal.folder}"
        return Problem(_CODE, "no invoice of this client is issued", place, hint)
    known = ", ".join(invoice.id for invoice in portal.invoices)
    hint = f"the invoices are: {known}" if known else "there is none yet"
    return Problem(_CODE, f'there is no invoice "{name}"', place, hint)


def _file(
    books: _Books, theme: Theme, invoice: Invoice
) -> tuple[FacturX | None, Sequence[Problem]]:
    """The file of one invoice, unless something holds it back."""
    portal, workspace = books.portal, books.desk.workspace
    if invoice not in open_invoices(portal, books.problems):
        return None, [*_withholding(books, invoice)] or [_not_approved(invoice)]
    try:
        file, found = facturx_of(books.desk.root, portal, workspace, theme, invoice)
    except ThemeError as error:
        return None, [error.problem]
    return file, [replace(problem, severity=Severity.ERROR) for problem in found]


def _withholding(books: _Books, invoice: Invoice) -> Iterator[Problem]:
    return (problem for problem in books.problems if problem.invoice == invoice.id)


def _not_approved(invoice: Invoice) -> Problem:
    message = "this invoice is not approved, so that there is nothing to send"
    hint = "when the client approves, run portalgen approve"
    return Problem(_CODE, message, invoice.place("approval"), hint)
