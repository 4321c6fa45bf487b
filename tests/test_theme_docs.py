"""docs/themes.md: its lists are complete, and each of its examples builds without a word."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from shutil import copytree

import pytest
from conftest import Run, Workspace
from portals import open_portal
from theme_views import PAGES, TEMPLATES, handed, told

ROOT = Path(__file__).parents[1]
DOC = ROOT / "docs/themes.md"
TEXT = DOC.read_text("utf-8")
ROOMS_OF_VIEWS = ("portalgen.render.", "portalgen.markdown.")
BEGIN, END = "<!-- views: written by make accept -->\n", "<!-- end of views -->\n"
ASSETS = ROOT / "src/portalgen/themes/default/assets"


def test_every_variable_of_the_default_theme_is_described() -> None:
    css = "".join(path.read_text("utf-8") for path in ASSETS.glob("*.css"))
    used = set(re.findall(r"(?<![\w-])(--[a-z][\w-]*)\s*[:,)]", css))
    tables = "\n".join(line for line in TEXT.splitlines() if line.startswith("| `--"))
    described = set(
        re.findall(r"`(--[\w-]+)`", "\n".join(r.split("|")[1] for r in tables.split("\n")))
    )
    assert used - described == set()
    assert described - used == {"--accent", "--on-accent"}


def test_every_view_and_field_is_described() -> None:
    before, _, rest = TEXT.partition(BEGIN)
    _, _, after = rest.partition(END)
    right = f"{before}{BEGIN}{told()}{END}{after}"
    if os.environ.get("ACCEPT"):
        DOC.write_text(right, "utf-8")
    assert DOC.read_text("utf-8") == right


def test_templates_are_handed_nothing_of_the_content_itself() -> None:
    """A record knows all of its client, and more than a template may do."""
    own = [kind.__module__ for kind in handed() if kind.__module__.startswith("portalgen.")]
    assert [room for room in own if not room.startswith(ROOMS_OF_VIEWS)] == []


def test_every_page_that_is_made_is_described() -> None:
    rooms = (ROOT / "src/portalgen/render").glob("*.py")
    made = {name for room in rooms for name in re.findall(r'"([\w-]+\.html)"', room.read_text())}
    assert made == set(PAGES)
    extends = {p.name for p in TEMPLATES.iterdir() if '{% extends "base.html"' in p.read_text()}
    assert extends == set(PAGES)


def _examples() -> Mapping[str, dict[str, str]]:
    """The files of each section, by its title."""
    sections = re.split(r"^## (.+)\n", TEXT, flags=re.MULTILINE)[1:]
    found = {
        title: dict(re.findall(r"```\w+ file=(\S+)\n(.*?)```", text, re.DOTALL))
        for title, text in zip(sections[::2], sections[1::2], strict=True)
    }
    return {title: files for title, files in found.items() if files}


BESIDE: Mapping[str, str | bytes] = {
    "salon/theme/assets/rose.woff2": b"font",
    "salon/theme/assets/petal.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
}
"""What the example of one client's theme names, and is no text to print."""


def _files(example: Mapping[str, str]) -> dict[str, str | bytes | None]:
    files: dict[str, str | bytes | None] = {
        path.removeprefix("content/") if path.startswith("content/") else f"../{path}": text
        for path, text in example.items()
    }
    return {**files, **(BESIDE if "salon/theme/assets/rose.css" in files else {})}


@pytest.mark.parametrize("title", _examples())
def test_every_example_builds(title: str, workspace: Workspace, run: Run) -> None:
    root = workspace(_files(_examples()[title]))
    ran = run(root, "build", "--strict")
    assert (ran.code, ran.err) == (0, "")
    assert open_portal(root / "output/salon")["index"].startswith("<!doctype html>")


def test_the_second_theme_of_an_example_builds_too(workspace: Workspace, run: Run) -> None:
    files = _files(_examples()["A page in another order"])
    root = workspace({**files, "studio.yaml": "name: A\nlanguage: en\ntheme: noon\n"})
    assert run(root, "build", "--strict").code == 0
    pages = open_portal(root / "output/salon")
    assert '<h1 dir="auto">Site vitrine</h1>\n</div>' in pages["index"]
    assert "Everything you receive" in pages["deliverables"]


def test_the_examples_are_there() -> None:
    assert len(_examples()) == 3


def test_the_samples_build_with_the_theme_press(tmp_path: Path, run: Run) -> None:
    for folder in ("content", "themes"):
        copytree(ROOT / folder, tmp_path / folder)
    studio = tmp_path / "content/studio.yaml"
    text = studio.read_text("utf-8")
    studio.write_text(text.replace("theme: default", "theme: press"), "utf-8")
    assert text != studio.read_text("utf-8")
    ran = run(tmp_path, "build", "--today", "2026-11-24")
    assert (ran.code, "themes/" in ran.err) == (0, False)
    assets = {path.name for path in (tmp_path / "output/salon-martin/assets").iterdir()}
    assert any(name.startswith("fonts-display-") for name in assets)
