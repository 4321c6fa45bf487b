"""What only the client can give: the things that work waits for, and answers."""

from collections.abc import Iterator
from dataclasses import dataclass

from portalgen import outstanding
from portalgen.model.entry import Step, Waiting
from portalgen.outstanding import Work
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
    for step, waiting in outstanding.awaited(scope.portal):
        yield _waiting(scope, step, waiting)
    for work, question in outstanding.asked(scope.portal):
        yield _question(scope, work, question)


def _waiting(scope: Scope, step: Step, waiting: Waiting) -> Ask:
    return Ask(
        about=scope.link(step),
        text=waiting.what,
        is_question=False,
        how=waiting.how,
        who=scope.person(waiting.from_) if waiting.from_ else None,
        before=maybe(scope.day, waiting.before),
        answers=answers(scope, step.title),
    )


def _question(scope: Scope, work: Work, question: str) -> Ask:
    return Ask(
        about=scope.link(work),
        text=question,
        is_question=True,
        how=None,
        who=None,
        before=None,
        answers=answers(scope, work.title),
    )
