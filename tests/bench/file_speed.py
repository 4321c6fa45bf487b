"""How fast a build locks a large file, and how much memory that takes."""

import hashlib
import os
import statistics
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from cold_build import build_command, make_workspace
from tables import spread, table

RUNS = 5
SMALL, LARGE = 3, 300
"""Sizes of the file, in MB."""
MEGABYTE = 1_000_000

_DELIVERABLE = "---\ntitle: Film\ndelivered: 2026-10-21\nfiles: [files/film.mp4]\n---\n\nLe film.\n"


@dataclass(slots=True)
class _Runs:
    """Seconds of each run, and megabytes of memory where they were taken."""

    seconds: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)


def measure(folder: Path) -> Mapping[str, str]:
    """A table, by its name."""
    films = {size: _write_workspace(folder / f"{size} MB", size) for size in (SMALL, LARGE)}
    builds, hashing = {size: _Runs() for size in films}, _Runs()
    for _ in range(RUNS):
        for size, film in films.items():
            _build(film.parents[3], builds[size])
        _hash(films[LARGE], hashing)
    return {"files": table(["", "seconds", "MB/s", "peak memory, MB"], _rows(builds, hashing))}


def _write_workspace(root: Path, megabytes: int) -> Path:
    """A client with a film of random bytes; returns the film."""
    root.mkdir(parents=True)
    make_workspace(root, 1)
    (client,) = (root / "content").glob("client-*")
    (client / "deliverables/film.md").write_text(_DELIVERABLE, "utf-8")
    film = client / "files/film.mp4"
    film.parent.mkdir()
    with film.open("wb") as file:
        for _ in range(megabytes):
            file.write(os.urandom(MEGABYTE))
    return film


def _build(root: Path, runs: _Runs) -> None:
    """Build in a process of its own. Its memory counts from this process's on, which is smaller."""
    command = build_command(root)
    begin = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    runs.seconds.append(time.perf_counter() - begin)
    runs.memory.append(usage.ru_maxrss * 1024 / MEGABYTE)


def _hash(film: Path, runs: _Runs) -> None:
    begin, digest = time.perf_counter(), hashlib.sha256()
    with film.open("rb") as file:
        for chunk in iter(partial(file.read, MEGABYTE), b""):
            digest.update(chunk)
    runs.seconds.append(time.perf_counter() - begin)


def _rows(builds: Mapping[int, _Runs], hashing: _Runs) -> Iterator[list[str]]:
    for size, runs in builds.items():
        yield [f"build, file of {size} MB", spread(runs.seconds, 2), "", spread(runs.memory)]
    pairs = zip(builds[LARGE].seconds, builds[SMALL].seconds, strict=True)
    more = [large - small for large, small in pairs]
    yield ["what the larger file costs", spread(more, 2), _speeds(LARGE - SMALL, more), ""]
    yield [
        f"yardstick: SHA-256 of {LARGE} MB",
        spread(hashing.seconds, 2),
        _speeds(LARGE, hashing.seconds),
        "",
    ]
    ratio = statistics.median(more) / statistics.median(hashing.seconds)
    yield ["the larger file beside the yardstick", f"{ratio:.1f}", "", ""]


def _speeds(megabytes: int, seconds: list[float]) -> str:
    return spread([megabytes / one for one in seconds])
