"""What happens to a correction: it is answered, and it is done."""

from collections.abc import Iterator
from datetime import date

from portalgen.gestures.plan import Plan, refuse_future, set_keys
from portalgen.gestures.refusal import GestureError
from portalgen.gestures.words import Pointer, command, on_one_line, quoted, where
from portalgen.model.entry import Correction
from portalgen.model.portal import Portal
from portalgen.scaffold.opening import Shelf

_BEFORE_DONE = ("about", "by", "on", "id")


def corrected(shelf: Shelf, asked: Correction, on: date | None, reply: str | None) -> Plan:
    """The correction is done, with an answer or without."""
    is_new = reply is not None and reply != asked.reply
    if asked.done and on in (None, asked.done) and not is_new:
        return Plan(place=asked.place(), said=f"{asked.id} is done since {asked.done} already")
    if asked.done and on not in (None, asked.done):
        hint = f"change the day at {where(asked.place('done'))}"
        raise GestureError(f"{asked.id} is done since {asked.done}", hint)
    _refuse_withdrawn(asked)
    day = asked.done or on or shelf.today
    refuse_future(day, shelf.today, "a correction is done")
    if asked.on and day < asked.on:
        message = f"{asked.id} was asked on {asked.on}, and cannot be done on {day}"
        raise GestureError(message, f"give --on a later day, or correct {where(asked.place('on'))}")
    answer = None if asked.done else day.isoformat()
    return Plan(
        place=asked.place(),
        changes=set_keys(
            ("done", answer), ("reply", reply if is_new else None), after=_BEFORE_DONE
        ),
        said=f"{asked.id}: done on {day}",
        commit=f"{asked.id}: done",
        then=(*_left(shelf.portal, asked), *_answer(shelf, asked, reply)),
    )


def answered(shelf: Shelf, asked: Correction, reply: str) -> Plan:
    """The correction has an answer, and stays open until it is done."""
    if reply == asked.reply:
        return Plan(place=asked.place(), said=f"{asked.id} has that answer already")
    open_still = f"{asked.id} is open until it is done: {command('done', shelf.client, asked.id)}"
    return Plan(
        place=asked.place(),
        changes=set_keys(("reply", reply), after=("withdrawn", "done", *_BEFORE_DONE)),
        said=f"{asked.id}: answered {quoted(reply)}",
        commit=f"{asked.id}: answered",
        then=(*_replaced(asked), *([open_still] if asked.is_open else [])),
    )


def _refuse_withdrawn(asked: Correction) -> None:
    if asked.withdrawn:
        message = f"{asked.id} was withdrawn on {asked.withdrawn}, and is not done as well"
        hint = f"if they ask for it again, take withdrawn out at {where(asked.place('withdrawn'))}"
        raise GestureError(message, hint)


def _left(portal: Portal, done: Correction) -> Iterator[str]:
    left = [other.id for other in portal.corrections if other.is_open and other is not done]
    yield f"still open: {', '.join(left)}" if left else "no correction is open any more"


def _answer(shelf: Shelf, asked: Correction, reply: str | None) -> Iterator[str | Pointer]:
    if reply is not None:
        yield from _replaced(asked) if reply != asked.reply else ()
    elif asked.reply:
        yield f"{shelf.portal.client.name} reads your answer: {quoted(asked.reply)}"
        yield Pointer("to change that:", asked.place("reply"))
    else:
        to_answer = command("answer", shelf.client, asked.id, "TEXT")
        yield f"{shelf.portal.client.name} reads no answer yet; to give one: {to_answer}"


def _replaced(asked: Correction) -> Iterator[str]:
    """The answer that another one takes the place of: it may stand nowhere else."""
    if asked.reply:
        yield f"the answer before: {on_one_line(asked.reply)}"
