"""What happens to a step: it begins, it is done, it waits for its client, and has what it needs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from portalgen.edit import Change, Remove, Set, Value
from portalgen.gestures.plan import Plan, refuse_future
from portalgen.gestures.refusal import GestureError
from portalgen.gestures.statuses import status_change
from portalgen.gestures.words import Pointer, on_one_line, quoted, read_there, where
from portalgen.model.entry import Deliverable, Step
from portalgen.model.portal import Portal
from portalgen.scaffold.opening import Shelf

_BEFORE_STARTED = ("status", "title", "id")


def started(shelf: Shelf, step: Step, on: date | None) -> Plan:
    """The step begins."""
    day, file = on or shelf.today, where(step.place("started"))
    if step.started and on in (None, step.started):
        return Plan(place=step.place(), said=f"{step.id} was started on {step.started} already")
    if step.finished or step.state == "done":
        since = f" since {step.finished}" if step.finished else ""
        hint = f"if it begins again, take finished out of {where(step.place('finished'))} first"
        if on and step.finished and not step.started and on <= step.finished:
            hint = f"to say when it began, write started: {on} at {where(step.place('finished'))}"
        raise GestureError(f"{step.id} is done{since}", hint)
    if step.started:
        raise GestureError(f"{step.id} was started on {step.started}", f"change the day at {file}")
    refuse_future(day, shelf.today, "a step is started")
    changes: list[Change] = [Set(("started",), day.isoformat(), _BEFORE_STARTED)]
    changes += status_change(step, "in progress", _languages(shelf))
    return Plan(
        place=step.place(),
        changes=changes,
        said=f"{step.id} ({step.title}): in progress since {day}",
        commit=f"{step.title}: started",
        then=(*_counted(shelf.portal, step, "in progress"), *_read_there(shelf, step)),
    )


def finished(shelf: Shelf, step: Step, on: date | None) -> Plan:
    """The step is done."""
    day, file = on or shelf.today, where(step.place("finished"))
    if step.finished and on in (None, step.finished):
        return Plan(place=step.place(), said=f"{step.id} is done since {step.finished} already")
    if step.finished:
        raise GestureError(f"{step.id} is done since {step.finished}", f"change the day at {file}")
    refuse_future(day, shelf.today, "a step is done")
    if step.started and day < step.started:
        message = f"{step.id} was started on {step.started}, and cannot be done on {day}"
        raise GestureError(
            message, f"give --on a later day, or correct {where(step.place('started'))}"
        )
    changes: list[Change] = [Set(("finished",), day.isoformat(), ("started", *_BEFORE_STARTED))]
    changes += status_change(step, "done", _languages(shelf))
    return Plan(
        place=step.place(),
        changes=changes,
        said=f"{step.id} ({step.title}): done on {day}",
        commit=f"{step.title}: done",
        then=(
            *_counted(shelf.portal, step, "done"),
            *_read_there(shelf, step),
            *_shown_no_more(step),
        ),
    )


@dataclass(frozen=True, slots=True)
class Need:
    """What a step needs from the client."""

    what: str
    how: str | None = None
    from_: str | None = None
    before: date | None = None

    @property
    def keys(self) -> dict[str, Value]:
        """Those that have a value, as they are written."""
        before = self.before.isoformat() if self.before else None
        pairs = (("what", self.what), ("how", self.how), ("from", self.from_), ("before", before))
        return {key: value for key, value in pairs if value}


def waiting(shelf: Shelf, step: Step, need: Need) -> Plan:
    """The step waits for something that only the client can give."""
    if step.state == "done":
        message = f"{step.id} is done, and what it waits for is shown to nobody"
        raise GestureError(message, "name a step that is not done")
    if need.before and need.before < shelf.today:
        message = f"{need.before} has passed: nobody can give anything by then"
        raise GestureError(message, "give --before a day that lies ahead")
    old = step.waiting
    if old and need == Need(old.what, old.how, old.from_, old.before):
        return Plan(place=step.place(), said=f"{step.id} waits for that already")
    after = ("covers", "moved", "due", "finished", "started", *_BEFORE_STARTED)
    reader = shelf.portal.full_name(need.from_) if need.from_ else shelf.portal.client.name
    then = [f"{reader} will see it first of all, under Your turn"]
    then += [f"before, it waited for: {on_one_line(old.what)}"] if old else []
    then += [f"{step.id} is internal, and your client sees nothing of it"] if step.internal else []
    return Plan(
        place=step.place(),
        changes=[Set(("waiting",), need.keys, after)],
        said=f"{step.id} ({step.title}): waiting for {quoted(need.what)}",
        commit=f"{step.title}: waiting for the client",
        then=tuple(then),
    )


def received_from_client(work: Step | Deliverable) -> Plan:
    """What was awaited from the client is there: it is asked for no more."""
    need = work.waiting.what if isinstance(work, Step) and work.waiting else None
    key, asked = ("waiting", need) if need else ("question", work.question)
    if asked is None:
        return Plan(place=work.place(), said=f"{work.id} waits for nothing")
    then = [f"it was: {on_one_line(asked)}"]
    if need and work.question:
        then += [f"its question stays: {quoted(work.question)}", "run this again to take it out"]
    return Plan(
        place=work.place(),
        changes=[Remove((key,))],
        said=f"{work.id} ({work.title}): waits for nothing more"
        if need
        else f"{work.id} ({work.title}): its question is answered",
        commit=f"{work.title}: received" if need else f"{work.title}: answered",
        then=tuple(then),
    )


def _languages(shelf: Shelf) -> tuple[str, ...]:
    own = shelf.portal.client.language
    return (*((own,) if own else ()), shelf.language)


def _counted(portal: Portal, changed: Step, state: str) -> Iterator[str]:
    """How far the work is now, as the client sees it."""
    if changed.internal:
        yield f"{changed.id} is internal, and your client sees nothing of it"
        return
    states = [state if step is changed else step.state for step in portal.public_steps]
    total = f"{len(states)} steps" if len(states) > 1 else "1 step"
    line = f"{states.count('done')} of {total} {'is' if len(states) == 1 else 'are'} done"
    for other in ("in progress", "to do"):
        count = states.count(other)
        line += f", {count} {other}" if count else ""
    yield line


def _read_there(shelf: Shelf, step: Step) -> Iterator[str | Pointer]:
    if not step.internal:
        yield from read_there(shelf.portal.client.name, step.text, step.place().source.path)


def _shown_no_more(step: Step) -> Iterator[str]:
    if step.waiting:
        yield f"it no longer waits for: {quoted(step.waiting.what)}"
    if step.question:
        yield f"its question is shown no more: {quoted(step.question)}"
