"""The page of the specification: what was agreed, what changed since, and what serves each part."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from portalgen.agreement import Coverage, coverage, lineage
from portalgen.model.entry import Step
from portalgen.outstanding import Work
from portalgen.render.amended import AmendmentView, amendments
from portalgen.render.scope import ConsentView, Link, Scope, maybe
from portalgen.render.states import state_in, state_of


@dataclass(frozen=True, slots=True)
class Served:
    """A step or a deliverable that serves a requirement, and how far it is."""

    what: Link
    state: str
    label: str


@dataclass(frozen=True, slots=True)
class RequirementView:
    """A requirement, followed from what was asked to the work and to what is handed over.

    Attributes:
        depth: how many requirements it is a part of.
        is_planned: whether anything serves it, or is meant to.
    """

    id: str
    href: str
    text: str
    depth: int
    steps: tuple[Served, ...]
    deliverables: tuple[Served, ...]
    is_planned: bool
    state: str
    label: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """Everything on the page of the specification.

    Attributes:
        facts: how many of the requirements are done, in a sentence; None when there are none.
        today: the way to the page of what holds today.
    """

    title: str
    version: str | None
    price: str | None
    charges_vat: bool
    agreed: ConsentView | None
    today: str
    facts: str | None
    body: Markup | None
    amendments: tuple[AmendmentView, ...]
    requirements: tuple[RequirementView, ...]


def agreement(scope: Scope) -> Agreement:
    """Tell what was agreed."""
    spec, words = scope.portal.spec, scope.words
    requirements = tuple(_requirements(scope))
    return Agreement(
        title=spec.title or words.text("Specification"),
        version=spec.version,
        price=None if spec.price is None else words.money(spec.price, scope.currency),
        charges_vat=scope.charges_vat,
        agreed=maybe(scope.consent, spec.agreed),
        today=scope.href("agreement"),
        facts=_facts(scope, requirements),
        body=scope.body(spec.text, "spec", below=1, anchors=True),
        amendments=amendments(scope),
        requirements=requirements,
    )


def _facts(scope: Scope, requirements: Sequence[RequirementView]) -> str | None:
    """How far the agreement is fulfilled; a requirement with parts is told by its parts."""
    parents = {each.id.rpartition(".")[0] for each in requirements}
    parts = [each for each in requirements if each.id not in parents]
    if not parts:
        return None
    done = sum(each.state == "done" for each in parts)
    if done == len(parts):
        return scope.words.plural(
            "The only point agreed is done.", "All {n} points agreed are done.", done
        )
    points = scope.words.plural("{n} point agreed", "{n} points agreed", len(parts))
    return scope.words.plural(
        "{n} of {points} is done.", "{n} of {points} are done.", done, points=points
    )


def _requirements(scope: Scope) -> Iterator[RequirementView]:
    """Every requirement that stands; a parent follows its children too."""
    entries = coverage(scope.portal)
    known = {entry.requirement.id for entry in entries}
    families: dict[str, list[Coverage]] = {}
    for entry in entries:
        for name in lineage(entry.requirement.id):
            families.setdefault(name, []).append(entry)
    for entry in entries:
        name = entry.requirement.id
        family = families[name]
        state = state_in(scope.words, _state(entry, family))
        yield RequirementView(
            id=name,
            href=scope.href("spec", name.lower()),
            text=entry.requirement.text,
            depth=len(known.intersection(lineage(name))) - 1,
            steps=tuple(_serving(scope, step) for step in _public(entry)),
            deliverables=tuple(_serving(scope, item) for item in entry.deliverables),
            is_planned=entry.served or any(e.deliverables or _public(e) for e in family),
            state=state.name,
            label=state.label,
        )


def _state(entry: Coverage, family: Sequence[Coverage]) -> str:
    """Done, or begun as soon as anything of it is."""
    if entry.served:
        return "done"
    begun = any(step.state != "to do" for each in family for step in _public(each))
    return "in-progress" if begun or any(each.served for each in family) else "to-do"


def _public(entry: Coverage) -> tuple[Step, ...]:
    return tuple(step for step in entry.steps if not step.internal)


def _serving(scope: Scope, work: Work) -> Served:
    state = state_of(scope, work)
    return Served(scope.link(work), state.name, state.label)
