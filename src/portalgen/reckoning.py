"""What every invoice comes to, approved or not: for the studio's own use.

Nothing else has to be right for it: no specification, no legal fact, no access. An invoice that
cannot be reckoned is told of with the reason, and the others stand.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from pathlib import Path

from portalgen.check.approval import approved_but_incomplete
from portalgen.check.bills import (
    broken_arithmetic,
    deposits_in_another_currency,
    unpayable_payments,
)
from portalgen.check.ids import unknown_invoices
from portalgen.invoice.document import DocumentTotals, Kind, VatRow
from portalgen.invoice.exact import exact_context
from portalgen.invoice.flaws import OF_WORDS
from portalgen.invoice.settled import negated, settled
from portalgen.invoicing import deposits_of, document_of
from portalgen.model.billing import Invoice
from portalgen.model.folder import Folder
from portalgen.model.portal import Portal, Workspace
from portalgen.parse import parse_client, parse_studio
from portalgen.parse.entries import file_order
from portalgen.problem import Problem, Severity
from portalgen.read import read_client, read_studio
from portalgen.yaml_source import read_yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoned:
    """An invoice that could be reckoned.

    Attributes:
        client: the name of its folder.
        id: its short name in that folder.
        is_billed: whether it is issued, or approved, numbered and dated; else it is a draft.
        totals: as they stand today, payments counted in BT-113.
    """

    client: str
    id: str
    number: str | None
    kind: Kind
    currency: str
    is_billed: bool
    totals: DocumentTotals
    vat: tuple[VatRow, ...]

    @property
    def signed(self) -> DocumentTotals:
        """The totals as they add up with those of others: a credit note gives back."""
        return negated(self.totals) if self.kind == "credit note" else self.totals


@dataclass(frozen=True, slots=True, kw_only=True)
class NotReckoned:
    """An invoice that could not be reckoned, and why.

    Attributes:
        path: of its file, from the workspace.
        kind: None when the file cannot be read; so are the number and the currency.
        problems: never empty.
    """

    client: str
    path: str
    number: str | None = None
    kind: Kind | None = None
    currency: str | None = None
    problems: tuple[Problem, ...]


Entry = Reckoned | NotReckoned


def left_to_pay(entries: Iterable[Reckoned]) -> Decimal:
    """What is left to pay of invoices in one currency, less what their credit notes give back.

    Deposits are not counted twice: they are no part of what their final invoice leaves to pay.
    """
    with localcontext(exact_context()):
        return sum((entry.signed.due for entry in entries), Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """What the invoices of one client are reckoned with.

    Attributes:
        studio_flaws: what is wrong with studio.yaml: nothing is then taken from it.
        flaws: what keeps an invoice from being reckoned, by its file.
        slips: what may have been read in another sense than it was meant, by its file.
        payment_flaws: what is wrong with its payments, by its file.
    """

    portal: Portal
    workspace: Workspace
    studio_flaws: tuple[Problem, ...]
    flaws: Mapping[str, tuple[Problem, ...]]
    slips: Mapping[str, tuple[Problem, ...]]
    payment_flaws: Mapping[str, tuple[Problem, ...]]


def reckon(root: Path, clients: Iterable[str]) -> Iterator[Entry]:
    """Every invoice of those clients: by the client's folder, then in the order of the folder."""
    folder, unreadable = read_studio(root)
    workspace, unparsed = parse_studio(folder)
    flaws = () if workspace.is_read else tuple(_errors([*unreadable, *unparsed]))
    for name in sorted(set(clients)):
        yield from _of_client(root, name, replace(workspace, is_read=True), flaws)


