"""Dates that cannot both be true."""

from collections.abc import Iterator

from portalgen.model.entry import Step
from portalgen.model.portal import Portal
from portalgen.problem import Problem


def finished_before_started(portal: Portal) -> Iterator[Problem]:
    """A step that ends before it begins."""
    for step in portal.steps:
        if step.started and step.finished and step.finished < step.started:
            message = f"this step is finished before it is started ({step.started})"
            hint = "check the two dates"
            yield Problem("finished-before-started", message, step.place("finished"), hint)


def status_contradicts_dates(portal: Portal) -> Iterator[Problem]:
    """A status that the dates of the step deny."""
    for step in portal.steps:
        problem = _contradiction(step)
        if problem:
            yield problem


def _contradiction(step: Step) -> Problem | None:
    place = step.place("status")
    if step.status == "done" and not step.finished:
        hint = "add finished: year-month-day"
        return Problem("done-without-finished", "a done step has no end date", place, hint)
    if step.status in ("in progress", "to do") and step.finished:
        message = f'a step finished on {step.finished} is not "{step.status}"'
        return Problem("status-contradiction", message, place, "remove one of the two")
    if step.status == "to do" and step.started:
        message = f'a step started on {step.started} is not "to do"'
        return Problem("status-contradiction", message, place, "remove one of the two")
    return None


def project_closed_before_started(portal: Portal) -> Iterator[Problem]:
    """A project that ends before it begins."""
    project = portal.client.project
    if project.started and project.closed and project.closed < project.started:
        message = f"the project is closed before it is started ({project.started})"
        place = portal.client.place("project", "closed")
        yield Problem("closed-before-started", message, place, "check the two dates")


def correction_done_before_asked(portal: Portal) -> Iterator[Problem]:
    """A correction that is done before it was asked, or both done and withdrawn."""
    for correction in portal.corrections:
        place = correction.place("done")
        if correction.on and correction.done and correction.done < correction.on:
            message = f"this correction is done before it was asked ({correction.on})"
            yield Problem("done-before-asked", message, place, "check the two dates")
        if correction.done and correction.withdrawn:
            message = "a correction is done or withdrawn, not both"
            yield Problem("done-and-withdrawn", message, place, "remove one of the two")
