"""What one client's folder changes in the theme shows on that portal alone, and only unlocked."""

import re
from pathlib import Path
from urllib.parse import unquote

from conftest import SMALLEST, Run, Workspace
from portals import open_portal
from test_canary import decoded, leaks, readable

from portalgen.model.theme import PUBLIC_TEMPLATES

CSS = """\
:root { --ground: #fff4f4; }
@media (prefers-color-scheme: dark) { :root { --ground: #200c0c; } }
@font-face { font-family: wxkpnl; src: url(vrkbkp.woff2) }
.hero .kvmzpd { background: url("petals/qzbrxt.svg") }
"""
TOKENS = {
    "selector": ("kvmzpd",),
    "colour": ("fff4f4", "200c0c"),
    "font": ("wxkpnl", "vrkbkp"),
    "picture": ("qzbrxt", "gvtkxr"),
    "template": ("hjmwkc",),
}
THEME = {
    "salon/theme/assets/rose.css": CSS,
    "salon/theme/assets/petals/qzbrxt.svg": (
        "<svg xmlns='http://www.w3.org/2000/svg'><g id='gvtkxr'/></svg>"
    ),
    "salon/theme/assets/vrkbkp.woff2": b"font",
    "salon/theme/templates/journal.html": (
        '{% extends "parent/journal.html" %}{% block content %}hjmwkc {{ super() }}{% endblock %}'
    ),
}
OTHER = {path.replace("salon/", "bakery/"): text for path, text in SMALLEST.items() if "/" in path}


def _rules(page: str) -> str:
    """The style sheet that a page carries."""
    found = re.search(r'href="data:text/css,([^"]*)"', page)
    return unquote(found[1]) if found else ""


def test_it_changes_that_portal_alone(workspace: Workspace, run: Run) -> None:
    root = workspace({**OTHER, **THEME})
    ran = run(root, "build", "--strict")
    assert ran.code == 0, ran.err
    pages = open_portal(root / "output/salon")
    assert "hjmwkc" in pages["journal"]
    assert all("hjmwkc" not in html for name, html in pages.items() if name != "journal")
    for page in pages.values():
        rules = _rules(page)
        assert ".hero .kvmzpd{background: url(data:image/svg+xml;base64,PHN2ZyB4bWxucz0n" in rules
        assert "src: url(data:font/woff2;base64,Zm9udA==)}" in rules
    others = open_portal(root / "output/bakery")
    assert all("hjmwkc" not in html and _rules(html) == "" for html in others.values())


def test_nothing_of_it_can_be_read_before(workspace: Workspace, run: Run) -> None:
    root = workspace({**OTHER, **THEME})
    assert run(root, "build").code == 0
    assert leaks(TOKENS, readable(root / "output")) == []
    assert run(root, "verify").code == 0
    shown = {name: unquote(page) for name, page in open_portal(root / "output/salon").items()}
    assert leaks(TOKENS, decoded(shown)) == list(TOKENS)
    both = [
        {p.name for p in (root / f"output/{name}/assets").iterdir()} for name in ("salon", "bakery")
    ]
    assert both[0] == both[1]


def test_its_colours_count_where_the_accent_is_made_readable(
    workspace: Workspace, run: Run
) -> None:
    client = SMALLEST["salon/client.yaml"] + 'look: {accent: "#ffe14d"}\n'
    plain = workspace({"salon/client.yaml": client})
    assert run(plain, "build").code == 0
    before = re.search(
        r"--accent-on-light:(#\w+)", _rules(open_portal(plain / "output/salon")["spec"])
    )
    dark = "@media (prefers-color-scheme: dark) { :root { --ground: #111; } }"
    css = f":root {{ --ground: #d0c090; }}\n{dark}"
    changed = workspace({"salon/client.yaml": client, "salon/theme/assets/own.css": css})
    assert run(changed, "build").code == 0
    after = re.search(
        r"--accent-on-light:(#\w+)", _rules(open_portal(changed / "output/salon")["spec"])
    )
    assert before is not None
    assert after is not None
    assert int(after[1][1:3], 16) < int(before[1][1:3], 16)


def test_a_mistake_in_it_holds_back_no_other(workspace: Workspace, run: Run) -> None:
    root = workspace({**OTHER, "salon/theme/templates/journal.html": "{{ view.nothing_like_it }}"})
    ran = run(root, "build")
    assert ran.code == 1
    assert "content/salon/theme/templates/journal.html:1:1: error[template-error]" in ran.err
    assert (root / "output/bakery/index.html").exists()
    assert not (root / "output/salon").exists()


def test_what_anyone_can_read_is_the_same_for_all(workspace: Workspace, run: Run) -> None:
    for name in PUBLIC_TEMPLATES:
        root = workspace({f"salon/theme/templates/{name}": "Salon Martin"})
        ran = run(root, "build")
        assert (ran.code, "error[public-template]" in ran.err) == (1, True)
        (root / f"content/salon/theme/templates/{name}").unlink()


def test_a_picture_that_pages_cannot_carry(workspace: Workspace, run: Run) -> None:
    css = "p { background: url(sky.png) }"
    large = workspace(
        {"salon/theme/assets/sky.png": bytes(257 * 1024), "salon/theme/assets/a.css": css}
    )
    ran = run(large, "check")
    assert (
        "salon/theme/assets/sky.png: error[asset-too-large]: this file is larger than 256 KiB"
        in ran.err
    )
    heavy = workspace({"salon/theme/assets/sky.png": bytes(60 * 1024)})
    ran = run(heavy, "check")
    assert ran.code == 0
    assert "warning[heavy-theme]: these styles add 80 kB to every page of this client" in ran.err


def test_a_link_brings_nothing_from_outside(workspace: Workspace, run: Run, tmp_path: Path) -> None:
    root = workspace({"salon/theme/assets/a.css": "p { background: url(id_rsa.png) }"})
    (tmp_path / "id_rsa").write_text("secret")
    (root / "content/salon/theme/assets/id_rsa.png").symlink_to(tmp_path / "id_rsa")
    ran = run(root, "build")
    assert ran.code == 1
    assert "error[unknown-asset]" in ran.err
