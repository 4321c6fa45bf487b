"""The glossary of the workspace: its terms, each explained once."""

import unicodedata

from portalgen.model.folder import Folder
from portalgen.model.glossary import Term
from portalgen.parse.records import Problems
from portalgen.problem import Problem
from portalgen.yaml_source import Mapping, Node, Scalar, filled, read_yaml


def glossary_of(folder: Folder) -> tuple[tuple[Term, ...], Problems]:
    """The terms of `glossary.yaml`, and what is wrong with it."""
    source = folder.texts.get("glossary.yaml")
    if source is None:
        return (), []
    found, problems = read_yaml(source)
    node = filled(found)
    if node is None:
        return (), problems
    if not isinstance(node, Mapping):
        hint = "write each as term: explanation"
        return (), [*problems, Problem("wrong-type", "pairs are expected here", node.place, hint)]
    terms: dict[str, Term] = {}
    for key, value in node.entries:
        term = _term(key, value)
        if isinstance(term, Term):
            problems += _twice(term, terms)
            terms.setdefault(_bare(term.name), term)
        else:
            problems.append(term)
    return tuple(terms.values()), problems


def _term(key: Scalar, value: Node) -> Term | Problem:
    name = unicodedata.normalize("NFC", " ".join(key.text.split()))
    if not name:
        hint = "write it as term: explanation"
        return Problem("missing-field", "this explanation has no term", key.place, hint)
    if isinstance(value, Scalar) and value.text.strip():
        return Term(name, value.text.strip(), key.place)
    message = f'"{name}" has no explanation'
    return Problem("missing-field", message, key.place, "write it in one line")


def _twice(term: Term, terms: dict[str, Term]) -> Problems:
    first = terms.get(_bare(term.name))
    if first is None or first.name == term.name:
        return []
    message = f'"{term.name}" is explained already, as "{first.name}"'
    hint = "keep the one that the texts write"
    return [Problem("duplicate-term", message, term.place, hint)]


def _bare(name: str) -> str:
    """The term without case: two that differ in nothing else would be one to their reader."""
    return name.casefold()
