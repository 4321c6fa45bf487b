"""The gate: an approved invoice that may not go out yet. Its portal goes out without it."""

from collections.abc import Iterator
from datetime import date

from portalgen.agreement import coverage, lineage, titles_of
from portalgen.gate import Missing, asks_completeness, missing
from portalgen.model.portal import Portal
from portalgen.problem import Problem, warning, withholding

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
    for invoice in portal.unissued:
        if invoice.approval and invoice.approval.on and invoice.approval.on > today:
            message = f"this approval lies in the future ({invoice.approval.on})"
            place = invoice.place("approval", "on")
            problem = Problem("approval-in-future", message, place, f"today is {today}")
            yield withholding(invoice.id, problem)


def approved_but_incomplete(portal: Portal) -> Iterator[Problem]:
    """An approval of work that is not all there: what is missing is named, with its mend."""
    for invoice in portal.unissued:
        if invoice.approval is None or not asks_completeness(invoice):
            continue
        for thing in missing(portal):
            if not any(invoice.approval.waives(name) for name in lineage(thing.id)):
                file = invoice.place().source.path
                yield withholding(invoice.id, _incomplete(thing, file, _late(portal, thing)))


def approved_with_steps_to_do(portal: Portal) -> Iterator[Problem]:
    """Work that is approved and billed while the portal says that some of it is not done."""
    to_do = [step for step in portal.public_steps if step.state != "done"]
    for invoice in portal.unissued:
        approved = invoice.approval and invoice.approval.waived != "all"
        if approved and asks_completeness(invoice) and to_do:
            titles = ", ".join(f'"{step.title}"' for step in to_do[:3])
            message = f"this is approved, and the portal shows {titles} as not done"
            hint = "add finished: year-month-day to each step that is done"
            yield warning("approved-with-steps-to-do", message, invoice.place("approval"), hint)


def _late(portal: Portal, thing: Missing) -> str:
    """The title of what covers a requirement and is not done yet; empty when nothing covers it."""
    if thing.kind != "requirement":
        return ""
    entries = (e for e in coverage(portal) if e.requirement.id == thing.id)
    return next((title for e in entries for title in titles_of(e)), "")


def _incomplete(thing: Missing, invoice: str, late: str) -> Problem:
    says, mend = _MENDS[thing.kind]
    if late:
        says, mend = f'is covered by "{late}", which is not done', "finish it, and give its date"
    name = f"{thing.id} ({thing.label})" if thing.kind == "requirement" else f'"{thing.label}"'
    hint = f"{mend}; or, if the client accepts it, add {thing.id} to waived in {invoice}"
    return Problem("approved-but-incomplete", f"{name} {says}", thing.place, hint)
