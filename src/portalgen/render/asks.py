"""What only the client can give: the things that work waits for, and answers."""

from collections.abc import Iterator
from dataclasses import dataclass

from portalgen.model.entry import Deliverable, Step
from portalgen.render.scope import Link, Scope, When, answers, maybe


@dataclass(frozen=True, slots=True)
class Ask:
    """Something that only the client can give: an answer, or a thing."""

    about: Link
    text: str
    is_question: bool
    how: str | None
    who: str | None
    before: When | None
    answers: tuple[Link, ...]


def asks(scope: Scope) -> Iterator[Ask]:
    """What is awaited from the client first, then the questions."""
    if scope.portal.client.project.closed:
        return
    steps = [step for step in scope.portal.public_steps if step.state != "done"]
    yield from (ask for step in steps for ask in _waiting(scope, step))
    entries: list[Step | Deliverable] = [*steps, *scope.portal.deliverables]
    yield from (ask for entry in entries for ask in _question(scope, entry))


def _question(scope: Scope, entry: Step | Deliverable) -> Iterator[Ask]:
    if entry.question:
        yield Ask(
            about=scope.link(entry),
            text=entry.question,
            is_question=True,
            how=None,
            who=None,
            before=None,
            answers=answers(scope, entry.title),
        )


def _waiting(scope: Scope, step: Step) -> Iterator[Ask]:
    waiting = step.waiting
    if waiting is None:
        return
    yield Ask(
        about=scope.link(step),
        text=waiting.what,
        is_question=False,
        how=waiting.how,
        who=scope.person(waiting.from_) if waiting.from_ else None,
        before=maybe(scope.day, waiting.before),
        answers=answers(scope, step.title),
    )
