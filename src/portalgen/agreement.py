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
    """The requirements in force: the specification's, plus and less what amendments agreed."""
    agreed = {amendment.id for amendment in portal.amendments if amendment.agreed}
    removed = {name for a in portal.amendments if a.id in agreed for name in a.removes}
    return tuple(
        requirement
        for requirement in portal.requirements()
        if (requirement.amendment is None or requirement.amendment in agreed)
        and removed.isdisjoint(lineage(requirement.id))
    )


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


def lineage(name: str) -> tuple[str, ...]:
    """A requirement's id and those of its parents: R1.2.3, R1.2, R1."""
    parts = name.split(".")
    return tuple(".".join(parts[:length]) for length in range(len(parts), 0, -1))


def _names(covers: Iterable[str], name: str) -> bool:
    return not set(lineage(name)).isdisjoint(covers)


def _served(portal: Portal, names: set[str]) -> set[str]:
    done = {name for step in portal.steps if step.state == "done" for name in step.covers}
    done |= {name for item in portal.deliverables if item.delivered for name in item.covers}
    served: set[str] = set()
    for name in sorted(names, key=lambda name: name.count("."), reverse=True):
        children = {child for child in names if child.rpartition(".")[0] == name}
        if not done.isdisjoint(lineage(name)) or (children and children <= served):
            served.add(name)
    return served
