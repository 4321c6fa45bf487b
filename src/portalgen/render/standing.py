"""Where the project stands, in one sentence: what is done, what goes on, what comes next.

The sentence is put together from clauses: the first says how far the work is, the others follow
in a list. "3 of 9 steps are done; “The form” is under way, “The launch” comes next and one thing
needs your answer."
"""

from collections.abc import Iterator, Sequence

from portalgen import gate, outstanding
from portalgen.model.billing import Invoice
from portalgen.model.entry import Step
from portalgen.model.portal import Portal
from portalgen.render.clip import clip
from portalgen.render.scope import Scope

_NAMED = 3
"""Titles that a sentence bears."""
_LONGEST = 80
"""Characters of a title in it."""


def standing(scope: Scope, open_invoices: Sequence[Invoice]) -> str:
    """Tell how far the work is, from the steps that the client sees and what is awaited."""
    clauses = [
        *_progress(scope),
        *_course(scope),
        *_end(scope, open_invoices),
        *_needed(scope),
    ]
    first, *rest = clauses
    if not rest:
        return scope.words.text("{clause}.", clause=first)
    return scope.words.text("{clause}; {others}.", clause=first, others=_joined(scope, rest))


def _is_on_hold(portal: Portal) -> bool:
    health = portal.client.project.health
    return health is not None and health.state == "on hold"


def _joined(scope: Scope, clauses: Sequence[str]) -> str:
    """A list; two clauses are told apart by a comma, as each may hold a list of its own."""
    if len(clauses) == 2:  # noqa: PLR2004 (a pair)
        return scope.words.text("{one}, and {other}", one=clauses[0], other=clauses[1])
    return scope.words.list(clauses)


def _progress(scope: Scope) -> Iterator[str]:
    """How many steps are done, of all; while none is, how many there are."""
    words, steps = scope.words, scope.portal.public_steps
    done, doing, _ = _by_state(steps)
    if not steps and _is_on_hold(scope.portal):
        yield words.text("The project is on hold")
    elif not steps:
        yield words.text("The steps of the project will be shown here")
    elif len(done) == len(steps):
        yield words.plural("The only step is done", "All {n} steps are done", len(steps))
    elif done:
        yield words.plural(
            "{n} of {total} steps is done",
            "{n} of {total} steps are done",
            len(done),
            total=len(steps),
        )
    elif doing:
        yield words.text("The work has begun")
    else:
        yield _plan(scope, steps)


def _plan(scope: Scope, steps: Sequence[Step]) -> str:
    """How many steps there are; the only one by its name."""
    words = scope.words
    if len(steps) == 1:
        return words.text("One step is planned, {name}", name=_names(scope, [steps[0].title]))
    return words.plural("{n} step is planned", "{n} steps are planned", len(steps))


def _course(scope: Scope) -> Iterator[str]:
    """What goes on now and what comes next, or what cannot go on without the client."""
    portal = scope.portal
    if not portal.public_steps:
        return
    if _is_on_hold(portal):
        yield from _pause(scope)
    elif _is_held_up(portal):
        current = _current(portal)
        yield scope.words.plural(
            "{names} can go on once we have what we need from you",
            "{names} can go on once we have what we need from you",
            len(current),
            names=_names(scope, [step.title for step in current]),
        )
    else:
        yield from _now_and_next(scope)


def _pause(scope: Scope) -> Iterator[str]:
    _, doing, _ = _by_state(scope.portal.public_steps)
    yield scope.words.text("the project is on hold")
    if doing:
        yield scope.words.plural(
            "{names} will go on afterwards",
            "{names} will go on afterwards",
            len(doing),
            names=_names(scope, [step.title for step in doing]),
        )
    else:
        yield from _next(scope)


def _now_and_next(scope: Scope) -> Iterator[str]:
    _, doing, _ = _by_state(scope.portal.public_steps)
    if doing:
        yield scope.words.plural(
            "{names} is under way",
            "{names} are under way",
            len(doing),
            names=_names(scope, [step.title for step in doing]),
        )
    yield from _next(scope)


def _next(scope: Scope) -> Iterator[str]:
    done, doing, ahead = _by_state(scope.portal.public_steps)
    name = _names(scope, [step.title for step in ahead[:1]])
    is_named = len(scope.portal.public_steps) == 1
    if ahead and not done and not doing and not is_named:
        yield scope.words.text("{name} comes first", name=name)
    elif ahead and not is_named:
        yield scope.words.text("{name} comes next", name=name)


def _current(portal: Portal) -> tuple[Step, ...]:
    """What is being done; while nothing is, what comes next."""
    _, doing, ahead = _by_state(portal.public_steps)
    return doing or ahead[:1]


def _is_held_up(portal: Portal) -> bool:
    """Whether everything that could be done now waits for the client."""
    current = _current(portal)
    return bool(current) and all(step.waiting for step in current)


def _end(scope: Scope, open_invoices: Sequence[Invoice]) -> Iterator[str]:
    """What is left when every step is done."""
    words, portal = scope.words, scope.portal
    if not portal.public_steps or any(step.state != "done" for step in portal.public_steps):
        return
    missing = gate.still_to_come(portal)
    to_deliver = [item.label for item in missing if item.kind == "deliverable"]
    if any(gate.asks_completeness(invoice) for invoice in open_invoices):
        yield words.text("your invoice is ready")
    elif to_deliver:
        names = _names(scope, to_deliver)
        yield words.plural(
            "{names} is still to be delivered",
            "{names} are still to be delivered",
            len(to_deliver),
            names=names,
        )
    elif missing:
        yield words.plural("one point is still open", "{n} points are still open", len(missing))
    elif not gate.is_approved(portal):
        yield words.text("only your approval of the whole is still to come")


def _needed(scope: Scope) -> Iterator[str]:
    """How much only the client can give, besides what holds everything up."""
    words, portal = scope.words, scope.portal
    is_said = _is_held_up(portal) and not _is_on_hold(portal)
    asked = [*outstanding.awaited(portal), *outstanding.asked(portal)]
    count = len(asked) - (len(_current(portal)) if is_said else 0)
    if count and is_said:
        yield words.plural(
            "one more thing needs your answer", "{n} more things need your answer", count
        )
    elif count:
        yield words.plural("one thing needs your answer", "{n} things need your answer", count)


def _by_state(steps: Sequence[Step]) -> tuple[tuple[Step, ...], ...]:
    """The steps that are done, in progress and to do."""
    states = ("done", "in progress", "to do")
    return tuple(tuple(step for step in steps if step.state == state) for state in states)


def _names(scope: Scope, titles: Sequence[str]) -> str:
    """Titles as a sentence names them; of many, the first ones and how many more there are."""
    words = scope.words
    shown = titles if len(titles) <= _NAMED else titles[: _NAMED - 1]
    names = [words.text("“{title}”", title=clip(title, _LONGEST)) for title in shown]
    left = len(titles) - len(shown)
    if left:
        names.append(words.plural("{n} more", "{n} more", left))
    return words.list(names)
