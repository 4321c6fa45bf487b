"""A portal as it can be looked at: its pages, each made when somebody wants to see it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from portalgen.lock import LockedFile
from portalgen.model.spellings import folded
from portalgen.problem import Problem
from portalgen.theme import ThemeError

Make = Callable[[], str]
"""Makes the document of a page. Raises ThemeError."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody whom a page can greet, by their key id; `id` is what the content calls them."""

    kid: str
    name: str
    id: str
    is_studio: bool = False

    def answers_to(self, person: str) -> bool:
        """Whether that is their name, or id, however it is spelled."""
        return folded(person) in (folded(self.name), folded(self.id), self.kid)


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in clear: it lies in a client's folder, or was made and is here.

    Attributes:
        name: what it is called when it is saved.
        media_type: of what a browser may show; None for what is only handed over.
    """

    name: str
    media_type: str | None
    folder: Path
    content: Path | bytes = field(repr=False)


@dataclass(slots=True)
class Shown:
    """Everything of one portal that can be looked at.

    Attributes:
        path: the portal's segment of the address.
        identity: the portal's id.
        pages: by path from the portal's folder.
        drafts: the titles of invoices that are shown before their time, by the path of their page.
        files: by path from the portal's folder.
        is_locked: whether the pages are those that a build would write.
        before: pages as they were last, for one that cannot be made.
        problems: what kept pages from being made.
    """

    path: str
    identity: str
    pages: Mapping[str, Make]
    readers: tuple[Reader, ...] = ()
    drafts: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Stored | LockedFile] = field(default_factory=dict)
    is_locked: bool = False
    before: Mapping[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _made: dict[str, str] = field(default_factory=dict)

    def page(self, path: str) -> str | None:
        """The document of a page: as it is now, else as it was last; None when there is none."""
        if path in self._made:
            return self._made[path]
        if path not in self.pages:
            return None
        try:
            self._made[path] = self.pages[path]()
        except ThemeError as error:
            if error.problem not in self.problems:
                self.problems.append(error.problem)
            return self.before.get(path)
        return self._made[path]

    @property
    def last(self) -> dict[str, str]:
        """The pages as they could be made last."""
        return {**self.before, **self._made}


def digest_of(text: str) -> str:
    """What tells a page from what it was."""
    return sha256(text.encode()).hexdigest()[:16]


def named(readers: Iterable[Reader], person: str | None) -> Reader | None:
    """Who a page greets: the one asked for, else the first."""
    known = tuple(readers)
    wanted = (reader for reader in known if person and reader.answers_to(person))
    return next(wanted, known[0] if known else None)
