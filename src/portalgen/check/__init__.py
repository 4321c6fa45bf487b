"""The third stage: what the records of a portal, and the portals together, have to say.

A rule is a small function from a portal to its problems, named like the message it gives.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from portalgen.check import approval, bills, dates, files, ids, people
from portalgen.check.across import Claims, check_across, claims_of
from portalgen.model.portal import Portal, Workspace
from portalgen.problem import Problem

__all__ = ["Claims", "check_across", "check_portal", "check_workspace", "claims_of"]

Rule = Callable[[Portal], Iterable[Problem]]

RULES: tuple[Rule, ...] = (
    ids.duplicate_ids,
    ids.duplicate_requirements,
    ids.no_requirements,
    ids.unknown_requirements,
    ids.unknown_abouts,
    ids.unknown_waivers,
    ids.unknown_invoices,
    ids.unknown_billed,
    ids.bad_path,
    dates.finished_before_started,
    dates.status_contradicts_dates,
    dates.project_closed_before_started,
    dates.correction_done_before_asked,
    files.deliverable_files,
    files.logo,
    files.sealed,
    files.references,
    bills.no_thanks,
    bills.credit_note_without_original,
    bills.deposit_before_agreement,
    bills.deposit_not_billed,
)


def check_portal(
    portal: Portal, workspace: Workspace, today: date, *, complete: bool
) -> Iterator[Problem]:
    """Every problem of one portal.

    Args:
        today: the build's day, for an approval that lies in the future.
        complete: whether all entries could be read; without them nothing can be called missing.
    """
    for rule in RULES:
        yield from rule(portal)
    yield from people.nobody_can_open(portal, workspace)
    yield from people.broken_keys(portal, workspace)
    yield from bills.broken_arithmetic(portal, workspace)
    yield from approval.approval_in_future(portal, today)
    if complete:
        yield from approval.approved_but_incomplete(portal)


def check_workspace(workspace: Workspace) -> Iterator[Problem]:
    """Every problem of what all portals share."""
    if workspace.access:
        yield from people.broken_access(workspace.access)
