"""Links inside a portal: each leads to something that its client may see."""

from collections.abc import Iterator
from urllib.parse import unquote

from portalgen.attachments import bodies
from portalgen.check.texts import place_of_target
from portalgen.links import goal_of, goals_by_name, leads_to_text, may_be_unread
from portalgen.model import spellings
from portalgen.model.body import Body
from portalgen.model.portal import Portal
from portalgen.problem import Problem, warning


def links_to_nothing(portal: Portal) -> Iterator[Problem]:
    """A link to something that is not there, or to an internal step."""
    for body in bodies(portal, internal=False):
        for link in body.document.fragments:
            if not goal_of(portal, link.target, body) and not may_be_unread(portal, link.target):
                yield _leads_to_nothing(portal, link.target, body, link.line)
        for link in body.document.references:
            if leads_to_text(portal, link.target, body) and not goal_of(portal, link.target, body):
                yield _leads_to_nothing(portal, link.target, body, link.line)


def _leads_to_nothing(portal: Portal, target: str, body: Body, line: int) -> Problem:
    written = " ".join(unquote(target).split())
    message = f"{written} leads to nothing that the client can see"
    path, _, name = written.partition("#")
    near = spellings.closest(name, goals_by_name(portal)) if name else None
    if near:
        hint = f"did you mean {path}#{near}?"
    elif path and not name:
        hint = "the step is internal: remove the link, or tell here what the client may know of it"
    else:
        hint = "write # and a requirement, such as #R1"
    return warning("link-to-nothing", message, place_of_target(target, body.place(line)), hint)
