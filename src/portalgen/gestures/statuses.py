"""A step's status, when its author wrote one: the next one in the same language."""

from collections.abc import Iterator

from portalgen.edit import Change, Set
from portalgen.model import fixed_values
from portalgen.model.entry import Step
from portalgen.model.spellings import folded


def status_change(step: Step, status: str, languages: tuple[str, ...]) -> Iterator[Change]:
    """The change of a status that is written and says something else; without one, none."""
    if step.status and step.status != status:
        place = step.place("status")
        start = place.column - 1
        text = place.source.line(place.line)[start : start + place.width].strip("\"' ")
        yield Set(("status",), in_its_language(text, step.status, status, languages))


def in_its_language(text: str, old: str, new: str, languages: tuple[str, ...]) -> str:
    """The new status as whoever wrote the old one would say it.

    Args:
        languages: those to prefer when the old spelling is one in several.
    """
    if folded(text) == old:
        return _like(text, new)
    spelled = fixed_values.STATUS.others[old]
    spoken = [name for name, words in spelled.items() if folded(text) in map(folded, words)]
    best = next((name for name in (*languages, *spoken) if name in spoken), "en")
    if best == "en":
        return _like(text, new)
    return _like(text, fixed_values.STATUS.others[new][best][0])


def _like(text: str, word: str) -> str:
    """The word with a capital, if the text has one."""
    return word[:1].upper() + word[1:] if text[:1].isupper() else word
