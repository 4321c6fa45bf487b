"""Tables in Markdown, and how figures are written in them."""

import gzip
import statistics
from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose first column is text, and whose others are figures."""
    marks = ["---", *("---:" for _ in head[1:])]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in (head, marks, *rows))


def whole(number: float) -> str:
    """As in 12,345."""
    return f"{number:,.0f}"


def spread(values: Sequence[float], digits: int = 0) -> str:
    """Least, median and greatest, as in "9 / **12** / 15"."""
    figures = (min(values), statistics.median(values), max(values))
    least, median, greatest = (f"{figure:,.{digits}f}" for figure in figures)
    return f"{least} / **{median}** / {greatest}"


def gzipped(content: bytes) -> int:
    """Bytes that a host transfers: gzip -9."""
    return len(gzip.compress(content, 9, mtime=0))
