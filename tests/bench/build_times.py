"""How long a build takes for each page."""

import shutil
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cold_build import build_command, make_workspace, yardstick
from peers import Command, Peers, run
from plain_page import plain_page
from portal import LockedPortal, Locker
from tables import spread, table, whole

RUNS = 5
CLIENTS = 100
PAGES = 50
PAGE_BYTES = 10_000


@dataclass(frozen=True, slots=True)
class _Case:
    """Something to be timed.

    Attributes:
        pages: how many it makes; 0 for what makes none.
        remains: what is removed before each run.
    """

    pages: int
    work: Callable[[], object]
    remains: Sequence[Path] = ()


def measure(locker: Locker, tools: Path, folder: Path) -> Mapping[str, str]:
    """A table, by its name. All cases take turns, so that what else the machine does hits all."""
    cases = {
        **_portalgen(folder / "portalgen"),
        "portalgen, the lock alone": _lock(locker.portal(1)),
        **_peers(Peers(tools, folder / "peers")),
        "yardstick": _Case(0, yardstick),
    }
    rounds = [
        {name: _seconds(case) for name, case in cases.items()}
        for _ in range(RUNS + 1)  # the first round warms the disk up
    ][1:]
    seconds = {name: [one[name] for one in rounds] for name in cases}
    head = ["a build", "pages", "seconds", "ms for a page", "beside portalgen, cold"]
    return {"build": table(head, _rows(cases, seconds))}


def _portalgen(root: Path) -> Mapping[str, _Case]:
    root.mkdir(parents=True)
    make_workspace(root, CLIENTS)
    command = build_command(root)
    run(command, root)
    pages = len([*(root / "output").rglob("index.html")]) - 1  # the front page is none of them

    def build() -> None:
        run(command, root)

    return {
        "portalgen, cold": _Case(pages, build, (root / "output", root / ".portalgen")),
        "portalgen, nothing changed": _Case(pages, build),
    }


def _lock(portal: LockedPortal) -> _Case:
    pages = [plain_page(PAGE_BYTES)] * PAGES
    return _Case(PAGES, lambda: [portal.lock(page) for page in pages])


def _peers(peers: Peers) -> Mapping[str, _Case]:
    peers.lay_out({f"page-{number:02}": PAGE_BYTES for number in range(PAGES)})
    caches = [peers.work / name for name in (".staticrypt.json", "encryptcontent.cache")]
    remains = [*peers.outputs().values(), *caches]
    return {name: _peer(command, peers, remains) for name, command in peers.commands().items()}


def _peer(command: Command, peers: Peers, remains: Sequence[Path]) -> _Case:
    return _Case(PAGES, lambda: run(command, peers.work), remains)


def _seconds(case: _Case) -> float:
    for path in case.remains:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    begin = time.perf_counter()
    case.work()
    return time.perf_counter() - begin


def _rows(
    cases: Mapping[str, _Case], seconds: Mapping[str, Sequence[float]]
) -> Iterator[list[str]]:
    cold = "portalgen, cold"
    for name, case in cases.items():
        cells = ["", "", ""]
        if case.pages:
            ms = [1000 * one / case.pages for one in seconds[name]]
            base = statistics.median(seconds[cold]) / cases[cold].pages
            ratio = statistics.median(ms) / 1000 / base
            cells = [whole(case.pages), spread(ms, 1), f"{ratio:.2f}"]
        yield [name, cells[0], spread(seconds[name], 2), *cells[1:]]
