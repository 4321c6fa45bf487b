"""The sites whose every page is compared with what is expected: tests/sites/."""

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from conftest import FIXTURES
from copies import access_of_another

from portalgen.language import LANGUAGES

ROOT = Path(__file__).parents[1]
SITES = Path(__file__).parent / "sites"

SAMPLES = "samples"
_EACH_LANGUAGE = "client"
_ACCESS = (FIXTURES / "client-access.yaml").read_bytes()


def make_workspace(site: str, root: Path) -> Path:
    """Copy the content of a site into a new workspace.

    `samples` is content/ itself. A client's folder without access.yaml gets one. The client of
    `languages` is copied for each language.
    """
    source = ROOT if site == SAMPLES else SITES / site
    content = root / "content"
    shutil.copytree(source / "content", content)
    if site == "languages":
        _for_each_language(content / _EACH_LANGUAGE, LANGUAGES)
    for client in sorted(path for path in content.iterdir() if path.is_dir()):
        access = client / "access.yaml"
        if not access.exists():
            access.write_bytes(access_of_another(client.name, _ACCESS))
    return root


def _for_each_language(client: Path, languages: Sequence[str]) -> None:
    """Give each language a client of its own, and its invoice a number of its own."""
    for position, language in enumerate(sorted(languages), 1):
        copy = client.with_name(f"in-{language}")
        shutil.copytree(client, copy)
        replace_in(copy / "client.yaml", "LANGUAGE", language)
        replace_in(copy / "invoice.yaml", "NUMBER", f"2026-{position:03}")
    shutil.rmtree(client)


def replace_in(file: Path, old: str, new: str) -> None:
    """Replace a text that stands in a file."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def speak(root: Path, language: str) -> None:
    """Let everybody of a workspace speak one language: the studio, and all clients."""
    content = root / "content"
    for file in (content / "studio.yaml", *sorted(content.glob("*/client.yaml"))):
        text = re.sub(r"^language: .*\n", "", file.read_text("utf-8"), flags=re.MULTILINE)
        file.write_text(f"language: {language}\n{text}", "utf-8")
