"""What is not there yet: the work promised for a date, and what only the client can give."""

from collections.abc import Iterator

from portalgen.model.entry import Deliverable, Step, Waiting
from portalgen.model.portal import Portal
from portalgen.model.values import Span

Work = Step | Deliverable


def promised(portal: Portal, *, internal: bool = False) -> tuple[tuple[Span, Work], ...]:
    """The steps and deliverables with a date that are still to come, the nearest first.

    None of it depends on today.

    Args:
        internal: whether the studio's own steps count, which no client sees.
    """
    steps = portal.steps if internal else portal.public_steps
    dated: list[tuple[Span, Work]] = [
        *((step.due, step) for step in steps if step.due and step.state != "done"),
        *((item.due, item) for item in portal.deliverables if item.due and not item.delivered),
    ]
    return tuple(sorted(dated, key=lambda pair: (pair[0].last, pair[0].first)))


def awaited(portal: Portal) -> Iterator[tuple[Step, Waiting]]:
    """What the work waits for, with the step that waits."""
    for step in _open_steps(portal):
        if step.waiting:
            yield step, step.waiting


def asked(portal: Portal) -> Iterator[tuple[Work, str]]:
    """The questions without an answer, with what they are about."""
    about: tuple[Work, ...] = (*_open_steps(portal), *_open_deliverables(portal))
    for work in about:
        if work.question:
            yield work, work.question


def _open_steps(portal: Portal) -> tuple[Step, ...]:
    """The steps that the client may still be asked about: none once the project is closed."""
    if portal.client.project.closed:
        return ()
    return tuple(step for step in portal.public_steps if step.state != "done")


def _open_deliverables(portal: Portal) -> tuple[Deliverable, ...]:
    return () if portal.client.project.closed else portal.deliverables
