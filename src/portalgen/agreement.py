"""What was agreed and what serves it: requirements, amendments, coverage."""

from collections.abc import Iterable
from dataclasses import dataclass

from portalgen.model.entry import Deliverable, Step
from portalgen.model.portal import Portal, Requirement


@dataclass(frozen=True, slots=True)
class Coverage:
    """A requirement that stands, with what is planned to serve it and whether it is served."""

    requirement: Requirement
    steps: tuple[Step, ...]
    deliverables: tuple[Deliverable, ...]
    served: bool


def standing(portal: Portal) -> tuple[Requirement, ...]:
    """The requirements in force: the specification's, plus and less what amendments agreed.

    Amendments count in their order: one removes what stood before it, and adds its own.
    """
    found = list(portal.requirements())
    kept = [requirement for requirement in found if requirement.amendment is None]
    for amendment in portal.amendments:
        if amendment.agreed:
            kept = [r for r in kept if set(lineage(r.id)).isdisjoint(amendment.removes)]
            kept += [r for r in found if r.amendment == amendment.id]
    return tuple(kept)


def coverage(portal: Portal) -> tuple[Coverage, ...]:
    """Every requirement that stands, in order, with what serves it.

    A requirement is served by a done step or a delivered deliverable that names it or its
    parent; a parent is served when all its children are.
    """
    requirements = standing(portal)
    served = _served(portal, {requirement.id for requirement in requirements})
    return tuple(
        Coverage(
            requirement,
            tuple(s for s in portal.steps if _names(s.covers, requirement.id)),
            tuple(d for d in portal.deliverables if _names(d.covers, requirement.id)),
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


def _names(covers: Iterable[str], name: str) -> bool:
    return not set(lineage(name)).isdisjoint(covers)


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
