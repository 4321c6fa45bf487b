"""The terms that the texts of a portal use, of all that the workspace explains."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from portalgen.attachments import bodies
from portalgen.markdown import Glossary, glossary_of, terms_in, terms_in_text
from portalgen.model.glossary import Term
from portalgen.model.portal import Portal, Workspace
from portalgen.problem import Problem, note


def glossary(workspace: Workspace) -> Glossary:
    """What finds the terms of the workspace in a text."""
    return _glossary(workspace.glossary)


@lru_cache(maxsize=8)
def _glossary(terms: tuple[Term, ...]) -> Glossary:
    return glossary_of({term.name: term.explanation for term in terms})


def terms_of(portal: Portal, workspace: Workspace) -> frozenset[str]:
    """The terms in what that client reads."""
    known = glossary(workspace)
    found = [terms_in(body.document, known) for body in bodies(portal, internal=False)]
    found += [terms_in_text(text, known) for text in plain_texts(portal)]
    return frozenset().union(*found)


def plain_texts(portal: Portal) -> Iterator[str]:
    """The texts without Markdown whose terms are explained."""
    yield from (correction.reply for correction in portal.corrections if correction.reply)


def unused_terms(workspace: Workspace, used: Iterable[frozenset[str]]) -> Iterator[Problem]:
    """Terms that no text of any client uses.

    Notes, for nobody reads them: what explains a word of a client who is gone may well serve the
    next one.
    """
    in_use = frozenset().union(*used)
    for term in workspace.glossary:
        if term.name not in in_use:
            message = f'no text uses the term "{term.name}"'
            hint = "write it as the texts do, with their capitals and accents, or remove it"
            yield note("unused-term", message, term.place, hint)
