"""Sealed access codes: `sealed/NAME.json`, written by `portalgen seal` and committed."""

from collections.abc import Iterable
from dataclasses import dataclass

from portalgen.envelope_shape import MAX_SEAL_NAME, Seal, is_seal_name
from portalgen.model.access import Access, Person, kids_of, people_of
from portalgen.model.values import path_segment
from portalgen.problem import Place

SEALED = "sealed"
"""The folder of a client that holds its sealed codes."""

_ENDING = ".json"


@dataclass(frozen=True, slots=True)
class SealedCode:
    """A sealed code as it stands in the content; nothing in it was decrypted.

    Attributes:
        path: from the client's folder.
        text: the seal, as JSON (docs/lock-format.md, section 6).
        seal: what can be seen of it without a key.
        place: its file.
    """

    path: str
    text: str
    seal: Seal
    place: Place

    def opens_for(self, person: Person) -> bool:
        """Whether that person can open it with the keys they have now."""
        return person.kid in self.seal.readers

    def closed_to(self, people: Iterable[Person]) -> tuple[Person, ...]:
        """Those of the people who cannot open it: for them it has to be sealed again."""
        return tuple(person for person in people if not self.opens_for(person))

    def opens_for_others(self, people: Iterable[Person]) -> bool:
        """Whether somebody can open it who is none of the people: the code has to change."""
        return not set(self.seal.readers) <= kids_of(people)


def readers_of_codes(*lists: Access | None) -> tuple[Person, ...]:
    """Everybody on those lists whom codes are sealed for: all but access links."""
    return tuple(person for person in people_of(*lists) if not person.link)


def sealed_path(name: str) -> str:
    """Where the sealed code of that name stands, from the client's folder."""
    return f"{SEALED}/{name}{_ENDING}"


def seal_name_from(text: str) -> str:
    """A name for a sealed code that comes near to a text; empty when nothing of it can stay."""
    return path_segment(text)[:MAX_SEAL_NAME].strip("-")


def seal_name(path: str) -> str | None:
    """The name of the sealed code that may stand at a path; None where none may stand."""
    name = path.removeprefix(f"{SEALED}/").removesuffix(_ENDING)
    return name if is_seal_name(name) and path == sealed_path(name) else None
