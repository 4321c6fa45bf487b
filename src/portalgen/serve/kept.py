"""What is kept of one client between two changes."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from portalgen.problem import Problem, Severity, in_reading_order
from portalgen.report import Made
from portalgen.serve.attached import Attached
from portalgen.serve.shown import Shown
from portalgen.serve.told import State

_NO_READER = "nobody-can-open"


@dataclass(slots=True)
class Kept:
    """One client's portal, as far as anybody asked for it.

    Attributes:
        made: what is known of it.
        settled: what it has to yield to others.
        shown: what there is to look at; None before somebody looked, or while there is nothing.
        is_last: whether that is how it was before something went wrong.
        is_partial: whether it lacks what could not be read.
        is_wanted: whether somebody looked.
        is_stale: whether the content changed since.
        met: problems met on the way to what is shown.
    """

    made: Made
    settled: tuple[Problem, ...] = ()
    shown: Shown | None = None
    is_last: bool = False
    is_partial: bool = False
    is_wanted: bool = False
    is_stale: bool = False
    met: list[Problem] = field(default_factory=list)
    attached: Attached = field(default_factory=Attached)
    client: str = ""
    """The client's name, as it could be read last; with the project's title."""
    title: str = ""

    def __post_init__(self) -> None:
        self.learn_name()

    def learn_name(self) -> None:
        """Take the names out of what is known of it now, if they are there."""
        summary = self.made.summary
        if summary is not None and summary.title is not None:
            self.client, self.title = summary.client, summary.title

    @property
    def path(self) -> str:
        """Its segment of the address, which stays while the file that says it is broken."""
        return self.shown.path if self.shown and self.is_last else self.made.claims.path

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong with it."""
        rendering = self.shown.problems if self.shown and not self.is_last else ()
        return in_reading_order([*self.made.problems, *self.met, *rendering])

    @property
    def state(self) -> State:
        """How it stands."""
        if self.made.draft:
            return "draft"
        if self.is_last:
            return "last"
        return "broken" if self.made.blocked else "shown"


def in_clear(made: Made) -> Made:
    """The same portal where nobody needs access to look at it: that it opens for nobody is worth a
    warning until it is to be published."""
    return replace(made, problems=tuple(_forgiven(made)))


def _forgiven(made: Made) -> Iterator[Problem]:
    for problem in made.problems:
        if problem.code == _NO_READER:
            yield replace(problem, severity=Severity.WARNING)
        else:
            yield problem
