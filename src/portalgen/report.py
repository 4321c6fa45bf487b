"""What a build makes of each client, and what it tells about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from portalgen.check import Claims
from portalgen.problem import Problem, Severity

State = Literal["published", "kept", "absent", "draft"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A portal made in memory.

    Attributes:
        people: names of those who may open it.
        ordered: whether this build is to publish it; others are read for their claims only.
        invoice_pages: names of the invoice pages whose gate is open.
        files: everything to write, or None when something blocks the portal.
    """

    claims: Claims
    problems: tuple[Problem, ...]
    people: tuple[str, ...]
    ordered: bool
    draft: bool
    invoice_pages: frozenset[str]
    files: Mapping[str, bytes] | None = field(default=None, repr=False)

    @property
    def id(self) -> str | None:
        """The portal's id; None when nobody has access yet, or access.yaml cannot be read."""
        return self.claims.id

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


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a build."""

    problems: tuple[Problem, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    removed: tuple[str, ...] = ()

    def exit_code(self, *, strict: bool = False, keep_going: bool = False) -> int:
        """0 when all is well, 1 when the content has errors, or warnings under `strict`.

        With `keep_going`, portals in error that had a good copy to keep do not count.
        """
        if strict and self.problems:
            return 1
        errors = [problem for problem in self.problems if problem.severity is Severity.ERROR]
        if not errors:
            return 0
        return 0 if keep_going and self._all_kept(errors) else 1

    def _all_kept(self, errors: Iterable[Problem]) -> bool:
        kept = tuple(f"content/{o.folder}/" for o in self.outcomes if o.state == "kept")
        return all(error.place.source.path.startswith(kept) for error in errors) and bool(kept)
