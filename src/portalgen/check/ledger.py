"""The ledger against the content: numbers of invoices, over all clients.

What was issued stands in the ledger, frozen beside its client's content, and in the content itself;
where these do not agree, the invoice is held back. Of invoices that are numbered by hand and not
issued yet, each has to continue the ledger.
"""

import shlex
from dataclasses import replace

from portalgen.check import numbers
from portalgen.check.books import Books, Found
from portalgen.invoice.numbering import file_of
from portalgen.model.folder import CONTENT
from portalgen.model.issued import ISSUED
from portalgen.model.ledger import LEDGER, Entry
from portalgen.problem import Problem, withholding


def check_ledger(books: Books) -> Found:
    """Everything that is wrong between the ledger and the content, and among numbers."""
    if books.ledger is None:
        yield from _unreadable(books)
        return
    for rule in _RULES:
        yield from rule(books)


def _unreadable(books: Books) -> Found:
    for claim in books.claims:
        for invoice in claim.invoices:
            if invoice.approved and invoice.number:
                message = f"{CONTENT}/{LEDGER} cannot be read, and without it no invoice goes out"
                problem = Problem("ledger-unreadable", message, invoice.place, "mend it first")
                yield claim.folder, withholding(invoice.invoice, problem)


# --- the ledger alone ----------------------------------------------------------------------------


def _issued_twice(books: Books) -> Found:
    """A number on two lines: two branches issued it, each for itself."""
    for entry in books.entries:
        issue, first = entry.issue, books.numbers[entry.issue.number.casefold()]
        if first is entry:
            continue
        message = f"the number {issue.number} was issued twice, to {first.issue.client} and here"
        if first.issue == issue:
            hint = "remove one of the two lines, which are the same"
        else:
            pair = "\n".join(_renumber(books, one) for one in (entry, first))
            hint = (
                f"give the one that was not sent yet the next number; one of these:\n{pair}\n"
                "if both were sent: docs/invoices.md, When two branches issued the same number"
            )
        problem = Problem("number-issued-twice", message, entry.place, hint)
        yield books.withheld(issue.client, issue.number, problem)


def _renumber(books: Books, entry: Entry) -> str:
    claim = books.by_folder.get(entry.issue.client)
    invoices = claim.invoices if claim else ()
    ids = (one.invoice for one in invoices if one.number == entry.issue.number)
    words = ["portalgen", "approve", entry.issue.client, next(ids, "INVOICE"), "--renumber"]
    return shlex.join(words)


def _out_of_order(books: Books) -> Found:
    """A line with an earlier day than the one before it."""
    latest: Entry | None = None
    for entry in books.entries:
        if latest and entry.issue.issued < latest.issue.issued:
            message = f"{entry.issue.number} has an earlier day than {latest.issue.number} above it"
            hint = "take the file back from git; after a merge, put the older days first"
            problem = Problem("ledger-out-of-order", message, entry.place, hint)
            yield books.withheld(entry.issue.client, entry.issue.number, problem)
        else:
            latest = entry


def _numbers_skipped(books: Books) -> Found:
    """A number that does not follow the one before it in its year or month."""
    reached: dict[tuple[int, int], int] = {}
    before: Entry | None = None
    for entry in books.entries:
        issue, position = entry.issue, books.series.position(entry.issue.number)
        if position is None or books.numbers[issue.number.casefold()] is not entry:
            continue
        expected = reached.get(position.period, 0) + 1
        if before and position.count != expected:
            message = f"{issue.number} follows {before.issue.number}, and there are others between"
            if position.count < expected:
                message = f"{issue.number} stands after {before.issue.number}, which is higher"
            hint = "take the file back from git: no number is left out, and none is taken away"
            problem = Problem("number-skipped", message, entry.place, hint)
            yield books.withheld(issue.client, issue.number, problem)
        reached[position.period] = max(position.count, expected - 1)
        before = entry