def _of_client(
    root: Path, name: str, workspace: Workspace, studio_flaws: tuple[Problem, ...]
) -> Iterator[Entry]:
    folder, unreadable = read_client(root, name)
    portal, unparsed = parse_client(folder)
    lost = _by_file(_errors([*unreadable, *unparsed]))
    read = {invoice.place().source.path: invoice for invoice in portal.invoices}
    desk = _Desk(
        portal=portal,
        workspace=workspace,
        studio_flaws=studio_flaws,
        flaws=_by_file(_flaws(portal, workspace)),
        slips=_by_file(_slips(portal)),
        payment_flaws=_by_file(unpayable_payments(portal, workspace)),
    )
    for path in _files(folder, lost):
        if path in read:
            yield _entry(read[path], desk)
        elif path in lost:
            yield NotReckoned(client=name, path=path, problems=lost[path])


def _files(folder: Folder, lost: Iterable[str]) -> list[str]:
    """The invoices' files in order, after the folder itself when it could not be entered."""
    start = f"{folder.path}/"
    paths = {f"{start}{path}" for path in folder.texts} | set(lost)
    found = (path for path in paths if path.startswith(f"{start}invoice"))
    return [
        *(path for path in lost if path == folder.path),
        *sorted(found, key=lambda path: file_order(path.removeprefix(start))),
    ]


def _flaws(portal: Portal, workspace: Workspace) -> Iterator[Problem]:
    yield from (p for p in broken_arithmetic(portal, workspace) if p.code not in OF_WORDS)
    yield from deposits_in_another_currency(portal, workspace)
    yield from (p for p in unknown_invoices(portal) if p.code == "unknown-deposit")


def _slips(portal: Portal) -> Iterator[Problem]:
    """What is no YAML in a file that could be read all the same. Nothing that only keeps the
    approval from being read is among them."""
    for invoice in portal.invoices:
        _, found = read_yaml(invoice.place().source)
        yield from _errors(found)


def _errors(problems: Iterable[Problem]) -> Iterator[Problem]:
    return (problem for problem in problems if problem.severity is Severity.ERROR)


def _by_file(problems: Iterable[Problem]) -> dict[str, tuple[Problem, ...]]:
    found: dict[str, tuple[Problem, ...]] = {}
    for problem in problems:
        path = problem.place.source.path
        found[path] = (*found.get(path, ()), problem)
    return found


def _entry(invoice: Invoice, desk: _Desk) -> Entry:
    portal, workspace = desk.portal, desk.workspace
    problems = tuple(dict.fromkeys(_reasons(invoice, desk)))
    if problems:
        usual = None if desk.studio_flaws else workspace.studio.currency
        return NotReckoned(
            client=portal.folder,
            path=invoice.place().source.path,
            number=invoice.number,
            kind=invoice.kind,
            currency=invoice.currency or usual,
            problems=problems,
        )
    document = document_of(invoice, portal, workspace)
    return Reckoned(
        client=portal.folder,
        id=invoice.id,
        number=invoice.number,
        kind=document.kind,
        currency=document.currency,
        is_billed=_is_billed(invoice, portal),
        totals=settled(document.totals, (payment.amount for payment in invoice.payments)),
        vat=document.vat,
    )


def _is_billed(invoice: Invoice, portal: Portal) -> bool:
    """Whether the client has it, as far as the content tells. What is approved too early is held
    back, and still a draft."""
    if portal.is_issued(invoice):
        return True
    shut = {problem.invoice for problem in approved_but_incomplete(portal)}
    return bool(invoice.approval and invoice.number and invoice.issued) and invoice.id not in shut


def _reasons(invoice: Invoice, desk: _Desk) -> Iterator[Problem]:
    """Why an invoice cannot be reckoned. One that is issued says what it said then."""
    path = invoice.place().source.path
    yield from desk.slips.get(path, ())
    yield from desk.payment_flaws.get(path, ())
    if invoice.number in desk.portal.issued:
        return
    if desk.studio_flaws and _leans_on_studio(invoice):
        yield from desk.studio_flaws
        return
    yield from desk.flaws.get(path, ())
    for deposit in deposits_of(invoice, desk.portal):
        yield from _reasons(deposit, desk)


def _leans_on_studio(invoice: Invoice) -> bool:
    """Whether something is left out that the studio's currency or VAT regime would fill in."""
    return invoice.currency is None or any(line.vat is None for line in invoice.lines)
