"""Every page of the sites in tests/sites/, before it is locked, is what was accepted.

`samples` are the clients of content/, `minimal` has nothing but what is required, and `languages`
says a little of everything in every language. To accept new pages, run `make accept` and read the
diff.
"""

import os
import re
from collections.abc import Iterator, Mapping
from difflib import unified_diff
from pathlib import Path

import pytest
from clear import clear_pages, shell_pages
from conftest import Run
from sites import SITES, make_workspace

_HASH = re.compile(r"-[0-9a-f]{12}(?=\.(?:css|js)\b)")
_LINES = 60
"""Of the diff of one page: enough to see what happened."""


@pytest.mark.parametrize("site", ["samples", "minimal", "languages"])
def test_every_page_is_as_accepted(site: str, tmp_path: Path, run: Run) -> None:
    root = make_workspace(site, tmp_path)
    ran = run(root, "build")
    assert ran.code == 0, ran.err
    pages = {_name(path): _without_hashes(html) for path, html in clear_pages(root).items()}
    pages |= {name: _without_hashes(html) for name, html in shell_pages(root).items()}
    expected = SITES / site / "expected"
    if os.environ.get("ACCEPT"):
        _accept(expected, pages)
    differences = list(_differences(_read(expected), pages))
    assert not differences, "\n".join(["run make accept and read the diff", *differences])


def _name(address: str) -> str:
    """salon/index.html and salon/spec/index.html are kept as salon/index.html, salon/spec.html."""
    portal, *below, _ = address.split("/")
    return f"{portal}/{'-'.join(below) or 'index'}.html"


def _without_hashes(html: str) -> str:
    """A page without the hashes of the assets, which change with every rule of a style sheet."""
    return _HASH.sub("", html)


def _read(folder: Path) -> dict[str, str]:
    files = sorted(folder.rglob("*.html"))
    return {str(file.relative_to(folder)): file.read_text("utf-8") for file in files}


def _accept(folder: Path, pages: Mapping[str, str]) -> None:
    """Write the pages, and remove what is no page any more."""
    for name in _read(folder).keys() - pages.keys():
        (folder / name).unlink()
    for name, html in pages.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(html, "utf-8")
    for left in [path for path in folder.iterdir() if path.is_dir() and not any(path.iterdir())]:
        left.rmdir()


def _differences(expected: Mapping[str, str], pages: Mapping[str, str]) -> Iterator[str]:
    for name in sorted(expected.keys() | pages.keys()):
        before, now = expected.get(name), pages.get(name)
        if before is None:
            yield f"{name}: this page is new"
        elif now is None:
            yield f"{name}: this page is gone"
        else:
            shown = _diff(name, before, now)
            yield from shown[:_LINES]
            if len(shown) > _LINES:
                yield f"… and {len(shown) - _LINES} lines more in {name}"


def _diff(name: str, before: str, now: str) -> list[str]:
    names = f"{name} expected", f"{name} now"
    return list(unified_diff(before.splitlines(), now.splitlines(), *names, n=1, lineterm=""))
