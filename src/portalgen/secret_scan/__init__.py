"""Secrets in clear: finds what looks like one in a text, and covers it.

Nothing is opened, asked or kept here. A secret is known by its shape (`shapes`) or by the name
before it (`named`). A miss is better than a false alarm, since an alarm keeps a portal back:
`values` has the rule.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from portalgen.problem import Place, Problem, Source
from portalgen.secret_scan.finding import Finding
from portalgen.secret_scan.folding import fold
from portalgen.secret_scan.hints import STUDIO_HINTS, Hints
from portalgen.secret_scan.named import line_starts, named_secrets, without_plain_end
from portalgen.secret_scan.shapes import may_be_shaped, shaped_secrets

__all__ = ["COVER", "cover", "cover_all", "find_secrets"]

COVER = "•"
"""Stands for each sign of a secret, so that every other place on its line stays true."""

_PROGRAMS = (
    *(
        ".js",
        ".mjs",
        ".cjs",
        ".jsx",
        ".ts",
        ".tsx",
        ".css",
        ".scss",
        ".html",
        ".htm",
        ".svg",
        ".xml",
    ),
    *(".php", ".py", ".rb", ".pl", ".java", ".kt", ".c", ".h", ".go", ".rs", ".vue", ".map"),
)
"""Endings of files in which `password = …` names a variable, or labels a field."""


def find_secrets(text: str, path: str = "") -> tuple[Finding, ...]:
    """Everything in a text that looks like a secret, in order.

    Args:
        path: of the file; in a program, only the shape of a secret counts.
    """
    folded = fold(text)
    found = [*shaped_secrets(text, folded)]
    if not path.lower().endswith(_PROGRAMS):
        found += named_secrets(text, folded)
    return _apart(found)


def cover(source: Source, hints: Hints = STUDIO_HINTS) -> tuple[Source, list[Problem]]:
    """The source with every secret covered, and a problem with that source for each.

    What goes on from here can be shown: no excerpt, message or page has the secret.
    """
    found = find_secrets(source.text, source.path)
    if not found:
        return source, []
    covered = Source(source.path, _covered(source.text, found))
    return covered, [_problem(covered, finding, hints) for finding in found]


def cover_all(
    sources: Sequence[Source], hints: Hints = STUDIO_HINTS
) -> tuple[tuple[Source, ...], list[Problem]]:
    """The same for many sources; most of them are seen at one glance to hold no secret."""
    suspects = _suspects([source.text for source in sources])
    covered = list(sources)
    problems: list[Problem] = []
    for number in sorted(suspects):
        covered[number], found = cover(sources[number], hints)
        problems += found
    return tuple(covered), problems


def _suspects(texts: Sequence[str]) -> set[int]:
    """The numbers of the texts that are worth a closer look."""
    folded = [fold(text) for text in texts]
    shaped = {number for number, text in enumerate(texts) if may_be_shaped(text, folded[number])}
    others = [number for number in range(len(texts)) if number not in shaped]
    parts = [without_plain_end(folded[number]) for number in others]
    ends = list(accumulate(len(part) + 1 for part in parts))
    return shaped | {others[bisect_right(ends, at)] for at in line_starts(b"\n".join(parts))}


def _apart(found: list[Finding]) -> tuple[Finding, ...]:
    """The findings in order; those that overlap are one, named after the first of them."""
    apart: list[Finding] = []
    for finding in sorted(found, key=lambda finding: finding.start):
        if apart and finding.start < apart[-1].end:
            apart[-1] = replace(apart[-1], end=max(finding.end, apart[-1].end))
        else:
            apart.append(finding)
    return tuple(apart)


def _covered(text: str, found: tuple[Finding, ...]) -> str:
    parts, at = [], 0
    for finding in found:
        secret = text[finding.start : finding.end]
        lines = (COVER * len(line) for line in secret.split("\n"))
        parts += [text[at : finding.start], "\n".join(lines)]
        at = finding.end
    return "".join((*parts, text[at:]))


def _problem(covered: Source, finding: Finding, hints: Hints) -> Problem:
    text = covered.text
    line = text.count("\n", 0, finding.start) + 1
    start = text.rfind("\n", 0, finding.start) + 1
    width = text[finding.start : finding.end].find("\n")
    width = finding.end - finding.start if width < 0 else width
    place = Place(covered, line, finding.start - start + 1, width)
    message = f"this looks like {finding.name} in clear"
    return Problem("clear-secret", message, place, hints.about(finding))
