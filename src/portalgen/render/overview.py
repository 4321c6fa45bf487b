"""The first page: how the project stands, and what it needs from the client."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from portalgen import gate, outstanding
from portalgen.language import Words, message
from portalgen.model.access import people_of
from portalgen.model.billing import Invoice
from portalgen.model.client import Contact
from portalgen.model.entry import Step
from portalgen.render.asks import Ask, asks
from portalgen.render.scope import Link, MoveView, Scope, When, maybe

_DATES_AHEAD = 6
_STATES = {
    "in progress": message("In progress"),
    "to do": message("To do"),
    "done": message("Done"),
}
_HEALTH = {
    "on track": message("On track"),
    "at risk": message("To watch"),
    "late": message("Late"),
    "on hold": message("On hold"),
}


@dataclass(frozen=True, slots=True)
class Greeting:
    """What one reader is greeted with, known by their `kid`; anybody when it is empty."""

    reader: str
    text: str


@dataclass(frozen=True, slots=True)
class StepView:
    """A step as the client reads it."""

    anchor: str
    title: str
    body: Markup | None
    due: When | None
    started: When | None
    finished: When | None
    moves: tuple[MoveView, ...]
    covers: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The steps of one state."""

    state: str
    label: str
    steps: tuple[StepView, ...]


@dataclass(frozen=True, slots=True)
class Ahead:
    """A day, or a range, that is promised or asked for."""

    when: When
    what: Link


@dataclass(frozen=True, slots=True)
class HealthView:
    """How the project is doing, in the studio's words."""

    state: str
    label: str
    says: str | None


@dataclass(frozen=True, slots=True)
class Owned:
    """What the client has once the project is closed."""

    what: Link
    accounts: str


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything on the first page."""

    greetings: tuple[Greeting, ...]
    title: str
    summary: str | None
    facts: tuple[str, ...]
    done: int
    total: int
    health: HealthView | None
    started: When | None
    due: When | None
    moves: tuple[MoveView, ...]
    asks: tuple[Ask, ...]
    groups: tuple[Group, ...]
    ahead: tuple[Ahead, ...]
    corrections: Link | None
    invoices: tuple[Link, ...]
    still_to_come: tuple[str, ...]
    closed: When | None
    owned: tuple[Owned, ...]


def overview(
    scope: Scope, open_invoices: Sequence[Invoice], invoice_links: Sequence[Link]
) -> Overview:
    """Tell how the project stands; the links lead to the open invoices."""
    project = scope.portal.client.project
    return Overview(
        greetings=tuple(_greetings(scope)),
        title=project.title,
        summary=project.summary,
        facts=tuple(_facts(scope)),
        done=len(_in_state(scope.portal.public_steps, "done")),
        total=len(scope.portal.public_steps),
        health=_health(scope),
        started=maybe(scope.day, project.started),
        due=maybe(scope.when, project.due),
        moves=scope.moves(project.moved, project.due),
        asks=tuple(asks(scope)),
        groups=tuple(_groups(scope)),
        ahead=_ahead(scope),
        corrections=_corrections(scope),
        invoices=tuple(invoice_links),
        still_to_come=tuple(_still_to_come(scope, open_invoices)),
        closed=maybe(scope.day, project.closed),
        owned=tuple(_owned(scope)),
    )


def _greetings(scope: Scope) -> Iterator[Greeting]:
    """One for each reader by name, and one for all of them where nobody is known."""
    client = scope.portal.client
    is_closed = client.project.closed is not None
    for person in people_of(scope.portal.access):
        contact = scope.portal.person(person.name)
        yield Greeting(person.kid, _greeting(scope, [_called(contact) or person.name]))
    for person in people_of(scope.workspace.access):
        if not is_closed:  # nobody thanks themselves
            yield Greeting(person.kid, _greeting(scope, [person.name]))
    everybody = [_called(contact) or contact.name for contact in client.contacts]
    yield Greeting("", _greeting(scope, everybody or [client.name]))


def _called(contact: Contact | None) -> str | None:
    return (contact.greeting or contact.name) if contact else None


def _greeting(scope: Scope, names: Sequence[str]) -> str:
    listed = scope.words.list(names)
    if scope.portal.client.project.closed:
        return scope.words.text("Thank you, {names}", names=listed)
    return scope.words.text("Hello {names}", names=listed)


def _facts(scope: Scope) -> Iterator[str]:
    """How far the work is, what is being done and what comes next, each in a plain sentence."""
    words, steps = scope.words, scope.portal.public_steps
    done, doing, ahead = (_in_state(steps, state) for state in ("done", "in progress", "to do"))
    if not steps:
        yield words.text("The steps of the project will be shown here.")
    elif len(done) == len(steps):
        yield words.plural("The only step is done.", "All {n} steps are done.", len(steps))
    else:
        total = words.plural("{n} step", "{n} steps", len(steps))
        yield words.plural(
            "{n} of {total} is done.", "{n} of {total} are done.", len(done), total=total
        )
    if doing:
        names = words.list([_quoted(scope, step.title) for step in doing[:3]])
        yield words.text("Now: {names}.", names=names)
    if ahead:
        yield words.text("Next: {name}.", name=_quoted(scope, ahead[0].title))


def _quoted(scope: Scope, title: str) -> str:
    return scope.words.text("“{title}”", title=title)


def _in_state(steps: Sequence[Step], state: str) -> tuple[Step, ...]:
    return tuple(step for step in steps if step.state == state)


def _health(scope: Scope) -> HealthView | None:
    health = scope.portal.client.project.health
    return health_in(scope.words, health.state, health.says) if health else None


def health_in(words: Words, state: str, says: str | None) -> HealthView:
    """A state of health, in a reader's words."""
    return HealthView(state.replace(" ", "-"), words.text(_HEALTH[state]), says)


