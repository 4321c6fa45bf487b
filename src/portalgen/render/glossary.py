"""The page of the terms: those that occur in this portal, and no others."""

from dataclasses import dataclass

from portalgen.glossary import terms_of
from portalgen.model.spellings import folded
from portalgen.render.scope import Scope


@dataclass(frozen=True, slots=True)
class TermView:
    """A term, and what it means."""

    name: str
    explanation: str


def terms_explained(scope: Scope) -> tuple[TermView, ...]:
    """The terms that the client meets, as a dictionary lists them."""
    used = terms_of(scope.portal, scope.workspace)
    known = (term for term in scope.workspace.glossary if term.name in used)
    return tuple(
        TermView(term.name, term.explanation)
        for term in sorted(known, key=lambda term: (folded(term.name), term.name))
    )
