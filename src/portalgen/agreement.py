"""What was agreed and what serves it: requirements, amendments, price, date, coverage."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import TypeVar

from portalgen.invoice.exact import exact_context
from portalgen.model.entry import Amendment, Deliverable, Step
from portalgen.model.portal import Portal, Requirement
from portalgen.model.values import Span

W = TypeVar("W", Step, Deliverable)


@dataclass(frozen=True, slots=True)
class Coverage:
    """A requirement that stands, with what is planned to serve it and whether it is served."""

    requirement: Requirement
    steps: tuple[Step, ...]
    deliverables: tuple[Deliverable, ...]
    served: bool


@dataclass(frozen=True, slots=True)
class Change:
    """What an amendment does to the requirements that stood before it."""

    amendment: Amendment
    added: tuple[Requirement, ...]
    removed: tuple[Requirement, ...]


def standing(portal: Portal) -> tuple[Requirement, ...]:
    """The requirements in force: the specification's, plus and less what amendments agreed.

    Amendments count in their order: one removes what stood before it, and adds its own.
    """
    kept, _ = _follow(portal)
    return kept


def changes(portal: Portal) -> tuple[Change, ...]:
    """What each amendment changes, in order; one that is not agreed changes nothing for the next.

    With a requirement go all below it.
    """
    _, found = _follow(portal)
    return found


def _follow(portal: Portal) -> tuple[tuple[Requirement, ...], tuple[Change, ...]]:
    """The requirements that stand at the end, and the changes on the way there."""
    found = tuple(portal.requirements())
    kept = tuple(requirement for requirement in found if requirement.amendment is None)
    changed = []
    for amendment in portal.amendments:
        added = tuple(r for r in found if r.amendment == amendment.id)
        removed = tuple(r for r in kept if not set(lineage(r.id)).isdisjoint(amendment.removes))
        changed.append(Change(amendment, added, removed))
        if amendment.agreed:
            kept = (*(r for r in kept if r not in removed), *added)
    return kept, tuple(changed)


def agreed_amendments(portal: Portal) -> tuple[Amendment, ...]:
    """The amendments that hold."""
    return tuple(amendment for amendment in portal.amendments if amendment.agreed)


def price_today(portal: Portal) -> Decimal | None:
    """The specification's price with every agreed change, exactly, in the studio's currency and
    without VAT; None when the specification names none."""
    if portal.spec.price is None:
        return None
    with localcontext(exact_context()):
        changed = (amendment.price_change or Decimal() for amendment in agreed_amendments(portal))
        return sum(changed, portal.spec.price)


def due_today(portal: Portal) -> tuple[Span | None, Amendment | None]:
    """The date that holds, and the last agreed amendment that set one; without any such, the
    project's own date."""
    for amendment in reversed(agreed_amendments(portal)):
        if amendment.due_change:
            return amendment.due_change, amendment
    return portal.client.project.due, None


def coverage(portal: Portal) -> tuple[Coverage, ...]:
    """Every requirement that stands, in order, with what serves it.

    A requirement is served by a done step or a delivered deliverable that names it or its
    parent; a parent is served when all its children are.
    """
    requirements = standing(portal)
    served = _served(portal, {requirement.id for requirement in requirements})
    steps, deliverables = _covering(portal.steps), _covering(portal.deliverables)
    return tuple(
        Coverage(
            requirement,
            _in_order(steps, requirement.id),
            _in_order(deliverables, requirement.id),
            requirement.id in served,
        )
        for requirement in requirements
    )


def titles_of(entry: Coverage) -> tuple[str, ...]:
    """The titles of everything that is planned to serve a requirement."""
    steps = tuple(step.title for step in entry.steps)
    return (*steps, *(item.title for item in entry.deliverables))


def lineage(name: str) -> tuple[str, ...]:
    """A requirement's id and those of its parents: R1.2.3, R1.2, R1."""
    parts = name.split(".")
    return tuple(".".join(parts[:length]) for length in range(len(parts), 0, -1))


def _covering(works: Iterable[W]) -> Mapping[str, Sequence[tuple[int, W]]]:
    """What covers each requirement by name, with its position in the folder."""
    found: dict[str, list[tuple[int, W]]] = {}
    for position, work in enumerate(works):
        for name in work.covers:
            found.setdefault(name, []).append((position, work))
    return found


def _in_order(covering: Mapping[str, Sequence[tuple[int, W]]], name: str) -> tuple[W, ...]:
    """What covers a requirement or one of its parents, each once."""
    found = dict(pair for each in lineage(name) for pair in covering.get(each, ()))
    return tuple(found[position] for position in sorted(found))


def _served(portal: Portal, names: set[str]) -> set[str]:
    done = {name for step in portal.steps if step.state == "done" for name in step.covers}
    done |= {name for item in portal.deliverables if item.delivered for name in item.covers}
    children: dict[str, set[str]] = {}
    for name in names:
        children.setdefault(name.rpartition(".")[0], set()).add(name)
    served: set[str] = set()
    for name in sorted(names, key=lambda name: name.count("."), reverse=True):
        below = children.get(name)
        if not done.isdisjoint(lineage(name)) or (below and below <= served):
            served.add(name)
    return served
