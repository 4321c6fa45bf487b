"""Terms that an author cannot avoid: `glossary.yaml`."""

from dataclasses import dataclass

from portalgen.problem import Place


@dataclass(frozen=True, slots=True)
class Term:
    """A term, and what it means in plain words."""

    name: str
    explanation: str
    place: Place
