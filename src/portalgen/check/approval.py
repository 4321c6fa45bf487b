"""The gate: an approved invoice that may not go out yet. Its portal goes out without it."""

from collections.abc import Iterator
from datetime import date

from portalgen.gate import Missing, asks_completeness, missing
from portalgen.model.portal import Portal
from portalgen.problem import Problem, withholding

_MENDS = {
    "deliverable": ("is not delivered yet", "add delivered: year-month-day"),
    "account": ("is an account whose access is not given yet", "add given: year-month-day"),
    "correction": ("is a correction that is still open", "add done: year-month-day"),
    "requirement": (
        "is agreed, and no done step or delivered deliverable covers it",
        "add it to the covers of what serves it",
    ),
}


def approval_in_future(portal: Portal, today: date) -> Iterator[Problem]:
    """An approval that nobody can have given yet."""
    for invoice in portal.invoices:
        if invoice.approval and invoice.approval.on and invoice.approval.on > today:
            message = f"this approval lies in the future ({invoice.approval.on})"
            place = invoice.place("approval", "on")
            problem = Problem("approval-in-future", message, place, f"today is {today}")
            yield withholding(invoice.id, problem)


def approved_but_incomplete(portal: Portal) -> Iterator[Problem]:
    """An approval of work that is not all there: what is missing is named, with its mend."""
    for invoice in portal.invoices:
        if invoice.approval is None or not asks_completeness(invoice):
            continue
        for thing in missing(portal):
            if not invoice.approval.waives(thing.id):
                yield withholding(invoice.id, _incomplete(thing, invoice.place().source.path))


def _incomplete(thing: Missing, invoice: str) -> Problem:
    says, mend = _MENDS[thing.kind]
    name = f"{thing.id} ({thing.label})" if thing.kind == "requirement" else f'"{thing.label}"'
    hint = f"{mend}; or, if the client accepts it, add {thing.id} to waived in {invoice}"
    return Problem("approved-but-incomplete", f"{name} {says}", thing.place, hint)
