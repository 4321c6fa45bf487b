"""How long a reader waits for a page: the browsers' part is in unlock.js."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median

from peers import PASSPHRASE, PEERS, Peers
from plain_page import SIZES, plain_page
from portal import Locker
from tables import spread, table, whole

RUNS = 7
_OLD_PHONE = 6
"""As in unlock.js."""
_SCRIPT = Path(__file__).with_name("unlock.js")

Page = Mapping[str, Mapping[str, list[float]]]
"""What was measured of a page, in milliseconds: case, figure, every run."""
Found = Mapping[str, Mapping[str, Page]]
"""What unlock.js prints: tool, name of the page, page."""


def measure(locker: Locker, peers: Peers) -> Mapping[str, str]:
    """Tables by their names."""
    sites = {name: peers.outputs()[name] for name in PEERS}
    sites["portalgen"] = peers.work / "portalgen"
    _write_portal(sites["portalgen"], locker)
    for site in sites.values():
        _prepare(site, locker.asset("theme-*.css"))
    chromium = _run("chromium", {name: sites[name] for name in ("portalgen", *PEERS)})
    firefox = _run("firefox", {"portalgen": sites["portalgen"]})
    found = [("Chromium", chromium), ("Firefox", firefox)]
    columns = [*_each("Enter to visible, {}"), *_each("remembered, {}")]
    slow = [*_each("6 times slower, {}"), *_each("and 6 times the KDF, {}")]
    return {
        "waiting": table(["ms", "Enter to key", *columns], _rows(found)),
        "after-the-kdf": table(["ms", *_each("after the KDF, {}"), *slow], _rows_after(found)),
    }


def _write_portal(folder: Path, locker: Locker) -> None:
    """A site with each page as the first page of a portal, for one person."""
    for name, size in SIZES.items():
        portal = folder / name
        page = locker.portal(1).lock(plain_page(size))
        for path, content in {**locker.shell.assets, "index.html": page}.items():
            file = portal / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        shutil.copy(portal / "_headers", folder)


def _prepare(site: Path, theme: bytes) -> None:
    """Give a site the style sheet that its pages ask for, and no headers if it brings none."""
    for name in SIZES:
        (site / name / "theme.css").write_bytes(theme)
    headers = site / "_headers"
    if not headers.exists():
        headers.write_text("/*\n", "ascii")


def _run(browser: str, sites: Mapping[str, Path]) -> Found:
    pages = [f"{tool}={site / size}" for tool, site in sites.items() for size in SIZES]
    command = ["node", str(_SCRIPT), PASSPHRASE, str(RUNS), *pages]
    environment = {**os.environ, "BROWSER": browser}
    ran = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment)
    found: Found = json.loads(ran.stdout)
    return found


def _each(text: str) -> list[str]:
    return [text.format(size) for size in SIZES]


def _named(found: Sequence[tuple[str, Found]]) -> Iterator[tuple[str, list[Page]]]:
    """What was found of each tool, for each page."""
    for browser, tools in found:
        for tool, pages in tools.items():
            yield f"{tool}, {browser}", [pages[size] for size in SIZES]


def _rows(found: Sequence[tuple[str, Found]]) -> Iterator[list[str]]:
    for name, pages in _named(found):
        derived = [ms for page in pages for ms in page["typed"]["derived"]]
        shown = [page[case]["shown"] for case in ("typed", "remembered") for page in pages]
        yield [name, *map(spread, [derived, *shown])]


def _rows_after(found: Sequence[tuple[str, Found]]) -> Iterator[list[str]]:
    for name, pages in _named(found):
        after = [spread(page["typed"]["after"]) for page in pages]
        slow = [spread(page["slow"]["after"]) if "slow" in page else "" for page in pages]
        both = [whole(_reckoned(page)) if "slow" in page else "" for page in pages]
        yield [name, *after, *slow, *both]


def _reckoned(page: Page) -> float:
    """The browser slows a page down and not its KDF, so that is multiplied."""
    return median(page["slow"]["after"]) + _OLD_PHONE * median(page["typed"]["derived"])
