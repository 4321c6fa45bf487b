"""What the facts of an archive are made of, and what several of them share."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portalgen.archive.told import Said
from portalgen.model.billing import Invoice
from portalgen.model.body import Body
from portalgen.model.client import Consent, Move
from portalgen.render.events import Event
from portalgen.render.scope import Scope

Facts = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """A file of the archive.

    Attributes:
        source: its path in the client's folder, which the content names.
        path: in the archive.
    """

    source: str
    path: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """All that the facts are made of.

    Attributes:
        told: every event, the newest first.
        papers: for each invoice's id, the paths of its files in the archive.
        clear: makes a part of a page one that needs no script.
    """

    scope: Scope
    today: date
    invoices: tuple[Invoice, ...]
    told: tuple[Event, ...]
    said: tuple[Said, ...]
    files: tuple[FileFacts, ...]
    papers: Mapping[str, Sequence[str]]
    clear: Callable[[str], str]

    def html(self, body: Body | None) -> str | None:
        """A text as the client reads it."""
        made = self.scope.body(body, "text", below=1)
        return self.clear(str(made)) if made is not None else None

    def covers(self, names: Iterable[str]) -> list[str]:
        """The requirements among those names that the client knows of."""
        return [link.text for link in self.scope.requirements(names)]

    def person(self, name: str | None) -> str | None:
        """The full name of a contact given by id, or the name itself."""
        return self.scope.person(name) if name else None


def consent(known: Known, it: Consent | None) -> Facts | None:
    """Who agreed, when and how."""
    return {"on": it.on, "by": known.person(it.by), "via": it.via} if it else None


def moves(moved: Sequence[Move]) -> list[Facts]:
    """The earlier promises."""
    return [{"on": move.on, "was": move.was, "why": move.why} for move in moved]
