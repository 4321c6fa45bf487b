"""Which fixes need no question: the others are dropped, and their problems stay."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import takewhile

from portalgen.model.billing import Invoice
from portalgen.model.client import Client, Spec
from portalgen.model.entry import Amendment, Correction, Deliverable, Step, Update
from portalgen.model.folder import CONTENT
from portalgen.model.issued import ISSUED
from portalgen.model.ledger import LEDGER
from portalgen.model.portal import Workspace
from portalgen.model.record import Record, keys_of, record_in
from portalgen.model.seal import SEALED
from portalgen.model.spellings import NAMES_IN_FRENCH, folded
from portalgen.model.studio import Studio
from portalgen.problem import COMMA_GROUPS, DAY_FIRST, Fix, Problem, amounts_in

_WRITTEN_BY_THE_TOOL = ("access.yaml", LEDGER)
_FOLDERS_OF_THE_TOOL = (SEALED, ISSUED)
_MODELS = (Studio, Client, Spec, Step, Deliverable, Correction, Amendment, Update, Invoice)
_KEY = re.compile(r"(?:^|\s)(?P<key>[\w-]+):(?:\s|$)")


def certain(problems: Iterable[Problem], workspace: Workspace) -> list[Problem]:
    """The problems, each with its fix only when a careful colleague would not ask first.

    Args:
        problems: all that is wrong in the files they are about, so that no line with a secret in
            clear is touched: what is known of it is covered.
        workspace: its studio says in which language, and which currency, its author writes.
    """
    problems = list(problems)
    covered = {_line(problem) for problem in problems if problem.code == "clear-secret"}

    def needs_no_question(problem: Problem, fix: Fix) -> bool:
        return (
            _line(problem) not in covered
            and _is_the_authors(fix.place.source.path)
            and not _is_two_pairs(problem.code, fix)
            and _is_granted(fix, workspace)
        )

    return [
        problem
        if problem.fix is None or needs_no_question(problem, problem.fix)
        else replace(problem, fix=None)
        for problem in problems
    ]


def _line(problem: Problem) -> tuple[str, int]:
    return problem.place.source.path, problem.place.line


def _is_the_authors(path: str) -> bool:
    """Whether a person writes that file, inside content/."""
    folders, _, name = path.rpartition("/")
    parts = folders.split("/")
    return (
        parts[0] == CONTENT
        and name not in _WRITTEN_BY_THE_TOOL
        and not any(folder in parts for folder in _FOLDERS_OF_THE_TOOL)
    )


def _is_two_pairs(code: str, fix: Fix) -> bool:
    """Whether a value to quote holds a key: two pairs on one line, rather than one long value."""
    if code == "colon-in-value":
        start = _alike(fix.before, fix.after)
        rest = fix.before[start:]
        value = rest[: len(rest) - _alike(rest[::-1], fix.after[start:][::-1])]
        return any(folded(found["key"]) in _keys() for found in _KEY.finditer(value))
    parts = fix.before.split(",")[1:] if code == "comma-in-value" else []
    return any(folded(part) in _keys() for part in parts)


def _alike(one: str, other: str) -> int:
    """How many signs two texts begin with alike."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


@cache
def _keys() -> frozenset[str]:
    """Every key of the content, in English and in French, folded."""
    names = (name for model in _MODELS for name in _keys_in(model))
    return frozenset(map(folded, names)) | frozenset(NAMES_IN_FRENCH)


def _keys_in(model: type[Record]) -> Iterator[str]:
    yield from keys_of(model)
    for info in model.model_fields.values():
        inner = record_in(info.annotation)
        if inner and inner is not model:
            yield from _keys_in(inner)


def _is_granted(fix: Fix, workspace: Workspace) -> bool:
    """Whether what a fix takes for granted holds for this author."""
    if not fix.assumes:
        return True
    if not workspace.is_read:
        return False
    studio = workspace.studio
    if fix.assumes == DAY_FIRST:
        return studio.language != "en"
    if fix.assumes == COMMA_GROUPS:
        return studio.language == "en"
    names_its_own = "currency" in fix.place.source.text
    return fix.assumes == amounts_in(studio.currency) and not names_its_own
