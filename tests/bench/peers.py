"""The tools beside which portalgen is measured, each with its own defaults.

Both are installed into a folder outside this tree. mkdocs gets a theme that adds nothing, so that
without its plugin it builds the very page that the others are handed.
"""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from plain_page import HEAD, TAIL, body, plain_page

STATICRYPT = "staticrypt@3.5.4"
MKDOCS = ("mkdocs==1.6.1", "mkdocs-encryptcontent-plugin==3.1.0")
PEERS = ("staticrypt", "mkdocs-encryptcontent")
PASSPHRASE = "departed-twig-decline-flock-figurine-femur"
"""What opens every page of the benchmark, of all tools."""

_NPM = ("npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix")
_SITE = "site_name: Bench\ntheme: {name: null, custom_dir: theme}\nplugins: [%s]\n"
_PLUGIN = f"encryptcontent: {{global_password: {PASSPHRASE}}}"

Command = Sequence[str | Path]
"""A program and its arguments."""


@dataclass(frozen=True, slots=True)
class Peers:
    """Both tools over the same pages.

    Attributes:
        tools: the folder that they are installed in.
        work: the folder of the pages, which stand at NAME/index.html of each output.
    """

    tools: Path
    work: Path

    def plain(self) -> Path:
        """The pages as they are handed to staticrypt."""
        return self.work / "plain"

    def outputs(self) -> Mapping[str, Path]:
        """Where the pages go, by what made them."""
        return {
            "staticrypt": self.work / "staticrypt/plain",
            "mkdocs-encryptcontent": self.work / "mkdocs-encryptcontent",
            "mkdocs alone": self.work / "mkdocs alone",
        }

    def commands(self) -> Mapping[str, Command]:
        """What makes all pages, by the same names; to be run in `work`."""
        pages = ("plain", "--recursive", "--directory", "staticrypt")
        return {
            "staticrypt": (self._staticrypt(), *pages, "--password", PASSPHRASE),
            "mkdocs-encryptcontent": self._mkdocs("locked.yml", "mkdocs-encryptcontent"),
            "mkdocs alone": self._mkdocs("plain.yml", "mkdocs alone"),
        }

    def install(self) -> None:
        """Install what is missing, at the pinned versions."""
        self.tools.mkdir(parents=True, exist_ok=True)
        if not self._staticrypt().exists():
            run([*_NPM, self.tools, STATICRYPT], self.tools)
        python = self.tools / "python"
        if not (python / "bin/mkdocs").exists():
            run([sys.executable, "-m", "venv", python], self.tools)
            run([python / "bin/pip", "install", "--quiet", *MKDOCS], self.tools)

    def lay_out(self, sizes: Mapping[str, int]) -> None:
        """Write pages of those sizes (in bytes), by their names."""
        for name, size in sizes.items():
            _write(self.plain() / name / "index.html", plain_page(size).decode())
            _write(self.work / "docs" / f"{name}.md", f"{body(size)}</p>\n")
        template = f"{HEAD}{{{{ page.content }}}}{TAIL.removeprefix('</p>')}"
        _write(self.work / "theme/main.html", template)
        _write(self.work / "plain.yml", _SITE % "")
        _write(self.work / "locked.yml", _SITE % _PLUGIN)

    def _staticrypt(self) -> Path:
        return self.tools / "node_modules/.bin/staticrypt"

    def _mkdocs(self, config: str, output: str) -> Command:
        mkdocs = self.tools / "python/bin/mkdocs"
        return (mkdocs, "build", "--quiet", "--config-file", config, "--site-dir", output)


def run(command: Command, folder: Path) -> None:
    """Run a command in a folder. Raises CalledProcessError."""
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "ascii")
