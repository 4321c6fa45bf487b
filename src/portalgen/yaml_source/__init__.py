"""YAML with a place for every key and value, from libyaml's events: the home of PyYAML.

Nothing is resolved here: every scalar stays the text its author typed. Numbers, dates and
yes/no are read where the kind of value is known, in `model.values`. What has no use in a
folder of text and can only surprise (aliases, tags, several documents) is refused.
"""

from dataclasses import replace

import yaml

from portalgen.problem import Fix, Place, Problem, Source
from portalgen.yaml_source import mend
from portalgen.yaml_source.compose import DEEPEST, Composer
from portalgen.yaml_source.fit import Fit
from portalgen.yaml_source.mend import quote, quote_if_needed
from portalgen.yaml_source.nodes import (
    Mapping,
    Node,
    Scalar,
    Sequence,
    filled,
)

__all__ = [
    "DEEPEST",
    "Mapping",
    "Node",
    "Scalar",
    "Sequence",
    "filled",
    "quote",
    "quote_if_needed",
    "read_yaml",
]

_MENDS_PER_FILE = 20
_OTHER_LINE_ENDS = dict.fromkeys(map(ord, "\u0085\u2028\u2029"), " ")
"""Line ends to YAML, and to nobody who looks at the file."""


def read_yaml(
    source: Source, text: str | None = None, first_line: int = 1
) -> tuple[Node | None, list[Problem]]:
    """Read one YAML document.

    Args:
        source: the file, for places.
        text: the part of it that is YAML, when it is not the whole (front matter).
        first_line: the line of the file where that part begins.

    Returns:
        The document (None when it is empty or cannot be read) and everything that is wrong
        with it. A line with a known slip is read as it was meant, so that the problems after
        it are found in the same run.
    """
    text = (source.text if text is None else text).translate(_OTHER_LINE_ENDS)
    written = text.split("\n")
    problems: list[Problem] = []
    for _ in range(_MENDS_PER_FILE):
        fit = Fit(written, text.split("\n"), first_line)
        composer = Composer(source, text, first_line)
        try:
            node = composer.compose()
        except yaml.MarkedYAMLError as error:
            problem, mended = _explain(source, text, first_line, error)
            problem = replace(problem, place=fit.place(problem.place))
        except yaml.reader.ReaderError as error:
            bad = _bad_character(source, text, first_line, error.position)
            return None, [*problems, bad]
        else:
            found = (replace(p, place=fit.place(p.place)) for p in composer.problems)
            return (node and fit.node(node)) if problems else node, [*problems, *found]
        problems.append(problem)
        if mended is None:
            break
        text = mended
    return None, problems


def _explain(
    source: Source, text: str, first_line: int, error: yaml.MarkedYAMLError
) -> tuple[Problem, str | None]:
    """Say in plain words why libyaml stopped, and the text as it was probably meant."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    slip = mend.find(text.split("\n"), line, _error_line)
    if slip is None:
        place = _last_text(source, text.split("\n"), first_line, line, column)
        words = " ".join(part for part in (error.context, error.problem) if part)
        return Problem("bad-yaml", f"this is not YAML: {words}", place, _ADVICE), None
    place = Place(source, slip.line + first_line, slip.column + 1, slip.width)
    fix = _mended_line(place, text, slip) if slip.is_sure else None
    return Problem(slip.code, slip.message, place, slip.hint, fix=fix), slip.text


def _mended_line(place: Place, text: str, slip: mend.Slip) -> Fix:
    before, after = (whole.split("\n")[slip.line] for whole in (text, slip.text))
    return Fix(replace(place, column=1, width=max(1, len(before))), before, after)


def _last_text(source: Source, lines: list[str], first_line: int, line: int, column: int) -> Place:
    """The place, or the end of the text before it: libyaml may point after the last line."""
    while line > 0 and (line >= len(lines) or not lines[line].strip()):
        line -= 1
        column = len(lines[line]) if line < len(lines) else 0
    return Place(source, line + first_line, min(column, len(lines[line])) + 1)


_ADVICE = "a value with : # , { [ or quotes in it goes between quotes"


def _bad_character(source: Source, text: str, first_line: int, position: int) -> Problem:
    """libyaml refuses control characters before it parses any line."""
    # libyaml counts in bytes of UTF-8
    position = len(text.encode()[:position].decode("utf-8", "ignore"))
    before = text[:position]
    line, column = before.count("\n"), position - before.rfind("\n")
    message = f"character U+{ord(text[position]):04X} cannot stand in a YAML file"
    place = Place(source, line + first_line, column)
    return Problem("bad-character", message, place, "remove it")


def _error_line(text: str) -> int | None:
    """The line, from 0, at which libyaml gives the text up; None when it reads it whole."""
    try:
        for _ in yaml.parse(text, Loader=yaml.CLoader):
            pass
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return mark.line if mark else 0
    return None
