"""What is installed is whole: a wheel holds every file, and makes a workspace that it builds."""

import os
import re
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from portals import open_portal

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src/portalgen"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without the network and unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"]
    alone = ["--no-deps", "--no-index", "--no-build-isolation"]
    subprocess.run([*command, *alone, "--wheel-dir", str(folder), str(ROOT)], check=True)
    (wheel,) = folder.glob("portalgen-*.whl")
    with ZipFile(wheel) as file:
        file.extractall(folder / "site")
    return folder / "site"


def test_a_wheel_holds_every_file(installed: Path) -> None:
    ours = {path.relative_to(PACKAGE) for path in PACKAGE.rglob("*") if path.is_file()}
    theirs = {
        path.relative_to(installed / "portalgen") for path in installed.rglob("portalgen/**/*")
    }
    assert {path for path in ours - theirs if "__pycache__" not in path.parts} == set()


def test_a_wheel_makes_a_workspace_and_builds_it(installed: Path, tmp_path: Path) -> None:
    def run(*words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "portalgen", *words],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(installed), "LANG": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=True,
        )

    where = "import portalgen; print(portalgen.__file__)"
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    found = subprocess.run(
        [sys.executable, "-c", where], env=environment, capture_output=True, check=True
    )
    assert Path(found.stdout.decode().strip()).is_relative_to(installed)
    made = run(
        "init", ".", "--demo", "--language", "fr", "--host", "netlify", "--today", "2026-11-23"
    )
    for command in ("check --strict", "build --strict", "verify"):
        run(*command.split(), *(["--today", "2026-11-23"] if command != "verify" else []))
    passphrase = re.findall(r"opens it with:\n  (\S+)\n", made.stderr)[0]
    pages = open_portal(tmp_path / "output/librairie-l-encrier-bleu", passphrase)
    assert "Bonjour Madame Marchais" in pages["index"]
