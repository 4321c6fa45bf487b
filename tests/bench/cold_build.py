"""Time and memory of a cold build of many clients, as a table.

    python tests/bench/cold_build.py [--clients 100] [--runs 5]

Each client has five pages and 28 kB of text: a specification, steps, deliverables, updates and
an approved invoice. Each build is a process of its own, started on an empty output. The same
machine times itself on a fixed piece of work (PBKDF2) in the same run, so that figures of two
machines, or two days, can be compared by their ratio.
"""

import argparse
import hashlib
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1]))

from conftest import LAWFUL_CLIENT, SMALLEST
from copies import FIXTURES, access_of_another

BYTES_OF_TEXT = 28_000
WORDS = (
    "le",
    "la",
    "les",
    "un",
    "une",
    "des",
    "nous",
    "vous",
    "votre",
    "site",
    "page",
    "client",
    "travail",
    "photo",
    "texte",
    "couleur",
    "étape",
    "livrable",
    "semaine",
    "rendez-vous",
    "téléphone",
    "visiteur",
    "message",
    "menu",
    "carte",
    "prix",
    "horaires",
    "accès",
    "maquette",
    "version",
    "correction",
    "accord",
    "facture",
    "merci",
    "simple",
    "clair",
    "rapide",
    "prochain",
    "essai",
)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--clients", type=int, default=100)
    arguments.add_argument("--runs", type=int, default=5)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        size = make_workspace(root, options.clients)
        runs = [cold_build(root) for _ in range(options.runs + 1)][1:]
    report(options.clients, size, runs)


def make_workspace(root: Path, clients: int) -> int:
    """Write the workload, the same at every run; returns its bytes of text."""
    content = root / "content"
    content.mkdir()
    (content / "studio.yaml").write_text(SMALLEST["studio.yaml"], "utf-8")
    for number in range(clients):
        make_client(content / f"client-{number:03}", random.Random(number), number)
    texts = [path for path in content.rglob("*") if path.suffix in (".md", ".yaml")]
    return sum(path.stat().st_size for path in texts if path.name != "access.yaml")


def make_client(folder: Path, source: random.Random, number: int) -> None:
    def prose(length: int) -> str:
        sentences: list[str] = []
        while sum(len(sentence) for sentence in sentences) < length:
            words = source.choices(WORDS, k=source.randint(6, 14))
            sentences.append(" ".join(words).capitalize() + ".")
        paragraphs = [" ".join(sentences[i : i + 4]) for i in range(0, len(sentences), 4)]
        return "\n\n".join(paragraphs)

    part = BYTES_OF_TEXT // 28
    requirements = "\n".join(f"- **R{n} :** {prose(part // 3)}" for n in range(1, 9))
    agreed = "agreed: {by: claire, on: 2026-09-01, via: courriel}"
    write(folder / "spec.md", f"---\n{agreed}\n---\n\n{prose(part * 4)}\n\n{requirements}\n")
    contacts = "contacts: [{id: claire, name: Claire Martin}]"
    project = "project: {title: Site vitrine, started: 2026-09-01}"
    write(folder / "client.yaml", f"name: Client {number}\n{contacts}\n{project}\n{LAWFUL_CLIENT}")
    access = access_of_another(folder.name, (FIXTURES / "client-access.yaml").read_bytes())
    write(folder / "access.yaml", access.decode())
    for n in range(1, 11):
        keys = f"title: Étape {n}\nfinished: 2026-10-{n:02}\ncovers: [R{n % 8 + 1}]"
        write(folder / f"steps/{n:02}-etape-{n}.md", f"---\n{keys}\n---\n\n{prose(part)}\n")
    for n in range(1, 6):
        keys = f"title: Livrable {n}\ndelivered: 2026-10-2{n}"
        write(folder / f"deliverables/livrable-{n}.md", f"---\n{keys}\n---\n\n{prose(part)}\n")
    for n in range(1, 6):
        head = f"---\ntitle: Nouvelles {n}\nby: Nadia\n---\n"
        write(folder / f"updates/2026-10-{n:02}-nouvelles-{n}.md", f"{head}\n{prose(part)}\n")
    lines = "\n".join(
        f"- {{text: Ligne {n}, quantity: 2.5, price: 120.40, vat: 20}}" for n in range(8)
    )
    numbered = f"approval: 2026-11-02\nnumber: 2026-{number + 1:03}\nissued: 2026-11-03"
    write(folder / "invoice.yaml", f"{numbered}\nthanks: Merci\nlines:\n{lines}\n")


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def cold_build(root: Path) -> dict[str, float]:
    """Build once in a new process, on an empty output."""
    shutil.rmtree(root / "output", ignore_errors=True)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.perf_counter()
    subprocess.run(build_command(root), check=True, capture_output=True)
    wall = time.perf_counter() - begin
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    pages = len(list((root / "output").rglob("index.html"))) - 1
    return {
        "wall": wall,
        "cpu": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        "memory": after.ru_maxrss / 1024,
        "pages": pages,
        "yardstick": yardstick(),
    }


def build_command(root: Path) -> list[str]:
    """What builds a workspace, always on the same day."""
    return [sys.executable, "-m", "portalgen", "build", "-w", str(root), "--today", "2026-11-23"]


def yardstick() -> float:
    """Seconds for 600,000 rounds of PBKDF2-HMAC-SHA512: the speed of one processor now."""
    begin = time.perf_counter()
    hashlib.pbkdf2_hmac("sha512", b"portalgen", b"yardstick", 600_000)
    return time.perf_counter() - begin


def report(clients: int, size: int, runs: list[dict[str, float]]) -> None:
    pages = int(runs[0]["pages"])
    print(f"cold build of {clients} clients, {pages} pages, {size / 1000 / clients:.1f} kB of text")
    print(f"each; {os.cpu_count()} processors, Python {sys.version.split()[0]}, {len(runs)} runs\n")
    print(f"{'':28}{'min':>9}{'median':>9}{'max':>9}")
    for name, unit in (("wall", "s"), ("cpu", "s"), ("memory", "MiB"), ("yardstick", "s")):
        row(f"{name} ({unit})", [run[name] for run in runs])
    row("wall / yardstick", [run["wall"] / run["yardstick"] for run in runs])
    row("wall per page (ms)", [run["wall"] * 1000 / pages for run in runs])


def row(name: str, values: list[float]) -> None:
    figures = (min(values), statistics.median(values), max(values))
    print(f"{name:28}" + "".join(f"{figure:9.2f}" for figure in figures))


if __name__ == "__main__":
    main()
