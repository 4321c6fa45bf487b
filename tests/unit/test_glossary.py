"""The terms of a portal: explained where a page has them first, and listed on their page."""

import re
from pathlib import Path

import pytest

from portalgen.glossary import terms_of, unused_terms
from portalgen.model.folder import Folder
from portalgen.model.portal import Portal, Workspace
from portalgen.parse import parse_client, parse_studio
from portalgen.problem import Source
from portalgen.render import render_portal
from portalgen.theme import Theme, load_theme

GLOSSARY = """\
maquette: Le dessin <d’une> page.
avenant: Ce qui change.
Étape: Un bout du chemin.
DNS: L’annuaire.
kiln: What bakes pots.
"""
FILES = {
    "client.yaml": "name: N\nlanguage: fr\nproject: {title: T}\n",
    "spec.md": "- R1: une maquette\n- R2 : un avenant, une maquette\n",
    "steps.yaml": """\
- {id: a, title: Une maquette, started: 2026-10-01, finished: 2026-10-02, text: Une maquette.}
- {id: b, title: B, started: 2026-10-03, text: "Étape `DNS`, [DNS](https://example.org)"}
- {id: c, title: C, internal: yes, text: Le kiln.}
""",
    "corrections.yaml": """\
- {id: C1, on: 2026-10-03, done: 2026-10-04, text: La maquette, reply: "Un *avenant*\\n& voilà"}
- {id: C2, on: 2026-10-05, text: Ma maquette}
""",
}


def _folder(path: str, files: dict[str, str]) -> Folder:
    texts = {name: Source(f"{path}/{name}", text) for name, text in files.items()}
    nothing: frozenset[str] = frozenset()
    return Folder(path=path, texts=texts, files={}, unreadable=nothing, outside=nothing)


def _workspace(glossary: str = GLOSSARY) -> Workspace:
    files = {"studio.yaml": "name: S\nlanguage: fr\n", "glossary.yaml": glossary}
    workspace, problems = parse_studio(_folder("content", files))
    assert problems == []
    return workspace


def _portal(files: dict[str, str]) -> Portal:
    portal, problems = parse_client(_folder("content/x", files))
    assert problems == []
    return portal


@pytest.fixture(scope="module")
def theme(tmp_path_factory: pytest.TempPathFactory) -> Theme:
    theme, problems = load_theme("default", Path(tmp_path_factory.mktemp("workspace")))
    assert theme is not None
    assert problems == []
    return theme


def _pages(theme: Theme, glossary: str = GLOSSARY) -> dict[str, str]:
    made = render_portal(_portal(FILES), _workspace(glossary), theme, ())
    return {page.name: page.html for page in made}


def _marked(html: str) -> list[str]:
    return re.findall(r'class="term" popovertarget="[^"]*">([^<]*)<', html)


def test_each_page_explains_each_term_where_it_shows_it_first(theme: Theme) -> None:
    pages = _pages(theme)
    assert _marked(pages["spec"]) == ["maquette", "avenant"]
    assert sorted(_marked(pages["index"])) == ["maquette", "Étape"]
    assert _marked(pages["deliverables"]) == []
    for html in pages.values():
        assert html.count('class="term"') == html.count('class="term-says"')


def test_the_first_place_is_that_of_the_page_and_not_of_the_folder(theme: Theme) -> None:
    html = _pages(theme)["corrections"]
    assert _marked(html) == ["maquette", "avenant"]
    newest, oldest = html.index("Ma <button"), html.index("La maquette")
    assert newest < oldest


def test_an_answer_is_text_with_its_terms(theme: Theme) -> None:
    html = _pages(theme)["corrections"]
    assert re.search(
        r'Un <span class="term-held">\*<button.*?>avenant</button><span.*?</span>\*</span>\n', html
    )


def test_the_page_of_the_terms_has_those_of_this_portal(theme: Theme) -> None:
    pages = _pages(theme)
    shown = re.findall(r"<dt[^>]*>(.*?)</dt><dd[^>]*>(.*?)</dd>", pages["glossary"])
    assert shown == [
        ("avenant", "Ce qui change."),
        ("Étape", "Un bout du chemin."),
        ("maquette", "Le dessin &lt;d’une&gt; page."),
    ]
    assert all(re.search(r'href="[./]*glossary/index.html"', html) for html in pages.values())
    assert not any("pots" in html or "annuaire" in html for html in pages.values())


@pytest.mark.parametrize("glossary", ["", "kiln: What bakes pots.\n"])
def test_without_terms_there_is_no_such_page(theme: Theme, glossary: str) -> None:
    pages = _pages(theme, glossary)
    assert "glossary" not in pages
    assert not any("glossary/" in html or 'class="term' in html for html in pages.values())


def test_what_is_only_internal_or_code_is_no_use_of_a_term() -> None:
    workspace = _workspace()
    used = terms_of(_portal(FILES), workspace)
    assert used == {"maquette", "avenant", "Étape"}
    unused = [problem.message for problem in unused_terms(workspace, [used])]
    assert unused == ['no text uses the term "DNS"', 'no text uses the term "kiln"']
    assert list(unused_terms(workspace, [used, frozenset({"DNS", "kiln"})])) == []
