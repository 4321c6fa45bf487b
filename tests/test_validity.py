"""Every page is valid HTML and every style sheet valid CSS: the W3C's checker has nothing to say.

It looks at what readers get: all pages of the sample clients in every language, with the dashboard
and the pages that need no passphrase; and at what they get from a client with nothing, and from one
with far too much.
"""

import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from clear import clear_pages, shell_pages, style_sheets
from conftest import Run
from extremes import write_extremes
from sites import ROOT, SAMPLES, make_workspace, speak

from portalgen.language import LANGUAGES

_CHECKER = ROOT / "tests/browser/node_modules/vnu-jar/build/dist/vnu.jar"


_HEAD = "<!doctype html><html lang=en><title>x</title>"

_BROKEN = {
    "broken/page.html": f"{_HEAD}<p id=a><b id=a nonsense>x</b>",
    "broken/sheet.css": "a {color: 3}",
}
_SAID_OF_IT = ("Duplicate ID “a”", "Attribute “nonsense” not allowed", "“color”: “3”")
"""What must be said of files that are wrong: else nothing was checked."""

_PICTURE = re.compile(r"<img(?=[^>]* data-file=)(?![^>]* src=)")


def test_the_checker_finds_nothing(tmp_path: Path, run: Run) -> None:
    documents = tmp_path / "documents"
    for language in LANGUAGES:
        root = make_workspace(SAMPLES, tmp_path / language)
        speak(root, language)
        _write(documents / language, _built(root, run))
    extremes = write_extremes(tmp_path / "extremes")
    _write(documents / "extremes", _built(extremes, run))
    _write(documents, {**style_sheets(extremes), **_BROKEN})
    said = list(_complaints(documents))
    assert len(list(documents.rglob("*.html"))) > 20 * len(LANGUAGES)
    assert [line for line in said if not line.startswith("broken/")] == []
    for expected in _SAID_OF_IT:
        assert expected in "\n".join(said)


def _built(root: Path, run: Run) -> dict[str, str]:
    """Every page that a workspace is built into, by its address."""
    ran = run(root, "build")
    assert ran.code == 0, ran.err
    shell = shell_pages(root)
    return {**clear_pages(root), **shell, "lock-form.html": f"{_HEAD}{shell['lock-form.html']}"}


def _write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_with_sources(text), "utf-8")


def _with_sources(html: str) -> str:
    """A page whose pictures have what its script gives them: an address."""
    return _PICTURE.sub('<img src="data:,"', html)


def _complaints(folder: Path) -> Iterator[str]:
    """What the checker holds against the pages and style sheets in a folder."""
    options = ["--also-check-css", "--no-langdetect", "--errors-only", "--format", "json"]
    java = ["java", "-Xss8m", "-jar", str(_CHECKER), *options, "--exit-zero-always", str(folder)]
    ran = subprocess.run(java, capture_output=True, text=True, check=True)
    for found in json.loads(ran.stderr)["messages"]:
        path = found["url"].partition(f"{folder}/")[2]
        yield f"{path}:{found.get('lastLine', 0)}: {found['message']}"
