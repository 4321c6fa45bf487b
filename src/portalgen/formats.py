"""Problems for other programs: one JSON document, or the annotations of GitHub's workflows.

docs/ci.md says what stands in them, and that is kept: a field is added, never changed.
"""

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from portalgen.problem import Fix, Place, Problem, Severity

VERSION = 1
"""Of the JSON document; it changes when a program that reads it would have to."""

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def as_json(problems: Sequence[Problem], more: Mapping[str, Any], *, silenced: int = 0) -> str:
    """One document: its version, how much of what there is, and every problem.

    Args:
        more: what else a command has to tell, by its key.
        silenced: warnings and notes that are not among the problems.
    """
    severities = [problem.severity for problem in problems]
    summary = {
        "errors": severities.count(Severity.ERROR),
        "warnings": severities.count(Severity.WARNING),
        "notes": severities.count(Severity.NOTE),
        "silenced": silenced,
        "fixable": sum(problem.fix is not None for problem in problems),
    }
    told = [_problem(problem) for problem in problems]
    document = {"version": VERSION, "summary": summary, "problems": told, **more}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "message": problem.message,
        "hint": problem.hint or None,
        "file": problem.place.source.path,
        **_stretch(problem.place),
        "invoice": problem.invoice,
        "fix": _fix(problem.fix) if problem.fix else None,
    }


def _stretch(place: Place) -> dict[str, int | None]:
    """A stretch of a line, from its first column to the one behind it; nulls for a whole file."""
    if not place.line:
        return {"line": None, "column": None, "endColumn": None}
    return {"line": place.line, "column": place.column, "endColumn": place.column + place.width}


def _fix(fix: Fix) -> dict[str, Any]:
    end = fix.place.column + len(fix.before)
    return {**_stretch(fix.place), "endColumn": end, "before": fix.before, "after": fix.after}


def as_github(problems: Iterable[Problem], folder: str = "") -> Iterator[str]:
    """One workflow command for each problem.

    Args:
        folder: the workspace's path in the repository, with a slash at its end; empty when they
            are the same.
    """
    for problem in problems:
        properties = {"file": folder + problem.place.source.path, **_columns(problem.place)}
        properties["title"] = f"{problem.severity}[{problem.code}]"
        written = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
        text = "\n".join(filter(None, (problem.message, problem.hint)))
        yield f"::{_COMMANDS[problem.severity]} {written}::{_data(text)}\n"


def _columns(place: Place) -> dict[str, str]:
    if not place.line:
        return {}
    end = place.column + place.width
    return {"line": str(place.line), "col": str(place.column), "endColumn": str(end)}


def _data(text: str) -> str:
    """As the runner takes a message: it reads to the end of the line, and undoes three signs."""
    kept = (sign if sign in "\r\n\t" or _is_shown(sign) else "\ufffd" for sign in text)
    return "".join(kept).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _is_shown(sign: str) -> bool:
    return unicodedata.category(sign) not in ("Cc", "Cs")
