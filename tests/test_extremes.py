"""A client with nothing and one with far too much both get whole portals, sound and quickly."""

import gzip
import re
from html import unescape
from pathlib import Path

from clear import clear_pages
from conftest import Run
from extremes import (
    AMENDMENTS,
    BARE,
    CORRECTIONS,
    DELIVERABLES,
    FULL,
    INVOICES,
    STEPS,
    UPDATES,
    title,
    write_extremes,
)
from sites import make_workspace

BYTES = 30_000
"""Of the default theme's style sheet and all scripts, those of every language too, compressed as a
host sends them."""

COUNTS = {
    "step": STEPS,
    "deliverable": DELIVERABLES,
    "update": UPDATES,
    "correction": CORRECTIONS,
    "amendment": AMENDMENTS,
}


def test_both_are_built(tmp_path: Path, run: Run) -> None:
    root = write_extremes(tmp_path)
    ran = run(root, "build")
    assert ran.code == 0, ran.err
    pages = clear_pages(root)
    everything = _text("".join(pages.values()))
    titles = [unescape(title(kind, n)) for kind, count in COUNTS.items() for n in range(count)]
    assert [text for text in titles if text not in everything] == []
    assert not re.search(r"<script|<b>Bold", "".join(pages.values()))
    assert sum(page.startswith(f"{FULL}/invoice-") for page in pages) == INVOICES
    assert {f"{BARE}/index.html", f"{BARE}/spec/index.html", "studio/index.html"} < set(pages)


def test_what_a_reader_loads_is_small(tmp_path: Path, run: Run) -> None:
    root = make_workspace("minimal", tmp_path)
    run(root, "build")
    assets = sorted((root / "output/bakery/assets").iterdir())
    sizes = {
        file.name: len(gzip.compress(file.read_bytes(), 9))
        for file in assets
        if file.suffix == ".js" or file.name.startswith("theme-")
    }
    assert {Path(name).suffix for name in sizes} == {".css", ".js"}
    assert sum(sizes.values()) < BYTES, sizes


def _text(html: str) -> str:
    """The words of a page, as they are read; `&amp;` is a sign in a title, and `&` in Markdown."""
    return unescape(unescape(re.sub(r"<[^>]*>", "", html)))