def _groups(scope: Scope) -> Iterator[Group]:
    for state, label in _STATES.items():
        steps = _in_state(scope.portal.public_steps, state)
        if steps:
            views = tuple(_step(scope, step) for step in steps)
            yield Group(state.replace(" ", "-"), scope.words.text(label), views)


def _step(scope: Scope, step: Step) -> StepView:
    anchor = scope.anchors[step.id]
    return StepView(
        anchor=anchor,
        title=step.title,
        body=scope.body(step.text, anchor, below=4),
        due=maybe(scope.when, step.due),
        started=maybe(scope.day, step.started),
        finished=maybe(scope.day, step.finished),
        moves=scope.moves(step.moved, step.due),
        covers=scope.requirements(step.covers),
    )


# --- dates, corrections, and the end --------------------------------------------------------------


def _ahead(scope: Scope) -> tuple[Ahead, ...]:
    """What is promised and not there yet, nearest first."""
    dated = outstanding.promised(scope.portal)[:_DATES_AHEAD]
    return tuple(Ahead(scope.when(span), scope.link(work)) for span, work in dated)


def _corrections(scope: Scope) -> Link | None:
    """The count; what the client took back was asked for, and is no work any more."""
    asked = [c for c in scope.portal.corrections if c.withdrawn is None]
    if not asked:
        return None
    done = sum(correction.done is not None for correction in asked)
    words = scope.words
    count = words.plural("{n} correction asked for", "{n} corrections asked for", len(asked))
    text = words.plural(
        "{count}, {n} done: they are part of the work, at no extra cost.",
        "{count}, {n} done: they are part of the work, at no extra cost.",
        done,
        count=count,
    )
    return Link(text, scope.href("journal", "corrections"))


_MISSING = {
    "deliverable": message("To be delivered: {label}"),
    "account": message("Access to hand over: {label}"),
    "correction": message("Correction to make: {label}"),
}


def _still_to_come(scope: Scope, open_invoices: Sequence[Invoice]) -> Iterator[str]:
    """What the invoice for the work waits for; empty once that invoice is there."""
    if any(gate.asks_completeness(invoice) for invoice in open_invoices):
        return
    words, missing = scope.words, gate.missing(scope.portal)
    for item in missing:
        if item.kind in _MISSING:
            yield words.text(_MISSING[item.kind], label=item.label)
    agreed = [item.id for item in missing if item.kind == "requirement"]
    if agreed:
        yield words.text("Agreed and still to be done: {names}", names=words.list(agreed))
    yield words.text("Your approval of the whole")


def _owned(scope: Scope) -> Iterator[Owned]:
    if not scope.portal.client.project.closed:
        return
    for item in scope.portal.deliverables:
        if item.delivered:
            given = [account.for_ for account in item.accounts if account.given]
            yield Owned(scope.link(item), scope.words.list(given))
