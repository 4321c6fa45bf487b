"""What a gesture comes to, before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from portalgen.edit import Change, Set
from portalgen.edit import Path as KeyPath
from portalgen.gestures.refusal import GestureError
from portalgen.gestures.words import Pointer
from portalgen.problem import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Changes of one record, and what there is to say of them.

    Attributes:
        place: where the record stands.
        changes: from that record down; none when all of it is so already.
        said: what is so now, in one line.
        commit: the same, for git.
        then: what the author should know next, a line each.
        copies: files to put into the client's folder: path there, and where each is now.
    """

    place: Place
    changes: Sequence[Change] = ()
    said: str
    commit: str = ""
    then: tuple[str | Pointer, ...] = ()
    copies: dict[str, Path] = field(default_factory=dict)

    def below(self, *path: str | int) -> "Plan":
        """The same plan for a record that stands at a path in a larger one."""
        return replace(self, changes=[moved_below(change, path) for change in self.changes])


def moved_below(change: Change, path: KeyPath) -> Change:
    """The same change, from further up in the file."""
    return replace(change, path=(*path, *change.path))


def set_keys(*pairs: tuple[str, str | None], after: Sequence[str]) -> list[Change]:
    """Changes that set those keys which have a value, each behind those before it."""
    changes: list[Change] = []
    known = tuple(after)
    for key, value in pairs:
        if value is not None:
            changes.append(Set((key,), value, known))
        known = (key, *known)
    return changes


def refuse_future(day: date, today: date, what: str) -> None:
    """Nothing is written down before it has happened.

    Raises:
        GestureError: the day is later than today.
    """
    if day > today:
        message = f"{day} is in the future, and {what} only when it has happened"
        raise GestureError(message, f"today is {today}: leave out --on, or give an earlier day")
