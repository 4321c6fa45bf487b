"""From what was agreed to the work, and back: every promise has its work, all work its promise."""

import re
from collections.abc import Iterator, Sequence

from portalgen.agreement import Coverage, coverage
from portalgen.check.texts import place_of
from portalgen.gate import is_approved
from portalgen.model.entry import Deliverable, Step
from portalgen.model.portal import Portal
from portalgen.problem import Place, Problem, note, warning

_SHOWN = 6
"""Requirements that one message names."""

_MEETING = re.compile(
    r"\b(?:rencontres?|réunions?|rendez-vous|visites?|entretiens?|appel|meetings?|call|visits?|"
    r"workshops?|interviews?|conversations?|kick-?off|(?:erst|vor)?gespräche?|treffen|"
    r"besprechung|besuch|termin|reuni[óã]o?n?|encuentro|visitas?|llamada|riunione|incontr[oi]|"
    r"chiamata|ontmoeting|afspraak|(?:kennismakings)?gesprek|bezoek|encontros?|chamada)\b",
    re.IGNORECASE,
)
"""How a meeting is called in each language of portals."""


def uncovered_requirements(portal: Portal) -> Iterator[Problem]:
    """What was agreed, and no step or deliverable serves.

    Once the work is approved, the gate names what is missing.
    """
    found = [] if portal.client.project.closed or is_approved(portal) else _uncovered(portal)
    if not found:
        return
    if not (portal.spec.agreed and (_is_traced(portal) or _has_begun(portal))):
        # a plan that is still being made has holes
        yield note("uncovered-requirement", *_in_one_line(found))
    elif not _is_traced(portal):
        yield warning("uncovered-requirement", *_in_one_line(found))
    else:
        for name, place in ((each.requirement.id, _place(each)) for each in found):
            message = f"{name} is agreed, and no step or deliverable serves it"
            hint = f"add covers: [{name}] to the step or the deliverable that will"
            yield warning("uncovered-requirement", message, place, hint)


def steps_without_requirement(portal: Portal) -> Iterator[Problem]:
    """Work that is planned, and that nothing agreed asks for, once other work says what it serves.

    A meeting and a done step may well serve none: a first visit fulfils no promise by itself, and
    to name one would call that served.
    """
    if portal.client.project.closed or not _is_traced(portal):
        return
    for step in portal.public_steps:
        if not step.covers and step.state != "done" and not _MEETING.search(step.title):
            message = "this step serves no requirement: nobody can tell what it is for"
            hint = "add covers: [R1], with what it serves; or internal: yes, if it is yours alone"
            yield note("step-without-requirement", message, step.place("title"), hint)


def _uncovered(portal: Portal) -> Sequence[Coverage]:
    """The requirements that stand, have none below them, and are served by nothing planned."""
    if not (portal.steps or portal.deliverables):
        return ()
    entries = coverage(portal)
    parents = {entry.requirement.id.rpartition(".")[0] for entry in entries}
    bare = (entry for entry in entries if entry.requirement.id not in parents)
    return [entry for entry in bare if not entry.steps and not entry.deliverables]


def _has_begun(portal: Portal) -> bool:
    steps_begun = any(step.state != "to do" for step in portal.steps)
    return steps_begun or any(item.delivered for item in portal.deliverables)


def _is_traced(portal: Portal) -> bool:
    """Whether any work says what it serves."""
    works: tuple[Step | Deliverable, ...] = (*portal.steps, *portal.deliverables)
    return any(work.covers for work in works)


def _in_one_line(found: Sequence[Coverage]) -> tuple[str, Place, str]:
    names = [entry.requirement.id for entry in found]
    listed = ", ".join(names[:_SHOWN]) + (" and more" if len(names) > _SHOWN else "")
    message = f"no step or deliverable serves {listed} yet"
    hint = f"add covers: [{names[0]}] to the step or the deliverable that will serve {names[0]}"
    return message, _place(found[0]), hint


def _place(entry: Coverage) -> Place:
    return place_of(entry.requirement.id, entry.requirement.place)
