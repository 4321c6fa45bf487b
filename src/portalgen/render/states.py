"""How far a piece of work is: the same on every page, for the style sheet and in plain words."""

from dataclasses import dataclass

from portalgen.gate import awaits_approval
from portalgen.language import Words, message
from portalgen.model.entry import Step
from portalgen.model.portal import Portal
from portalgen.outstanding import Work
from portalgen.render.scope import Scope

_LABELS = {
    "done": message("Done"),
    "in-progress": message("In progress"),
    "to-do": message("To do"),
    "approved": message("Approved"),
    "awaiting": message("Waiting for your approval"),
    "delivered": message("Delivered"),
    "to-come": message("Still to come"),
}


@dataclass(frozen=True, slots=True)
class State:
    """A state, by its class in the style sheet, and in a reader's words."""

    name: str
    label: str


def state_of(scope: Scope, work: Work) -> State:
    """How far a step or a deliverable is."""
    return state_in(scope.words, _name(scope.portal, work))


def state_in(words: Words, name: str) -> State:
    """The state of that name."""
    return State(name, words.text(_LABELS[name]))


def _name(portal: Portal, work: Work) -> str:
    if isinstance(work, Step):
        return work.state.replace(" ", "-")
    if work.approved:
        return "approved"
    if awaits_approval(portal, work):
        return "awaiting"
    return "delivered" if work.delivered else "to-come"
