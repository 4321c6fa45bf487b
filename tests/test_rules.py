"""docs/rules/ has a page for every rule about what is said; its examples are true to the word."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import FIXTURES, SMALLEST, Run, Workspace

ROOT = Path(__file__).parents[1]
PAGES = sorted(path for path in (ROOT / "docs/rules").glob("*.md") if path.stem != "README")
MODULES = ("inner_links", "lateness", "outdated", "pictures", "thanks", "tracing", "wording")

BAKERY: Mapping[str, str | None] = {
    **dict.fromkeys(path for path in SMALLEST if path.startswith("salon/")),
    "studio.yaml": "name: Atelier Lumen\nlanguage: en\n",
    "bakery/client.yaml": (
        "name: Quay Bakery\n"
        "contacts: [{id: anna, name: Anna Moss}]\n"
        "project: {title: A site with the bread of the day}\n"
    ),
    "bakery/spec.md": "- R1: The bread of the day is on the first page.\n",
    "bakery/files/oven.png": "a picture",
    "bakery/access.yaml": (FIXTURES / "client-access.yaml")
    .read_text("utf-8")
    .replace("claire", "anna"),
}
_FILE = re.compile(r"^`content/([^`\n]+)`\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SAYS = re.compile(r"^```\n(content/.*?)^```$", re.MULTILINE | re.DOTALL)
_COUNTS = re.compile(r"^(?:nothing to mend|\d+ (?:warning|note)).*\n\Z", re.MULTILINE)
_SILENCED = re.compile(r"^```yaml\n(silenced:\n.*?)^```$", re.MULTILINE | re.DOTALL)


def test_every_rule_has_its_page_and_stands_in_both_lists() -> None:
    sources = (ROOT / f"src/portalgen/check/{name}.py" for name in MODULES)
    text = "".join(path.read_text("utf-8") for path in sources)
    rules = set(re.findall(r'(?:warning|note)\(\s*"([a-z-]+)"', text))
    assert {path.stem for path in PAGES} == rules
    for listed in ("docs/rules/README.md", "docs/problems.md"):
        links = set(
            re.findall(r"\]\((?:rules/)?([a-z-]+)\.md\)", (ROOT / listed).read_text("utf-8"))
        )
        assert rules <= links, listed


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_example_of_a_page_gives_the_message_shown(
    page: Path, workspace: Workspace, run: Run
) -> None:
    text = page.read_text("utf-8")
    bad, _ = text.split("\n## Instead\n")
    said = _COUNTS.sub("", run(workspace({**BAKERY, **files_in(bad)}), "check").err)
    if os.environ.get("ACCEPT"):
        page.write_text(text.replace(_SAYS.findall(bad)[0], said, 1), "utf-8")
        return
    assert [said] == _SAYS.findall(bad)
    assert f"[{page.stem}]" in said
    assert text.startswith(f"# `{page.stem}`\n")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_a_page_proposes_instead_is_all_right(
    page: Path, workspace: Workspace, run: Run
) -> None:
    _, good = page.read_text("utf-8").split("\n## Instead\n")
    root = workspace({**BAKERY, **files_in(good)})
    assert run(root, "check", "--strict").err == "nothing to mend\n"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_says_how_to_silence_its_rule(page: Path, workspace: Workspace, run: Run) -> None:
    bad, _ = page.read_text("utf-8").split("\n## Instead\n")
    silenced = _SILENCED.findall(page.read_text("utf-8"))
    studio = f"{BAKERY['studio.yaml']}{silenced[0]}"
    root = workspace({**BAKERY, **files_in(bad), "studio.yaml": studio})
    assert re.fullmatch(r"nothing to mend \(\d silenced\)\n", run(root, "check").err)


def files_in(part: str) -> Mapping[str, str]:
    """The files that a part of a page shows, by their path from content/."""
    return dict(_FILE.findall(part))
