"""YAML with a place for every key and value, from libyaml's events: the home of PyYAML.

Nothing is resolved here: every scalar stays the text its author typed. Numbers, dates and
yes/no are read where the kind of value is known, in `model.values`. What has no use in a
folder of text and can only surprise (aliases, tags, several documents) is refused.
"""

from dataclasses import replace

import yaml

from portalgen.problem import Place, Problem, Source
from portalgen.yaml_source import mend
from portalgen.yaml_source.compose import DEEPEST, Composer
from portalgen.yaml_source.mend import quote, quote_if_needed
from portalgen.yaml_source.nodes import (
    Mapping,
    Node,
    Scalar,
    Sequence,
    filled,
    fitted,
    fitted_place,
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
    node, problems, mended = _read(source, text, first_line)
    if mended:
        lines = source.text.split("\n")
        node = node and fitted(node, lines)
        problems = [replace(p, place=fitted_place(p.place, lines)) for p in problems]
    return node, problems


def _read(source: Source, text: str, first_line: int) -> tuple[Node | None, list[Problem], bool]:
    """The document, its problems, and whether a line had to be mended to read it."""
    problems: list[Problem] = []
    for _ in range(_MENDS_PER_FILE):
        composer = Composer(source, text, first_line)
        try:
            node = composer.compose()
        except yaml.MarkedYAMLError as error:
            problem, mended = _explain(source, text, first_line, error)
        except yaml.reader.ReaderError as error:
            bad = _bad_character(source, text, first_line, error.position)
            return None, [*problems, bad], bool(problems)
        else:
            return node, problems + composer.problems, bool(problems)
        problems.append(problem)
        if mended is None:
            break
        text = mended
    return None, problems, True


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
    return Problem(slip.code, slip.message, place, slip.hint), slip.text


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
