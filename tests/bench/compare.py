"""Measures the lock beside other tools', and prints the tables of docs/benchmarks.md.

    python tests/bench/compare.py [--tools FOLDER] [--only sizes]

All in one run, or only what is named. The other tools are installed into FOLDER, which is kept, or
for this run alone. With ACCEPT=1 the tables are written into the document as well.
"""

import argparse
import os
import platform
import re
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import build_times
import file_speed
import sizes
import unlock
from peers import MKDOCS, STATICRYPT, Peers, run
from plain_page import SIZES
from portal import Locker

QUESTIONS = ("sizes", "unlock", "build", "files")
DOCUMENT = Path(__file__).parents[2] / "docs/benchmarks.md"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tools", type=Path, help="where the other tools are, or will be")
    parser.add_argument("--only", action="append", choices=QUESTIONS, help="can be repeated")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        tools = options.tools.absolute() if options.tools else work / "tools"
        load = os.getloadavg()[0]
        tables = _measure(options.only or QUESTIONS, tools, work)
        tables = {"machine": _machine(load, os.getloadavg()[0]), **tables}
    for name, text in tables.items():
        print(f"\n{name}\n\n{text}", end="")
    if os.environ.get("ACCEPT"):
        _write(tables)


def _measure(questions: Sequence[str], tools: Path, work: Path) -> Mapping[str, str]:
    """All tables, by their names in the document."""
    tables: dict[str, str] = {}
    peers, locker = Peers(tools, work / "pages"), Locker()
    peers.install()
    peers.lay_out(SIZES)
    for command in peers.commands().values():
        run(command, peers.work)
    if "sizes" in questions:
        tables |= sizes.measure(locker, peers)
    if "files" in questions:
        tables |= file_speed.measure(work / "files")
    if "build" in questions:
        tables |= build_times.measure(locker, tools, work / "build")
    if "unlock" in questions:
        tables |= unlock.measure(locker, peers)
    return tables


def _machine(*load: float) -> str:
    """What all was measured on; the load is how many processes wanted a processor."""
    browsers = [
        os.environ.get("CHROMIUM", "/usr/bin/chromium"),
        os.environ.get("FIREFOX", "/usr/bin/firefox-esr"),
    ]
    began, ended = (f"{one:.1f}" for one in load)
    versions = [f"Python {platform.python_version()}", f"Node.js {_version('node')}"]
    return (
        f"{os.cpu_count()} processors ({platform.machine()}), load {began} before, {ended} after;\n"
        f"{', '.join([*versions, *map(_version, browsers)])};\n"
        f"{', '.join([STATICRYPT, *MKDOCS])}.\n"
    )


def _version(command: str) -> str:
    ran = subprocess.run([command, "--version"], check=True, capture_output=True, text=True)
    return re.sub(r" built on .*", "", ran.stdout.strip())


def _write(tables: Mapping[str, str]) -> None:
    """Put each table between its two marks in the document."""
    text = DOCUMENT.read_text("utf-8")
    for name, new in tables.items():
        begin, end = f"<!-- {name}: written by make bench-peers -->\n", f"<!-- end of {name} -->"
        before, _, rest = text.partition(begin)
        _, _, after = rest.partition(end)
        if not after:
            raise ValueError(f"{DOCUMENT.name} has no place for the table {name}")
        text = f"{before}{begin}{new}{end}{after}"
    DOCUMENT.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
