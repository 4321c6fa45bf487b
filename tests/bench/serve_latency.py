"""How long it takes from saving a file to seeing it in a browser, with many clients.

    python tests/bench/serve_latency.py [--clients 100] [--saves 30]

The workload is that of cold_build.py, `portalgen serve` a process of its own, the browser Chromium.
A step of one client is saved again and again while the first page of its portal is open.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cold_build import make_workspace, row, yardstick

HERE = Path(__file__).parent
CLIENT = "client-007"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--clients", type=int, default=100)
    arguments.add_argument("--saves", type=int, default=30)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        make_workspace(root, options.clients)
        began = time.perf_counter()
        with subprocess.Popen(serve_command(root), stderr=subprocess.PIPE, text=True) as serving:
            address = read_address(serving)
            ready = time.perf_counter() - began
            saves = measure(root, address, options.saves)
            serving.terminate()
    print(f"{options.clients} clients, {options.saves} saves; Python {sys.version.split()[0]}\n")
    print(f"{'':28}{'min':>9}{'median':>9}{'max':>9}")
    row("saved to seen (ms)", saves)
    row("started to listening (s)", [ready])
    row("yardstick (s)", [yardstick() for _ in range(3)])


def serve_command(root: Path) -> list[str]:
    """What shows a workspace, at any free port."""
    options = ["-w", str(root), "--port", "0", "--today", "2026-11-23"]
    return [sys.executable, "-m", "portalgen", "serve", *options]


def read_address(serving: "subprocess.Popen[str]") -> str:
    assert serving.stderr
    return next(line for line in serving.stderr if "http://" in line).split()[-1]


def measure(root: Path, address: str, saves: int) -> list[float]:
    """Milliseconds of each save."""
    step = next((root / "content" / CLIENT / "steps").glob("*.md"))
    command = ["node", str(HERE / "serve_latency.js"), f"{address}{CLIENT}/", str(step), str(saves)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: list[float] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    main()
