"""Invoices with a number by hand, or none: each has to continue the ledger."""

import shlex

from portalgen.check.books import Books, Found
from portalgen.check.claims import Numbered
from portalgen.problem import Problem, withholding


def duplicate_numbers(books: Books) -> Found:
    """A number that another invoice has; the one that is issued, or was dated first, keeps it."""
    yield from _as_an_issued_one(books)
    owners: dict[str, str] = {}
    for claim, invoice in books.unissued:
        name = (invoice.number or "").casefold()
        entry = books.numbers.get(name)
        if entry and entry.issue.client == claim.folder and entry.issue.number == invoice.number:
            continue  # it is issued, and what was frozen is missing: `ledger` says so
        if entry:
            yield claim.folder, _duplicate(invoice, f"was issued to {entry.issue.client}")
        elif name in owners:
            yield claim.folder, _duplicate(invoice, f"is used in {owners[name]}")
        owners.setdefault(name, invoice.place.source.path)


def _as_an_issued_one(books: Books) -> Found:
    for claim in books.claims:
        seen: set[str] = set()
        for invoice in claim.invoices:
            number = invoice.number or ""
            if number in claim.numbers_issued and number in seen:
                owner = f"is that of another invoice of {claim.folder}"
                yield claim.folder, _duplicate(invoice, owner)
            seen.add(number)


def _duplicate(invoice: Numbered, owner: str) -> Problem:
    message = f"the number {invoice.number} {owner} already"
    hint = "give it the next free number"
    return withholding(invoice.invoice, Problem("duplicate-number", message, invoice.place, hint))


def backdated(books: Books) -> Found:
    """An invoice that is dated before the last issued one: numbers and days rise together."""
    last = books.entries[-1].issue if books.entries else None
    for claim, invoice in books.unissued:
        if not (last and invoice.approved and invoice.issued and invoice.issued < last.issued):
            continue
        message = f"{invoice.issued} lies before the last issued invoice, {last.number}"
        hint = f"write issued: {last.issued} or later"
        problem = Problem("backdated-invoice", message, invoice.place, hint)
        yield claim.folder, withholding(invoice.invoice, problem)


def not_next(books: Books) -> Found:
    """A number by hand that leaves others out between itself and the ledger."""
    reached = books.series.reached(entry.issue.number for entry in books.entries)
    seen = set(books.numbers)
    for claim, invoice in books.unissued if reached else ():
        number, day = invoice.number or "", invoice.issued
        position = books.series.position(number)
        if not (position and invoice.approved and day) or number.casefold() in seen:
            continue
        seen.add(number.casefold())
        expected = books.series.following(reached, day)
        if number == expected:
            reached[position.period] = position.count
            continue
        message = f"the next number is {expected}, and this is {number}"
        problem = Problem("number-not-next", message, invoice.place, f"write number: {expected}")
        yield claim.folder, withholding(invoice.invoice, problem)


def without_number(books: Books) -> Found:
    """An approved invoice without its number or its date: the lines to paste are in the hint."""
    reached = books.series.reached(books.numbers_used)
    last = max([books.today, *(entry.issue.issued for entry in books.entries[-1:])])
    for claim in books.claims:
        for invoice in claim.invoices:
            if not invoice.approved or (invoice.number and invoice.issued):
                continue
            command = shlex.join(["portalgen", "approve", claim.folder, invoice.invoice])
            lines = [f"run {command}, or add these lines:"]
            if not invoice.number:
                number = books.series.following(reached, invoice.issued or last)
                reached |= books.series.reached([number])
                lines.append(f"number: {number}")
            lines += [] if invoice.issued else [f"issued: {last}"]
            message = "this invoice is approved, and has no number or no date"
            problem = Problem("invoice-not-numbered", message, invoice.place, "\n".join(lines))
            yield claim.folder, withholding(invoice.invoice, problem)
