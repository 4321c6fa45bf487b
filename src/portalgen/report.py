"""What a build makes of each client, and what it tells about it."""

import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from portalgen.check import Claims
from portalgen.keyring import PortalKey
from portalgen.model.folder import CONTENT
from portalgen.model.studio import Silence
from portalgen.problem import Place, Problem, Severity, Source
from portalgen.silencing import quieted
from portalgen.summary import Summary
from portalgen.write import Content

State = Literal["published", "kept", "absent", "draft"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A portal made in memory.

    Attributes:
        people: names of those who may open it.
        readers: their kids; None when access.yaml cannot be read.
        ordered: whether this build is to publish it; others are read for their claims only.
        standing_invoices: ids of the invoices that are open.
        files: everything to write, or None when something blocks the portal.
        key: what the files are locked with.
        terms: the terms of the glossary that its client reads; None when that is not known.
        summary: what it tells the studio's dashboard, which is made of all of them.
    """

    claims: Claims
    problems: tuple[Problem, ...]
    people: tuple[str, ...]
    readers: frozenset[str] | None = None
    ordered: bool
    draft: bool
    standing_invoices: frozenset[str] = frozenset()
    files: Mapping[str, Content] | None = field(default=None, repr=False)
    key: PortalKey | None = None
    terms: frozenset[str] | None = None
    summary: Summary | None = None

    @property
    def id(self) -> str | None:
        """The portal's id; None when nobody has access yet, or access.yaml cannot be read."""
        return self.claims.id

    @property
    def is_dashboard(self) -> bool:
        """Whether this is the studio's own page, which stands for no client's folder."""
        return not self.claims.folder

    @property
    def blocked(self) -> bool:
        return any(problem.blocks_portal for problem in self.problems)

    @property
    def may_be_published(self) -> bool:
        return self.ordered and not self.draft and not self.blocked


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one portal; `path` is the folder that it stands in, if any."""

    folder: str
    path: str
    state: State
    people: tuple[str, ...]
    pages: int
    withheld: int = 0
    """Invoices that are approved, or meant to be, and held back by an error."""


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a build."""

    problems: tuple[Problem, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    removed: tuple[str, ...] = ()
    moved: tuple[tuple[str, str], ...] = ()
    """Portals that stand elsewhere than before: from where, and to where."""
    silenced: int = 0
    """Warnings and notes that studio.yaml asks not to say; they are not among `problems`."""

    def exit_code(self, *, strict: bool = False, keep_going: bool = False) -> int:
        """0 when all is well, 1 when the content has errors, or warnings under `strict`.

        With `keep_going`, a portal in error that had a good copy to keep does not count, nor does
        an invoice that is withheld from a portal that went out.
        """
        if strict and any(p.severity is not Severity.NOTE for p in self.problems):
            return 1
        errors = [problem for problem in self.problems if problem.severity is Severity.ERROR]
        if not errors:
            return 0
        return 0 if keep_going and all(self._is_bearable(error) for error in errors) else 1

    def _is_bearable(self, error: Problem) -> bool:
        """Whether the portal of that error stands in the output all the same."""
        standing = (o for o in self.outcomes if o.state in ("published", "kept"))
        folders = tuple(f"{CONTENT}/{outcome.folder}/" for outcome in standing)
        return error.place.source.path.startswith(folders)


def quiet(report: Report, silences: Sequence[Silence], *, everything: bool) -> Report:
    """The same report without what the studio asks not to say.

    Args:
        everything: whether all of the content was looked at, drafts too, so that a silence which
            silences nothing can be told.
    """
    said, silenced = quieted(report.problems, silences, everything=everything)
    return replace(report, problems=said, silenced=silenced)


def failed(name: str, error: Exception, *, ordered: bool, traced: bool = False) -> Made:
    """A portal of which nothing is known, because of a mistake of ours.

    Args:
        name: the client's folder.
        traced: whether to say where in our program it happened.
    """
    place = Place(Source(f"{CONTENT}/{name}"))
    message = f"portalgen failed on this client: {type(error).__name__}: {error}"
    hint = "please report this, with the file"
    hint += "\n" + "".join(traceback.format_exception(error)) if traced else ""
    problem = Problem("cannot-make", message, place, hint)
    claims = Claims(name, name, False, place, None, place, ())
    return Made(claims=claims, problems=(problem,), people=(), ordered=ordered, draft=False)
