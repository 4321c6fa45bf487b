"""What a studio asks not to say: `silenced` in studio.yaml, held against what was found.

Only warnings and notes fall silent. An error always speaks, whatever its code.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Literal

from portalgen.model.folder import CONTENT
from portalgen.model.studio import Silence
from portalgen.problem import Problem, Severity, in_reading_order, warning

Kind = Literal["error", "warning", "note"]

_NOT_ALWAYS_FOUND = frozenset({"no-electronic-invoice", "no-pdf-engine", "unused-silence"})
"""Warnings that hang on the machine, the command or this very room: silent today, back tomorrow."""


@cache
def known_codes() -> dict[str, frozenset[Kind]]:
    """The code of every problem, with the kinds of problem that it may be."""
    text = (files(__name__) / "codes.txt").read_text("utf-8")
    lines = (line.split() for line in text.splitlines() if not line.startswith("#"))
    return {code: frozenset(kinds) for code, *kinds in lines}  # type: ignore[arg-type]


def silenceable_codes() -> tuple[str, ...]:
    """The codes of all warnings and notes, in alphabetical order."""
    return tuple(code for code, kinds in known_codes().items() if kinds != {"error"})


def quieted(
    problems: Sequence[Problem], silences: Sequence[Silence], *, everything: bool
) -> tuple[tuple[Problem, ...], int]:
    """The problems that are to be said, in reading order, and how many are not.

    Args:
        everything: whether all of the content was looked at, so that a silence without anything
            to silence can be told.
    """
    said = tuple(problem for problem in problems if not any(_covers(s, problem) for s in silences))
    errors = any(problem.severity is Severity.ERROR for problem in problems)
    unused = [] if errors or not everything else list(_unused(silences, problems))
    told = [problem for problem in unused if not any(_covers(s, problem) for s in silences)]
    silent = len(problems) + len(unused) - len(said) - len(told)
    return in_reading_order([*said, *told]), silent


def _covers(silence: Silence, problem: Problem) -> bool:
    if problem.code != silence.rule or problem.severity is Severity.ERROR:
        return False
    if silence.in_ is None:
        return True
    path, wanted = _composed(problem.place.source.path), where(silence.in_)
    return path == wanted or path.startswith(f"{wanted}/")


def where(written: str) -> str:
    """The path that `in` means, from the workspace."""
    inside = _composed(written).removeprefix("./").strip("/").removeprefix(f"{CONTENT}/")
    return f"{CONTENT}/{inside}"


def _composed(path: str) -> str:
    return unicodedata.normalize("NFC", path)


def _unused(silences: Iterable[Silence], problems: Sequence[Problem]) -> Iterator[Problem]:
    """Silences that nothing needs. One of a note may be needed again tomorrow."""
    for silence in silences:
        kinds = known_codes().get(silence.rule, frozenset())
        if "note" in kinds or silence.rule in _NOT_ALWAYS_FOUND:
            continue
        if not any(_covers(silence, problem) for problem in problems):
            place = silence.place("in" if silence.in_ else "rule")
            message = f"this silences nothing: there is no {silence.rule} here"
            hint = (
                "remove this entry, or check what in says" if silence.in_ else "remove this entry"
            )
            yield warning("unused-silence", message, place, hint)
