"""What only the client can give: the things that work waits for, answers, and approvals."""

from collections.abc import Iterator
from dataclasses import dataclass

from portalgen import outstanding
from portalgen.model.entry import Step, Waiting
from portalgen.outstanding import Work
from portalgen.render.messages import Message, answer, approval
from portalgen.render.scope import Link, Scope, When, maybe


@dataclass(frozen=True, slots=True)
class Ask:
    """Something that only the client can give: an answer, or a thing."""

    about: Link
    text: str
    is_question: bool
    how: str | None
    who: str | None
    before: When | None
    answer: Message


@dataclass(frozen=True, slots=True)
class ToApprove:
    """A deliverable that was delivered and waits for the client's word."""

    what: Link
    version: str | None
    delivered: When | None
    approval: Message


def asks(scope: Scope) -> Iterator[Ask]:
    """What is awaited from the client first, then the questions."""
    for step, waiting in outstanding.awaited(scope.portal):
        yield _waiting(scope, step, waiting)
    for work, question in outstanding.asked(scope.portal):
        yield _question(scope, work, question)


def to_approve(scope: Scope) -> Iterator[ToApprove]:
    """What the client has received and not approved yet."""
    for item in scope.portal.deliverables:
        message = approval(scope, item)
        if message:
            delivered = maybe(scope.day, item.delivered)
            yield ToApprove(scope.link(item), item.version, delivered, message)


def _waiting(scope: Scope, step: Step, waiting: Waiting) -> Ask:
    return Ask(
        about=scope.link(step),
        text=waiting.what,
        is_question=False,
        how=waiting.how,
        who=scope.person(waiting.from_) if waiting.from_ else None,
        before=maybe(scope.day, waiting.before),
        answer=answer(scope, step, waiting.what, is_question=False),
    )


def _question(scope: Scope, work: Work, question: str) -> Ask:
    return Ask(
        about=scope.link(work),
        text=question,
        is_question=True,
        how=None,
        who=None,
        before=None,
        answer=answer(scope, work, question),
    )
