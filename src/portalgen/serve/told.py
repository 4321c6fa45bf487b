"""What a page of the preview is told, as plain data: problems with their lines, and who reads."""

from collections.abc import Iterable, Sequence
from typing import Literal, TypedDict

from portalgen.problem import Problem, Severity
from portalgen.serve.shown import Reader

State = Literal["shown", "last", "draft", "broken"]
"""As the content says; as it was before something went wrong; a draft, not to be published; or as
far as it can be read."""

_SHOWN = 160
"""Characters of a line that an excerpt shows."""
_BEFORE = 60
"""Characters that stand before the place at least, in a line that is too long."""


class ToldProblem(TypedDict):
    """A problem; `line` is None where a whole file is meant, else its text in three parts."""

    severity: str
    code: str
    message: str
    place: str
    number: int
    line: tuple[str, str, str] | None
    hint: str


class ToldReader(TypedDict):
    """Somebody a page can greet."""

    kid: str
    name: str
    isStudio: bool


class ToldPortal(TypedDict):
    """A portal on the list; `path` is None while there is nothing to look at."""

    folder: str
    client: str
    title: str
    path: str | None
    state: State
    problems: list[ToldProblem]


def told_problems(problems: Iterable[Problem]) -> list[ToldProblem]:
    """Problems, the errors first."""
    order = list(Severity)
    ranked = sorted(problems, key=lambda problem: order.index(problem.severity))
    return [_told(problem) for problem in ranked]


def told_readers(readers: Iterable[Reader]) -> list[ToldReader]:
    """Readers, each once."""
    return [
        {"kid": reader.kid, "name": reader.name, "isStudio": reader.is_studio}
        for reader in dict.fromkeys(readers)
    ]


def counted(problems: Sequence[Problem]) -> str:
    """How many there are of each kind, in words."""
    severities = [problem.severity for problem in problems]
    counts = ((severities.count(severity), severity.value) for severity in Severity)
    said = [f"{number} {noun}{'s' if number > 1 else ''}" for number, noun in counts if number]
    return ", ".join(said) or "nothing to mend"


def _told(problem: Problem) -> ToldProblem:
    place = problem.place
    address = f"{place.source.path}:{place.line}:{place.column}" if place.line else ""
    return {
        "severity": problem.severity.value,
        "code": problem.code,
        "message": problem.message,
        "place": address or place.source.path,
        "number": place.line,
        "line": _excerpt(problem) if place.line else None,
        "hint": problem.hint,
    }


def _excerpt(problem: Problem) -> tuple[str, str, str]:
    """The line of a problem: before its place, the place itself, and after it."""
    place = problem.place
    line = place.source.line(place.line).replace("\t", "    ")
    start = place.column - 1 + 3 * place.source.line(place.line)[: place.column - 1].count("\t")
    first = max(0, start - _BEFORE) if len(line) > _SHOWN else 0
    shown = line[first : first + _SHOWN]
    begin = start - first
    end = begin + max(1, place.width)
    before = ("…" if first else "") + shown[:begin]
    after = shown[end:] + ("…" if first + _SHOWN < len(line) else "")
    return before, shown[begin:end] or " ", after
