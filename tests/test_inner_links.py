"""Links from one text of a portal to another lead where its client finds what they mean."""

import posixpath
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from clear import clear_pages
from conftest import Run, Workspace

FILES = {
    "salon/steps/01-plan.md": "---\ntitle: Le plan\nstarted: 2026-11-02\n---\n\n{link}\n",
    "salon/steps/02-dedans.md": "---\ntitle: Chez nous\ninternal: yes\n---\n\nRien.\n",
    "salon/deliverables/01-site.md": "---\ntitle: Le site\n---\n\nIl vient.\n",
    "salon/corrections/C1.md": "---\non: 2026-11-03\nabout: site\n---\n\nPlus grand.\n",
    "salon/amendments/A1.md": "---\ntitle: Un plan\n---\n\n- R3: Un plan de plus\n",
    "salon/updates/2026-11-04-mot.md": "---\ntitle: Un mot\n---\n\nBonjour.\n",
}


def linked(workspace: Workspace, run: Run, link: str) -> tuple[Path, str]:
    """A portal with a link in its first step, and what its build says."""
    root = workspace({path: text.format(link=link) for path, text in FILES.items()})
    return root, run(root, "build").err


def target_in(pages: Mapping[str, str], page: str, words: str) -> str:
    """What the link of those words leads to: the text of the element there."""
    found = re.search(rf'<a href="([^"]*)">{words}</a>', pages[page])
    assert found is not None
    path, _, anchor = found[1].partition("#")
    html = pages[
        posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page
    ]
    if not anchor:
        return html
    _, begin, rest = html.partition(f' id="{anchor}"')
    assert begin
    return rest[: rest.index("</li>") if "</li>" in rest else 400]


@pytest.mark.parametrize(
    ("target", "shows"),
    [
        ("#R2", "Les tarifs y sont"),
        ("#r3", "Un plan de plus"),
        ("../spec.md", "Les tarifs y sont"),
        ("spec.md#R2", "Les tarifs y sont"),
        ("../deliverables/01-site.md", "Le site"),
        ("#site", "Le site"),
        ("#C1", "Plus grand"),
        ("corrections/C1.md", "Plus grand"),
        ("../amendments/A1.md", "Un plan"),
        ("../updates/2026-11-04-mot.md", "Un mot"),
        ("#plan", "Le plan"),
    ],
)
def test_a_link_leads_to_what_it_names(
    workspace: Workspace, run: Run, target: str, shows: str
) -> None:
    root, said = linked(workspace, run, f"[le voici]({target})")
    assert "link-to-nothing" not in said
    assert "file-not-found" not in said
    assert shows in target_in(clear_pages(root), "salon/index.html", "le voici")


@pytest.mark.parametrize(
    "target", ["#R9", "#dedans", "#nulle-part", "02-dedans.md", "../spec.md#R9", '#R1"onclick="x']
)
def test_a_link_to_nothing_is_told_and_only_its_words_are_shown(
    workspace: Workspace, run: Run, target: str
) -> None:
    root, said = linked(workspace, run, f"[le voici]({target})")
    assert f"warning[link-to-nothing]: {target} leads to nothing that the client can see" in said
    pages = clear_pages(root)
    assert '<p><span class="file">le voici</span></p>' in pages["salon/index.html"]
    assert not [page for page, html in pages.items() if "dedans" in html or "Chez nous" in html]


@pytest.mark.parametrize("target", ["../../salon-2/spec.md", "../client.yaml"])
def test_what_is_no_text_of_the_client_is_no_place_to_lead_to(
    workspace: Workspace, run: Run, target: str
) -> None:
    _, said = linked(workspace, run, f"[le voici]({target})")
    assert re.search(r"error\[file-(?:not-found|outside)\]", said)
