"""The page of the plan: what was promised for when, what has happened, and which dates moved.

The same rows are told twice: drawn on an axis of days, and written in tables.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from portalgen.model.client import Move, Project
from portalgen.model.entry import Deliverable, Step
from portalgen.model.portal import Portal
from portalgen.model.values import Span
from portalgen.render.scope import Link, MoveView, Scope, When, maybe
from portalgen.render.states import state_of
from portalgen.render.timeline import Axis, Bar, Tick, axis_of


@dataclass(frozen=True, slots=True)
class Marks:
    """What is drawn of one piece of work.

    Attributes:
        planned: the day or range that is promised.
        happened: from the beginning to the end; the beginning alone while `is_running`.
        earlier: the promises before this one.
        track: along the earlier promises to the one that stands.
        moved_to: where the track comes down.
        promised: the last day a deliverable is promised for.
        delivered: the day it was delivered.
    """

    planned: Bar | None = None
    happened: Bar | None = None
    is_running: bool = False
    earlier: tuple[Bar, ...] = ()
    track: Bar | None = None
    moved_to: str | None = None
    promised: str | None = None
    delivered: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A piece of the work, in words and drawn.

    Attributes:
        begun: the day it began, while it is not finished.
        happened: the days from its beginning to its end, or its end alone.
        late_after: the last promised day (ISO 8601), while it is not kept.
        marks: None when it has no date at all.
    """

    what: Link
    state: str
    label: str
    planned: When | None
    begun: When | None
    happened: When | None
    late_after: str | None
    moves: tuple[MoveView, ...]
    marks: Marks | None


@dataclass(frozen=True, slots=True)
class Drawing:
    """The axis, and the marks of the project itself.

    Attributes:
        first: the first day shown (ISO 8601).
        days: how many are shown.
        due: the end of the days that the project is promised for.
    """

    first: str
    days: int
    wide: tuple[Tick, ...]
    narrow: tuple[Tick, ...]
    due: str | None
    project: Marks | None
    has_moves: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything on the page of the plan; deliverables without any date are left out."""

    started: When | None
    due: When | None
    closed: When | None
    late_after: str | None
    moves: tuple[MoveView, ...]
    drawing: Drawing
    steps: tuple[Row, ...]
    deliverables: tuple[Row, ...]


def has_plan(portal: Portal) -> bool:
    """Whether any day is known: a plan without one would say nothing."""
    return next(_days(portal), None) is not None


def plan(scope: Scope) -> Plan:
    """Tell and draw the plan of a portal that has one (`has_plan`).

    Raises:
        ValueError: no day is known.
    """
    portal, project = scope.portal, scope.portal.client.project
    axis = axis_of(_days(portal))
    if axis is None:
        raise ValueError("a plan needs a day")
    is_open = project.closed is None
    return Plan(
        started=maybe(scope.day, project.started),
        due=maybe(scope.when, project.due),
        closed=maybe(scope.day, project.closed),
        late_after=_last(project.due) if is_open and _has_work_left(portal) else None,
        moves=scope.moves(project.moved, project.due),
        drawing=_drawing(scope, axis),
        steps=tuple(_step(scope, axis, step, is_open) for step in portal.public_steps),
        deliverables=tuple(
            _deliverable(scope, axis, item, is_open)
            for item in portal.deliverables
            if item.due or item.delivered
        ),
    )


def _has_work_left(portal: Portal) -> bool:
    """Whether anything is not done or not delivered: else the project waits for its approval."""
    steps, items = portal.public_steps, portal.deliverables
    is_ready = all(step.state == "done" for step in steps) and all(i.delivered for i in items)
    return not (is_ready and (steps or items))


def _days(portal: Portal) -> Iterator[date]:
    """Every day that the drawing has to show."""
    project = portal.client.project
    yield from _known(project.started, project.closed)
    yield from _ends(project.due, project.moved)
    for step in portal.public_steps:
        yield from _known(step.started, step.finished)
        yield from _ends(step.due, step.moved)
    for item in portal.deliverables:
        yield from _known(item.delivered)
        yield from _ends(item.due)


def _known(*days: date | None) -> Iterator[date]:
    return (day for day in days if day)


def _ends(due: Span | None, moved: Sequence[Move] = ()) -> Iterator[date]:
    for span in (due, *(move.was for move in moved)):
        if span:
            yield from (span.first, span.last)


# --- rows ----------------------------------------------------------------------------------------


def _step(scope: Scope, axis: Axis, step: Step, is_open: bool) -> Row:
    state, started, finished = state_of(scope, step), step.started, step.finished
    return Row(
        what=scope.link(step),
        state=state.name,
        label=state.label,
        planned=maybe(scope.when, step.due),
        begun=scope.day(started) if started and not finished else None,
        happened=scope.when(Span(started or finished, finished)) if finished else None,
        late_after=_last(step.due) if is_open and step.state != "done" else None,
        moves=scope.moves(step.moved, step.due),
        marks=_work(axis, (started, finished), step.due, step.moved, can_run=is_open),
    )


def _deliverable(scope: Scope, axis: Axis, item: Deliverable, is_open: bool) -> Row:
    state = state_of(scope, item)
    return Row(
        what=scope.link(item),
        state=state.name,
        label=state.label,
        planned=maybe(scope.when, item.due),
        begun=None,
        happened=maybe(scope.day, item.delivered),
        late_after=_last(item.due) if is_open and not item.delivered else None,
        moves=(),
        marks=Marks(
            planned=axis.span(item.due) if item.due and item.due.is_range else None,
            promised=axis.middle(item.due.last) if item.due else None,
            delivered=maybe(axis.middle, item.delivered),
        ),
    )


def _last(due: Span | None) -> str | None:
    return due.last.isoformat() if due else None


# --- drawing -------------------------------------------------------------------------------------


def _drawing(scope: Scope, axis: Axis) -> Drawing:
    project, steps = scope.portal.client.project, scope.portal.public_steps
    return Drawing(
        first=axis.first.isoformat(),
        days=(axis.end - axis.first).days,
        wide=axis.ticks(scope.words),
        narrow=axis.ticks(scope.words, narrow=True),
        due=axis.span(project.due).end if project.due else None,
        project=_project(axis, project),
        has_moves=any(moved for moved in (project.moved, *(step.moved for step in steps))),
    )


def _project(axis: Axis, project: Project) -> Marks | None:
    return _work(axis, (project.started, project.closed), project.due, project.moved)


def _work(
    axis: Axis,
    known: tuple[date | None, date | None],
    due: Span | None,
    moved: Sequence[Move],
    *,
    can_run: bool = True,
) -> Marks | None:
    """The marks of work that takes days, begun and finished on the known ones; None without any."""
    started, finished = known
    begun = started or finished
    if not (begun or due or moved):
        return None
    ends = [span.last for span in (due, *(move.was for move in moved)) if span]
    return Marks(
        planned=maybe(axis.span, due),
        happened=axis.bar(begun, finished or begun) if begun else None,
        is_running=can_run and begun is not None and finished is None,
        earlier=tuple(axis.span(move.was) for move in moved),
        track=Bar(axis.middle(min(ends)), axis.middle(max(ends))) if moved else None,
        moved_to=axis.middle(due.last) if moved and due else None,
    )
