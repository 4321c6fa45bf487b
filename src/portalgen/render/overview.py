"""The first page: how the project stands, and what it needs from the client."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from portalgen import outstanding
from portalgen.language import Words, message
from portalgen.model.access import people_of
from portalgen.model.billing import Invoice
from portalgen.model.client import Contact
from portalgen.model.entry import Step
from portalgen.render.asks import Ask, ToApprove, asks, to_approve
from portalgen.render.before_invoice import BeforeInvoice, InvoiceCard, before_invoice, invoice_card
from portalgen.render.corrections import summary_of
from portalgen.render.messages import Message, correction
from portalgen.render.scope import Link, MoveView, Scope, When, maybe
from portalgen.render.standing import standing
from portalgen.render.states import state_of

_DATES_AHEAD = 6
_FOLDED = 4
"""From so many done steps on, they fold, so that what matters now is seen first."""
_ORDER = ("in progress", "to do", "done")
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
    correction: Message


@dataclass(frozen=True, slots=True)
class Group:
    """The steps of one state; folded when they are many and done."""

    state: str
    label: str
    steps: tuple[StepView, ...]
    is_folded: bool


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
    """What the client has once the project is closed: where it is told, seen, and logged into."""

    what: Link
    address: str | None
    accounts: str


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything on the first page.

    Attributes:
        standing: where the project stands, in one sentence; None once it is closed.
    """

    greetings: tuple[Greeting, ...]
    title: str
    summary: str | None
    standing: str | None
    done: int
    total: int
    health: HealthView | None
    started: When | None
    due: When | None
    moves: tuple[MoveView, ...]
    asks: tuple[Ask, ...]
    to_approve: tuple[ToApprove, ...]
    groups: tuple[Group, ...]
    ahead: tuple[Ahead, ...]
    corrections: Link | None
    invoices: tuple[InvoiceCard, ...]
    before_invoice: BeforeInvoice | None
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
        standing=None if project.closed else standing(scope, open_invoices),
        done=len(_in_state(scope.portal.public_steps, "done")),
        total=len(scope.portal.public_steps),
        health=_health(scope),
        started=maybe(scope.day, project.started),
        due=maybe(scope.when, project.due),
        moves=scope.moves(project.moved, project.due),
        asks=tuple(asks(scope)),
        to_approve=tuple(to_approve(scope)),
        groups=tuple(_groups(scope)),
        ahead=_ahead(scope),
        corrections=_corrections(scope),
        invoices=tuple(
            invoice_card(scope, invoice, link)
            for invoice, link in zip(open_invoices, invoice_links, strict=True)
        ),
        before_invoice=before_invoice(scope, open_invoices),
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


def _in_state(steps: Sequence[Step], state: str) -> tuple[Step, ...]:
    return tuple(step for step in steps if step.state == state)


def _health(scope: Scope) -> HealthView | None:
    health = scope.portal.client.project.health
    return health_in(scope.words, health.state, health.says) if health else None


def health_in(words: Words, state: str, says: str | None) -> HealthView:
    """A state of health, in a reader's words."""
    return HealthView(state.replace(" ", "-"), words.text(_HEALTH[state]), says)


def _groups(scope: Scope) -> Iterator[Group]:
    for state in _ORDER:
        steps = _in_state(scope.portal.public_steps, state)
        if steps:
            shown = state_of(scope, steps[0])
            yield Group(
                state=shown.name,
                label=shown.label,
                steps=tuple(_step(scope, step) for step in steps),
                is_folded=state == "done" and len(steps) >= _FOLDED,
            )


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
        correction=correction(scope, step),
    )


# --- dates, corrections, and the end --------------------------------------------------------------


def _ahead(scope: Scope) -> tuple[Ahead, ...]:
    """What is promised and not there yet, nearest first."""
    dated = outstanding.promised(scope.portal)[:_DATES_AHEAD]
    return tuple(Ahead(scope.when(span), scope.link(work)) for span, work in dated)


def _corrections(scope: Scope) -> Link | None:
    """What became of the corrections, with the way to their page."""
    summary = summary_of(scope)
    return Link(summary, scope.href("corrections")) if summary else None


def _owned(scope: Scope) -> Iterator[Owned]:
    if not scope.portal.client.project.closed:
        return
    for item in scope.portal.deliverables:
        if item.delivered:
            given = [account.for_ for account in item.accounts if account.given]
            yield Owned(scope.link(item), item.link, scope.words.list(given))