# --- the ledger, and what is frozen --------------------------------------------------------------


def _frozen_missing(books: Books) -> Found:
    """A line without its frozen invoice."""
    for entry in books.entries:
        claim = books.by_folder.get(entry.issue.client)
        is_known_to_be_broken = claim and entry.issue.number in claim.unsure
        if books.own(entry) is None and not is_known_to_be_broken:
            yield books.withheld(entry.issue.client, entry.issue.number, _missing(entry))


def _frozen_changed(books: Books) -> Found:
    """A frozen invoice that is not what its line says."""
    for entry in books.entries:
        issue, kept = entry.issue, books.own(entry)
        if kept is None or _is_of_another(books, entry, kept):
            continue
        if kept.issue.digest != issue.digest:
            yield books.withheld(kept.issue.client, issue.number, _changed(entry, kept))
        elif replace(kept.issue, client=issue.client) != issue:
            message = f"this line does not say what {kept.place.source.path} says"
            hint = f"take it back from git: git checkout -- {CONTENT}/{LEDGER}"
            problem = Problem("ledger-changed", message, entry.place, hint)
            yield books.withheld(kept.issue.client, issue.number, problem)


def _is_of_another(books: Books, entry: Entry, kept: Entry) -> bool:
    """Whether what is frozen belongs to another line with the same number, of the same client."""
    return kept.issue.digest != entry.issue.digest and kept.issue in books.issues


def _missing(entry: Entry) -> Problem:
    path = f"{CONTENT}/{entry.issue.client}/{ISSUED}/{file_of(entry.issue.number)}"
    message = f"{entry.issue.number} was issued, and {path} is missing"
    hint = f"take it back from git: git checkout -- {shlex.quote(path)}"
    return Problem("issued-invoice-missing", message, entry.place, hint)


def _changed(entry: Entry, kept: Entry) -> Problem:
    message = f"this is not the invoice {entry.issue.number} as it was issued"
    path = shlex.quote(kept.place.source.path)
    hint = f"take it back from git: git checkout -- {path}\n{CORRECT}"
    return Problem("issued-invoice-changed", message, kept.place, hint)


def _unlisted(books: Books) -> Found:
    """Something frozen that the ledger does not know, or knows as another client's."""
    for claim in books.claims:
        for kept in claim.issued:
            if kept not in books.listed:
                yield books.withheld(claim.folder, kept.issue.number, _stranger(books, kept))


def _stranger(books: Books, kept: Entry) -> Problem:
    number = kept.issue.number
    entry = books.numbers.get(number.casefold())
    message = f"{number} stands here as issued, and not in {CONTENT}/{LEDGER}"
    hint = f"take {CONTENT}/{LEDGER} back from git; nobody takes a line out of it"
    if entry:
        message = f"{number} was issued to {entry.issue.client}, and not here"
        hint = "if this file is a copy, remove it, and number: and issued: from its invoice"
    return Problem("issued-invoice-unlisted", message, kept.place, hint)


def _without_invoice(books: Books) -> Found:
    """Something frozen whose invoice is gone from the content."""
    for claim in books.claims:
        numbers = {invoice.number for invoice in claim.invoices}
        for kept in claim.issued:
            number = kept.issue.number
            if number in numbers or not claim.invoices_read:
                continue
            message = f"{number} was issued, and no invoice of {claim.folder} has this number"
            hint = f"take its file back from git, or write number: {number} into it again"
            problem = Problem("issued-without-invoice", message, kept.place, hint)
            yield claim.folder, withholding(number, problem)


CORRECT = "what is issued is corrected by a credit note (kind: credit note, corrects: its number)"

_RULES = (
    _issued_twice,
    _out_of_order,
    _numbers_skipped,
    _frozen_missing,
    _frozen_changed,
    _unlisted,
    _without_invoice,
    numbers.duplicate_numbers,
    numbers.backdated,
    numbers.not_next,
    numbers.without_number,
)
