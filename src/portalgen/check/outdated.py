"""A yes that is older than what it was said to: the client has not seen what they approved."""

from collections.abc import Iterator
from datetime import date

from portalgen.gate import asks_completeness
from portalgen.model.billing import Approval
from portalgen.model.entry import Deliverable
from portalgen.model.portal import Portal
from portalgen.problem import Problem, warning

_HINT = "show it again, and write the day of their new yes"


def deliverables_changed_after_approval(portal: Portal) -> Iterator[Problem]:
    """A deliverable that came, or was corrected, after the day of its approval."""
    for item in portal.deliverables:
        if item.approved is None:
            continue
        day, what = max(_changes(portal, item), default=(date.min, ""))
        if day > item.approved.on:
            message = f"this was approved on {item.approved.on}, and {what} after that, on {day}"
            yield warning("approval-outdated", message, item.place("approved", "on"), _HINT)


def work_changed_after_approval(portal: Portal) -> Iterator[Problem]:
    """An invoice that is not issued yet, and was approved before the work was as it is now."""
    for invoice in portal.unissued:
        approval = invoice.approval
        if approval is None or approval.on is None or not asks_completeness(invoice):
            continue
        day, what = max(_changes_of_all(portal, approval), default=(date.min, ""))
        if day > approval.on:
            message = f"the work was approved on {approval.on}, and {what} after that, on {day}"
            place = invoice.place("approval", "on")
            yield warning("approval-outdated", message, place, _HINT)


def _changes(portal: Portal, item: Deliverable) -> Iterator[tuple[date, str]]:
    if item.delivered:
        yield item.delivered, "delivered"
    for correction in portal.corrections:
        if correction.about == item.id and correction.done:
            yield correction.done, f"its correction {correction.id} was done"


def _changes_of_all(portal: Portal, approval: Approval) -> Iterator[tuple[date, str]]:
    for item in portal.deliverables:
        if item.delivered and not approval.waives(item.id):
            yield item.delivered, f'"{item.title}" was delivered'
    for correction in portal.corrections:
        if correction.done and not approval.waives(correction.id):
            yield correction.done, f"the correction {correction.id} was done"
    for amendment in portal.amendments:
        if amendment.agreed:
            yield amendment.agreed.on, f'the amendment "{amendment.title}" was agreed'
