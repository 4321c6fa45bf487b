"""The page of the specification: what was agreed, what changed since, and what serves each part."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from portalgen.agreement import Coverage, coverage, lineage
from portalgen.language import message
from portalgen.model.entry import Amendment, Deliverable, Step
from portalgen.render.scope import ConsentView, Link, Scope, When, maybe

_STATES = {
    "done": message("Done"),
    "in-progress": message("In progress"),
    "to-do": message("To do"),
}


@dataclass(frozen=True, slots=True)
class AmendmentView:
    """A change to the agreement, as the client reads it."""

    title: str
    body: Markup | None
    why: str | None
    price_change: str | None
    removes: tuple[str, ...]
    due_change: When | None
    agreed: ConsentView | None


@dataclass(frozen=True, slots=True)
class RequirementView:
    """A row of the table that follows each requirement to the work."""

    id: str
    href: str
    text: str
    served_by: tuple[Link, ...]
    is_planned: bool
    state: str
    label: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """Everything on the page of the specification."""

    title: str
    version: str | None
    price: str | None
    agreed: ConsentView | None
    body: Markup | None
    amendments: tuple[AmendmentView, ...]
    requirements: tuple[RequirementView, ...]


def agreement(scope: Scope) -> Agreement:
    """Tell what was agreed."""
    spec, words = scope.portal.spec, scope.words
    return Agreement(
        title=spec.title or words.text("Specification"),
        version=spec.version,
        price=None if spec.price is None else words.money(spec.price, scope.currency),
        agreed=maybe(scope.consent, spec.agreed),
        body=scope.body(spec.text, "spec", below=1, anchors=True),
        amendments=tuple(_amendments(scope)),
        requirements=tuple(_requirements(scope)),
    )


def _amendments(scope: Scope) -> Iterator[AmendmentView]:
    for number, amendment in enumerate(scope.portal.amendments, 1):
        yield AmendmentView(
            title=amendment.title,
            body=scope.body(amendment.text, f"amendment-{number}", below=3, anchors=True),
            why=amendment.why,
            price_change=_price_change(scope, amendment),
            removes=amendment.removes,
            due_change=maybe(scope.when, amendment.due_change),
            agreed=maybe(scope.consent, amendment.agreed),
        )


def _price_change(scope: Scope, amendment: Amendment) -> str | None:
    change = amendment.price_change
    if change is None:
        return None
    if not change:
        return scope.words.text("none")
    return ("+" if change > 0 else "") + scope.words.money(change, scope.currency)


def _requirements(scope: Scope) -> Iterator[RequirementView]:
    """Every requirement that stands; a parent follows its children too."""
    entries = coverage(scope.portal)
    for entry in entries:
        name = entry.requirement.id
        family = [each for each in entries if name in lineage(each.requirement.id)]
        state = _state(entry, family)
        yield RequirementView(
            id=name,
            href=scope.href("spec", name.lower()),
            text=entry.requirement.text,
            served_by=tuple(_served_by(scope, entry)),
            is_planned=any(each.deliverables or _public(each) for each in family),
            state=state,
            label=scope.words.text(_STATES[state]),
        )


def _state(entry: Coverage, family: Sequence[Coverage]) -> str:
    if entry.served:
        return "done"
    begun = (step.state != "to do" for each in family for step in _public(each))
    return "in-progress" if any(begun) else "to-do"


def _public(entry: Coverage) -> tuple[Step, ...]:
    return tuple(step for step in entry.steps if not step.internal)


def _served_by(scope: Scope, entry: Coverage) -> Iterator[Link]:
    entries: list[Step | Deliverable] = [*_public(entry), *entry.deliverables]
    yield from (scope.link(each) for each in entries)
