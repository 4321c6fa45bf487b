"""What the calendar says today: promises whose day is over, and silence. Notes, all of them."""

from collections.abc import Iterator
from datetime import date, timedelta

from portalgen.agreement import agreed_amendments, due_today
from portalgen.gate import is_approved
from portalgen.model.client import Project
from portalgen.model.entry import Step
from portalgen.model.portal import Portal
from portalgen.model.values import Span
from portalgen.outstanding import promised
from portalgen.problem import Problem, note

QUIET = timedelta(days=14)
"""How long a client may hear nothing before somebody should write."""


def late_work(portal: Portal, today: date) -> Iterator[Problem]:
    """A step or a deliverable that was promised for a day that is over."""
    if _is_resting(portal):
        return
    for due, work in promised(portal, internal=True):
        if due.last < today and isinstance(work, Step):
            message = f"this step was promised for {_day(due)}, and is not done"
            hint = f"write finished: year-month-day; {_moved(work, due, today)}"
            yield note("late-step", message, work.place("due"), hint)
        elif due.last < today:
            message = f"this deliverable was promised for {_day(due)}, and is not delivered"
            hint = "add delivered: year-month-day; or write the new date in due"
            yield note("late-deliverable", message, work.place("due"), hint)


def late_project(portal: Portal, today: date) -> Iterator[Problem]:
    """A project whose last day is over, when nobody has said that it is late, or resting."""
    project = portal.client.project
    due, amendment = due_today(portal)
    said = project.health and project.health.state == "late"
    if due is None or due.last >= today or said or _is_resting(portal) or is_approved(portal):
        return
    message = f"the project was promised for {_day(due)}, and is not closed"
    if amendment:
        place = amendment.place("due_change")
        hint = "add closed: year-month-day to project; or agree a new date in an amendment"
    else:
        place = portal.client.place("project", "due")
        hint = f"add closed: year-month-day; {_moved(project, due, today)}"
    yield note("late-project", message, place, hint)


def no_recent_news(portal: Portal, today: date) -> Iterator[Problem]:
    """A running project of which the client has heard nothing for two weeks."""
    project = portal.client.project
    if project.started is None or project.started > today:
        return
    if _is_resting(portal) or is_approved(portal):
        return
    last = max((day for day in _news(portal) if project.started <= day <= today), default=None)
    since = last or project.started
    if today - since <= QUIET:
        return
    days = (today - since).days
    told = f"the last news is of {last}" if last else f"the project began on {since}"
    message = f"{told}, and your client has read nothing new for {days} days"
    hint = f'write a few words: portalgen new update {portal.folder} "…"'
    yield note("no-recent-news", message, portal.client.place("project", "started"), hint)


def _is_resting(portal: Portal) -> bool:
    """Whether nobody counts the days: not yet, no more, or the client knows that nothing moves."""
    project = portal.client.project
    on_hold = project.health is not None and project.health.state == "on hold"
    return portal.client.draft or project.closed is not None or on_hold


def _news(portal: Portal) -> list[date]:
    """The days of everything that the journal tells."""
    days = [update.on for update in portal.updates]
    for step in portal.public_steps:
        days += [day for day in (step.started, step.finished) if day]
        days += [move.on for move in step.moved if move.on]
    for item in portal.deliverables:
        days += [day for day in (item.delivered, item.approved and item.approved.on) if day]
    for correction in portal.corrections:
        days += [day for day in (correction.done, correction.withdrawn) if day]
    agreed = (portal.spec.agreed, *(each.agreed for each in agreed_amendments(portal)))
    days += [consent.on for consent in agreed if consent]
    days += [invoice.issued for invoice in portal.invoices if invoice.approval and invoice.issued]
    days += [move.on for move in portal.client.project.moved if move.on]
    return days


def _day(due: Span) -> str:
    return f"{due.first} to {due.last}" if due.is_range else str(due.last)


def _moved(record: Step | Project, due: Span, today: date) -> str:
    """How to give a new date and keep the old one."""
    was = f"{due.first}/{due.last}" if due.is_range else str(due.last)
    move = f"{{on: {today}, was: {was}}}"
    kept = f"- {move}" if record.moved else f"moved: [{move}]"
    beside = ", under moved" if record.moved else ""
    return f"or the new date in due, with the old one{beside}:\n{kept}"
