"""The ledger, and what the clients' folders say of invoices, side by side."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from portalgen.check.claims import Claims, Numbered
from portalgen.invoice.numbering import Numbering
from portalgen.model.ledger import Entry, Issue, Ledger
from portalgen.problem import Problem, withholding

Found = Iterator[tuple[str, Problem]]
"""Problems, each with the folder of the client that it concerns."""


@dataclass(frozen=True)
class Books:
    """The ledger, and what the clients' folders say of invoices.

    Attributes:
        ledger: None when it cannot be read.
        series: how numbers are made.
        claims: of the clients whose folders are no copies of others.
    """

    ledger: Ledger | None
    series: Numbering
    claims: Sequence[Claims]
    today: date

    @property
    def entries(self) -> tuple[Entry, ...]:
        return self.ledger.entries if self.ledger else ()

    @cached_property
    def numbers(self) -> Mapping[str, Entry]:
        """The first line of each number, capital letters aside."""
        found: dict[str, Entry] = {}
        for entry in self.entries:
            found.setdefault(entry.issue.number.casefold(), entry)
        return found

    @cached_property
    def numbers_used(self) -> tuple[str, ...]:
        """The numbers that the next one comes after: those that were issued, and those of approved
        invoices; as long as nothing was issued, those of drafts as well."""
        issued = tuple(entry.issue.number for entry in self.entries)
        written = (
            invoice.number
            for claim in self.claims
            for invoice in claim.invoices
            if invoice.number and (invoice.approved or not issued)
        )
        return *issued, *written

    @cached_property
    def issues(self) -> frozenset[Issue]:
        """What the lines say."""
        return frozenset(entry.issue for entry in self.entries)

    @cached_property
    def by_folder(self) -> Mapping[str, Claims]:
        return {claim.folder: claim for claim in self.claims}

    @cached_property
    def kept(self) -> Mapping[str, Sequence[Entry]]:
        """What is frozen under each number, by whichever client."""
        found: dict[str, list[Entry]] = {}
        for claim in self.claims:
            for entry in claim.issued:
                found.setdefault(entry.issue.number, []).append(entry)
        return found

    def own(self, entry: Entry) -> Entry | None:
        """What is frozen of a line: in its client's folder, or wherever that was renamed to."""
        kept, client = self.kept.get(entry.issue.number, ()), entry.issue.client
        if client in self.by_folder:
            return next((one for one in kept if one.issue.client == client), None)
        return next((one for one in kept if one.issue.digest == entry.issue.digest), None)

    @cached_property
    def listed(self) -> frozenset[Entry]:
        """Everything frozen that a line of the ledger stands for."""
        return frozenset(kept for kept in map(self.own, self.entries) if kept)

    def withheld(self, folder: str, number: str, problem: Problem) -> tuple[str, Problem]:
        """That problem, holding back the invoice of that number; "" for a client who is gone."""
        claim = self.by_folder.get(folder)
        if claim is None:
            return "", withholding(number, problem)
        ids = (invoice.invoice for invoice in claim.invoices if invoice.number == number)
        return folder, withholding(next(ids, number), problem)

    @cached_property
    def unissued(self) -> tuple[tuple[Claims, Numbered], ...]:
        """The invoices with a number that are not issued, by day."""
        found = [
            (claim, invoice)
            for claim in self.claims
            for invoice in claim.invoices
            if invoice.number and invoice.number not in claim.numbers_issued
        ]
        return tuple(sorted(found, key=_by_day))


def _by_day(pair: tuple[Claims, Numbered]) -> tuple[date, str, str]:
    claim, invoice = pair
    return invoice.issued or date.max, invoice.number or "", claim.folder
